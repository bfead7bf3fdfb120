import * as authorization from "@pulumi/azure-native/authorization";
import type * as pulumi from "@pulumi/pulumi";

/**
 * A lock against deletion by anybody, in the portal too. It is protected itself: the engine refuses to remove it, and what
 * it locks, until deletion protection has been turned off and applied.
 */
export function createDeletionLock(
  parent: pulumi.Resource,
  name: string,
  scope: pulumi.Input<string>,
): authorization.ManagementLockByScope {
  return new authorization.ManagementLockByScope(
    `${name}-lock`,
    {
      lockName: "tideline-no-deletion",
      scope,
      level: "CanNotDelete",
      notes: "Set deletionProtection to false and apply before destroying.",
    },
    { parent },
  );
}
