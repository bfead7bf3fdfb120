const OF_24 = "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge";
const OF_32 = `${OF_24} 32xlarge`;
const GRAVITON = "medium large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge";
const METALS = "metal-24xl metal-48xl";
const GRAPHICS = "xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 48xlarge";

/**
 * Families that EC2 offers and their sizes, a row for each set of sizes. Those of purposes that no cluster of models
 * has, such as Mac and FPGA, are left out. Source: Amazon EC2 Instance Types Guide, specifications by family.
 */
const FAMILIES: readonly (readonly [families: string, sizes: string])[] = [
  ["t2 t3 t3a t4g", "nano micro small medium large xlarge 2xlarge"],
  ["m4", "large xlarge 2xlarge 4xlarge 10xlarge 16xlarge"],
  ["c4", "large xlarge 2xlarge 4xlarge 8xlarge"],
  ["r4", "large xlarge 2xlarge 4xlarge 8xlarge 16xlarge"],
  ["m5 m5d m5n m5dn r5 r5b r5d r5n r5dn", `${OF_24} metal`],
  ["m5a m5ad r5a r5ad c5a c5ad", OF_24],
  ["c5 c5d", "large xlarge 2xlarge 4xlarge 9xlarge 12xlarge 18xlarge 24xlarge metal"],
  ["c5n", "large xlarge 2xlarge 4xlarge 9xlarge 18xlarge metal"],
  ["m6i m6id m6in m6idn c6i c6id c6in r6i r6id r6in r6idn i4i", `${OF_32} metal`],
  ["m6a c6a r6a", `${OF_32} 48xlarge metal`],
  ["m6g m6gd c6g c6gd r6g r6gd m7g m7gd c7g c7gd c7gn r7g r7gd x2gd", `${GRAVITON} metal`],
  ["c6gn", GRAVITON],
  ["m7i c7i r7i", `${OF_24} 48xlarge ${METALS}`],
  ["m7a c7a r7a", `medium ${OF_32} 48xlarge metal-48xl`],
  ["m7i-flex c7i-flex m8i-flex c8i-flex r8i-flex", "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge"],
  ["m8g m8gd c8g c8gd r8g r8gd", `${GRAVITON} 24xlarge 48xlarge ${METALS}`],
  ["m8i c8i r8i", `${OF_32} 48xlarge 96xlarge metal-48xl metal-96xl`],
  ["r7iz", "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 32xlarge metal-16xl metal-32xl"],
  ["z1d", "large xlarge 2xlarge 3xlarge 6xlarge 12xlarge metal"],
  ["x1", "16xlarge 32xlarge"],
  ["x1e", "xlarge 2xlarge 4xlarge 8xlarge 16xlarge 32xlarge"],
  ["x2idn", "16xlarge 24xlarge 32xlarge metal"],
  ["x2iedn", "xlarge 2xlarge 4xlarge 8xlarge 16xlarge 24xlarge 32xlarge metal"],
  ["i3", "large xlarge 2xlarge 4xlarge 8xlarge 16xlarge metal"],
  ["i3en", "large xlarge 2xlarge 3xlarge 6xlarge 12xlarge 24xlarge metal"],
  ["p3", "2xlarge 8xlarge 16xlarge"],
  ["p3dn p4d p4de", "24xlarge"],
  ["p5", "4xlarge 48xlarge"],
  ["p5e p5en p6-b200 trn2", "48xlarge"],
  ["g4dn", "xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge metal"],
  ["g4ad", "xlarge 2xlarge 4xlarge 8xlarge 16xlarge"],
  ["g5 g6 g6e", GRAPHICS],
  ["g5g", "xlarge 2xlarge 4xlarge 8xlarge 16xlarge metal"],
  ["gr6", "4xlarge 8xlarge"],
  ["inf1", "xlarge 2xlarge 6xlarge 24xlarge"],
  ["inf2", "xlarge 8xlarge 24xlarge 48xlarge"],
  ["trn1", "2xlarge 32xlarge"],
  ["trn1n", "32xlarge"],
];

const SIZES = new Map(
  FAMILIES.flatMap(([families, sizes]) => families.split(" ").map((family) => [family, sizes.split(" ")] as const)),
);

/** Families that run Postgres on RDS. Source: Amazon RDS User Guide, "DB instance class types". */
const DATABASE =
  /^db\.((t3|t4g)\.(micro|small|medium|large|xlarge|2xlarge)|(m|r)(5|5d|6i|6id|6g|6gd|6in|6idn|7i|7g|8g)\.\d*x?large|(r5b|x2g|x2idn|x2iedn)\.\d*x?large)$/;

/** Node types of Valkey on ElastiCache. Source: Amazon ElastiCache User Guide, "Supported node types". */
const CACHE = /^cache\.((t3|t4g)\.(micro|small|medium)|(m5|m6g|m7g|r5|r6g|r6gd|r7g|c7gn)\.\d*x?large)$/;

/** Is there such an EC2 instance type? */
export function isInstanceType(type: string): boolean {
  const [family = "", size = ""] = type.split(".");
  return SIZES.get(family)?.includes(size) ?? false;
}

/** Is there such a class of RDS for Postgres? */
export function isDatabaseClass(name: string): boolean {
  return DATABASE.test(name) && hasSize(name);
}

/** Is there such a node type of ElastiCache? */
export function isCacheNodeType(name: string): boolean {
  return CACHE.test(name) && hasSize(name);
}

/** `db.r5.large` has a size of EC2's r5; a few families of RDS exist there alone. */
function hasSize(name: string): boolean {
  const [, family = "", size = ""] = name.split(".");
  const sizes = SIZES.get(family) ?? SIZES.get(`${family}d`);
  return sizes?.includes(size) ?? false;
}
