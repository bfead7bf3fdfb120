import * as authorization from "@pulumi/azure-native/authorization";
import type * as pulumi from "@pulumi/pulumi";

/**
 * A lock against deletion by anybody, in the portal too; the engine's own protection knows only the engine. It goes when
 * deletion protection has been turned off and applied, before what it locks can.
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
