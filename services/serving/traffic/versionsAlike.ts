import { isDeepStrictEqual } from "node:util";
import { ServiceError } from "../../runtime/errors";
import type { ModelCard } from "../../runtime/modelPackage";

/**
 * Checks that a request for one of a model's versions is a request for any of them.
 * @throws {ServiceError} 400 versions_differ.
 */
export function checkVersionsAlike(cards: readonly ModelCard[]): void {
  const asked = ({ inputs, features, outputs }: ModelCard) => [inputs, features, outputs.map(({ name }) => name)];
  const [first] = cards;
  const other = cards.find((card) => first !== undefined && !isDeepStrictEqual(asked(card), asked(first)));
  if (first === undefined || other === undefined) return;
  throw new ServiceError(
    400,
    "versions_differ",
    `Versions ${first.version} and ${other.version} of ${first.name} differ in inputs, features or names of outputs, so they cannot answer the same requests.`,
  );
}
