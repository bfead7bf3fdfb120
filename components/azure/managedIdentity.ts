import * as managedidentity from "@pulumi/azure-native/managedidentity";
import type * as pulumi from "@pulumi/pulumi";
import { NAME_LIMITS } from "../naming";
import { type AzurePlace, azureName, standardTags } from "./place";

/** A user-assigned managed identity; nobody holds a key for it. */
export function createManagedIdentity(
  parent: pulumi.Resource,
  name: string,
  place: AzurePlace,
): managedidentity.UserAssignedIdentity {
  return new managedidentity.UserAssignedIdentity(
    name,
    {
      resourceName: azureName(place, name, NAME_LIMITS.azureIdentity),
      resourceGroupName: place.resourceGroupName,
      location: place.location,
      tags: standardTags(place, name),
    },
    { parent },
  );
}
