/** How tunnels are encrypted: a name for one set of algorithms that all three clouds have. */
export type Proposal = "cnsa" | "ecp256";

/** What every cloud is told, in its own words; one choice of each, so that nothing weaker can be negotiated. */
interface Algorithms {
  readonly aws: { readonly encryption: string; readonly integrity: string; readonly group: number };
  readonly gcp: { readonly encryption: string; readonly pseudoRandom: string; readonly group: string };
  readonly azure: {
    readonly ikeEncryption: string;
    readonly ikeIntegrity: string;
    readonly ipsecEncryption: string;
    readonly ipsecIntegrity: string;
    readonly dhGroup: string;
    readonly pfsGroup: string;
  };
}

/** IKEv2 alone, with perfect forward secrecy. `cnsa` is the suite of RFC 9206; `ecp256` needs less time to rekey. */
export const PROPOSALS: Readonly<Record<Proposal, Algorithms>> = {
  cnsa: {
    aws: { encryption: "AES256-GCM-16", integrity: "SHA2-384", group: 20 },
    gcp: { encryption: "AES-GCM-16-256", pseudoRandom: "PRF-HMAC-SHA2-384", group: "Group-20" },
    azure: azureAlgorithms("SHA384", "ECP384"),
  },
  ecp256: {
    aws: { encryption: "AES256-GCM-16", integrity: "SHA2-256", group: 19 },
    gcp: { encryption: "AES-GCM-16-256", pseudoRandom: "PRF-HMAC-SHA2-256", group: "Group-19" },
    azure: azureAlgorithms("SHA256", "ECP256"),
  },
};

/** Seconds that a phase's keys live, the same on both ends; Azure's first phase is fixed at this value. */
export const LIFETIME_SECONDS = { phase1: 28_800, phase2: 3600 } as const;

function azureAlgorithms(ikeIntegrity: string, group: string): Algorithms["azure"] {
  return {
    ikeEncryption: "GCMAES256",
    ikeIntegrity,
    ipsecEncryption: "GCMAES256",
    ipsecIntegrity: "GCMAES256",
    dhGroup: group,
    pfsGroup: group,
  };
}
