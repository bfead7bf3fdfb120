export { AwsLinkGateway, type AwsLinkGatewayArgs } from "./awsGateway";
export { AzureLinkGateway, type AzureLinkGatewayArgs } from "./azureGateway";
export { CloudLink, type CloudLinkArgs, type LinkEnd } from "./cloudLink";
export { GcpLinkGateway, type GcpLinkGatewayArgs } from "./gcpGateway";
export type { LinkOpening } from "./linkGateway";
export type { Proposal } from "./proposal";
export { type LinkCloud, MOST_LINKS } from "./tunnelPlan";
