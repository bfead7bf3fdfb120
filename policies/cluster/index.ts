import type { Rule } from "../frame/rule";
import { aksAzurePolicy } from "./aksAzurePolicy";
import { aksEndpointBreadth } from "./aksEndpointBreadth";
import { aksGpuTaint } from "./aksGpuTaint";
import { aksNoRunCommand } from "./aksNoRunCommand";
import { aksUpgrades } from "./aksUpgrades";
import { awsImdsHopLimit } from "./awsImdsHopLimit";
import { awsImdsTokens } from "./awsImdsTokens";
import { eksAddonPinned } from "./eksAddonPinned";
import { eksControlPlaneLogs } from "./eksControlPlaneLogs";
import { eksDeletionProtection } from "./eksDeletionProtection";
import { eksEndpointBreadth } from "./eksEndpointBreadth";
import { eksEndpointPrivate } from "./eksEndpointPrivate";
import { eksGpuTaint } from "./eksGpuTaint";
import { eksNoAmazonLinux2 } from "./eksNoAmazonLinux2";
import { eksNodeRepair } from "./eksNodeRepair";
import { eksZonalShift } from "./eksZonalShift";
import { gkeDeletionProtection } from "./gkeDeletionProtection";
import { gkeEndpointBreadth } from "./gkeEndpointBreadth";
import { gkeGpuTaint } from "./gkeGpuTaint";
import { gkeLogs } from "./gkeLogs";
import { gkeNodeImage } from "./gkeNodeImage";
import { gkeNodeRepair } from "./gkeNodeRepair";
import { gkePrivateNodes } from "./gkePrivateNodes";
import { gkeReleaseChannel } from "./gkeReleaseChannel";
import { gkeSecureBoot } from "./gkeSecureBoot";
import { gkeShieldedNodes } from "./gkeShieldedNodes";

/** Rules of the subject cluster. */
export const CLUSTER_RULES: readonly Rule[] = [
  aksAzurePolicy,
  aksEndpointBreadth,
  aksGpuTaint,
  aksNoRunCommand,
  aksUpgrades,
  awsImdsHopLimit,
  awsImdsTokens,
  eksAddonPinned,
  eksControlPlaneLogs,
  eksDeletionProtection,
  eksEndpointBreadth,
  eksEndpointPrivate,
  eksGpuTaint,
  eksNoAmazonLinux2,
  eksNodeRepair,
  eksZonalShift,
  gkeDeletionProtection,
  gkeEndpointBreadth,
  gkeGpuTaint,
  gkeLogs,
  gkeNodeImage,
  gkeNodeRepair,
  gkePrivateNodes,
  gkeReleaseChannel,
  gkeSecureBoot,
  gkeShieldedNodes,
];
