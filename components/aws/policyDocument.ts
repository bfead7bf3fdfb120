import * as pulumi from "@pulumi/pulumi";

/** One statement of an IAM or resource policy. */
export interface Statement {
  readonly sid: string;
  /** @default "Allow" */
  readonly effect?: "Allow" | "Deny";
  /** Action names in full, such as s3:GetObject. */
  readonly actions: readonly string[];
  /** ARNs. Absent in trust policies, where the role itself is meant. */
  readonly resources?: readonly pulumi.Input<string>[] | AnyResource;
  /** Who may; absent in policies that hang on an identity. */
  readonly principals?: Principals;
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, pulumi.Input<pulumi.Input<string>[]>>>>>;
}

/** Why a statement cannot name its resources; the document then says `*`. */
export interface AnyResource {
  readonly any: "the policy's own resource" | "the action knows no resources";
}

/** Who a statement is about. `everyone` is for denials alone. */
export type Principals =
  | { readonly services: readonly string[] }
  | { readonly aws: readonly pulumi.Input<string>[] }
  | { readonly federated: readonly pulumi.Input<string>[] }
  | "everyone";

/**
 * A policy document as JSON text. Wildcards have no way in: actions are spelt out, resources are ARNs unless the
 * statement says why it cannot name any, and everyone can only be denied.
 * @throws {RangeError} for an action with a wildcard or an Allow for everyone: a programmer's mistake.
 */
export function policyDocument(statements: readonly Statement[]): pulumi.Output<string> {
  const sids = new Set<string>();
  for (const { sid, actions, principals, effect = "Allow" } of statements) {
    const wild = actions.find((action) => !/^[a-z0-9-]+:[A-Za-z0-9]+$/.test(action));
    if (wild !== undefined && effect === "Allow") {
      throw new RangeError(`The statement ${sid} allows "${wild}"; name one action, such as s3:GetObject.`);
    }
    if (principals === "everyone" && effect === "Allow") {
      throw new RangeError(`The statement ${sid} allows everyone; name principals.`);
    }
    if (sids.has(sid)) throw new RangeError(`Two statements are called ${sid}; give each a sid of its own.`);
    sids.add(sid);
  }
  return pulumi.jsonStringify({ Version: "2012-10-17", Statement: statements.map(statementJson) });
}

/** Lets a service of AWS take on a role; `accountId` keeps other accounts' resources of that service out. */
export function serviceTrust(service: string, accountId?: pulumi.Input<string>): pulumi.Output<string> {
  return policyDocument([
    {
      sid: "Service",
      actions: ["sts:AssumeRole"],
      principals: { services: [service] },
      ...(accountId === undefined ? {} : { conditions: { StringEquals: { "aws:SourceAccount": [accountId] } } }),
    },
  ]);
}

/** Trust of roles that pods take on through EKS Pod Identity. */
export function podTrust(): pulumi.Output<string> {
  return policyDocument([
    {
      sid: "Pods",
      actions: ["sts:AssumeRole", "sts:TagSession"],
      principals: { services: ["pods.eks.amazonaws.com"] },
    },
  ]);
}

function statementJson({ sid, effect = "Allow", actions, resources, principals, conditions }: Statement) {
  return {
    Sid: sid,
    Effect: effect,
    ...(principals === undefined ? {} : { Principal: principalJson(principals) }),
    Action: actions,
    ...(resources === undefined ? {} : { Resource: "any" in resources ? "*" : resources }),
    ...(conditions === undefined ? {} : { Condition: conditions }),
  };
}

function principalJson(principals: Principals) {
  if (principals === "everyone") return "*";
  if ("services" in principals) return { Service: principals.services };
  if ("aws" in principals) return { AWS: principals.aws };
  return { Federated: principals.federated };
}
