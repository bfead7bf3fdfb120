import type { InputRule, Made, ResourceType } from "../resourceType";

/** What the entry of an AWS resource type says; region, tags and ARN are the same for all and added by `awsType`. */
export interface AwsTypeEntry extends Omit<ResourceType, "outputs"> {
  /** Set where the type takes no tags. */
  readonly untagged?: true;
  /** ARN behind `arn:aws:`, such as `ec2:REGION:ACCOUNT:vpc/ID`. Absent where the type has none. */
  readonly arn?: (made: Made, id: string) => string;
  readonly outputs?: (made: Made, id: string) => Readonly<Record<string, unknown>>;
}

/** Completes an entry with what the provider does for every AWS resource. */
export function awsType(entry: AwsTypeEntry): ResourceType {
  const { untagged, arn, outputs, ...rest } = entry;
  const regional = !/^aws:(iam|budgets|route53)\//.test(entry.token);
  return {
    ...rest,
    inputs: {
      ...entry.inputs,
      ...(regional ? { region: text({ replaces: true }) } : {}),
      ...(untagged ? {} : { tags }),
    },
    outputs: (made) => {
      const id = entry.id(made);
      return {
        ...(regional ? { region: regionOf(made) } : {}),
        ...(arn === undefined ? {} : { arn: `arn:aws:${arn(made, id)}` }),
        ...outputs?.(made, id),
      };
    },
  };
}

/** The region that a resource is made in: its own, or its provider's. */
export function regionOf({ inputs, region }: Made): string {
  return typeof inputs.region === "string" ? inputs.region : region;
}

/** An id of EC2's shape: prefix and seventeen hexadecimal digits. */
export function ec2Id(prefix: string): (made: Made) => string {
  return ({ sequence }) => `${prefix}-0${sequence.toString(16).padStart(16, "0")}`;
}

/** An id of a UUID's shape. */
export function uuid({ sequence }: Made): string {
  const digits = sequence.toString(16).padStart(32, "0");
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join(
    "-",
  );
}

/** An input as text; empty where it is not given. */
export function input(made: Made, name: string): string {
  const value = made.inputs[name];
  return value === undefined || value === null ? "" : String(value);
}

type Detail = Omit<InputRule, "type">;

export const text = (detail: Detail = {}): InputRule => ({ type: "string", ...detail });
export const number = (detail: Detail = {}): InputRule => ({ type: "number", ...detail });
export const flag = (detail: Detail = {}): InputRule => ({ type: "boolean", ...detail });
export const list = (items: InputRule, detail: Detail = {}): InputRule => ({ type: "list", items, ...detail });
export const map = (items: InputRule, detail: Detail = {}): InputRule => ({ type: "map", items, ...detail });
export const object = (properties: Readonly<Record<string, InputRule>>, detail: Detail = {}): InputRule => ({
  type: "object",
  properties,
  ...detail,
});
export const json = (detail: Detail = {}): InputRule => text({ pattern: /[[{][\s\S]*/, ...detail });

/** A reference to live resources by id, or by one of the outputs named in `by`. */
export const refers = (to: string | readonly string[], by?: readonly string[], detail: Detail = {}): InputRule =>
  text({ refers: { to: typeof to === "string" ? [to] : to, ...(by === undefined ? {} : { by }) }, ...detail });

/** Tag keys and values as AWS limits them. Source: AWS Tagging user guide. */
const tags = map(text({ maxLength: 256 }));

/** An IPv4 network. */
export const CIDR = /^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/;
