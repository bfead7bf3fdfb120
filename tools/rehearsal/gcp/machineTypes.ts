/**
 * Machine series that GKE runs, with their shapes and numbers of vCPUs; custom shapes apart. Source: Compute Engine,
 * "Machine families resource and comparison guide".
 */
const SERIES: readonly (readonly [series: string, shapes: string, vcpus: string])[] = [
  ["e2", "standard highmem", "2 4 8 16"],
  ["e2", "standard highcpu", "2 4 8 16 32"],
  ["n1", "standard highmem highcpu", "2 4 8 16 32 64 96"],
  ["n1", "standard", "1"],
  ["n2", "standard highmem highcpu", "2 4 8 16 32 48 64 80 96"],
  ["n2", "standard highmem", "128"],
  ["n2d", "standard highmem highcpu", "2 4 8 16 32 48 64 80 96"],
  ["n2d", "standard highcpu", "128 224"],
  ["n4", "standard highmem highcpu", "2 4 8 16 32 48 64 80"],
  ["t2d", "standard", "1 2 4 8 16 32 48 60"],
  ["t2a", "standard", "1 2 4 8 16 32 48"],
  ["c2", "standard", "4 8 16 30 60"],
  ["c2d", "standard highmem highcpu", "2 4 8 16 32 56 112"],
  ["c3", "standard highmem highcpu", "4 8 22 44 88 176"],
  ["c3d", "standard highmem highcpu", "4 8 16 30 60 90 180 360"],
  ["c4", "standard highmem highcpu", "2 4 8 16 24 32 48 96 144 192 288"],
  ["c4a", "standard highmem highcpu", "1 2 4 8 16 32 48 64 72"],
  ["c4d", "standard highmem highcpu", "2 4 8 16 32 48 64 96 192 384"],
  ["m1", "ultramem", "40 80 160"],
  ["m1", "megamem", "96"],
  ["m3", "ultramem", "32 64 128"],
  ["m3", "megamem", "64 128"],
  ["g2", "standard", "4 8 12 16 24 32 48 96"],
  ["g4", "standard", "48 96 192 384"],
  ["a2", "highgpu", "1g 2g 4g 8g"],
  ["a2", "megagpu", "16g"],
  ["a2", "ultragpu", "1g 2g 4g 8g"],
  ["a3", "highgpu", "1g 2g 4g 8g"],
  ["a3", "edgegpu megagpu ultragpu", "8g"],
  ["a4", "highgpu", "8g"],
];

const NAMES = new Set(
  SERIES.flatMap(([series, shapes, vcpus]) =>
    shapes.split(" ").flatMap((shape) => vcpus.split(" ").map((count) => `${series}-${shape}-${count}`)),
  ),
);

const SHARED_CORE = ["e2-micro", "e2-small", "e2-medium"];

/** vCPUs (1 or even) and memory in MiB (multiples of 256) of one's own choice. */
const CUSTOM = /^((e2|n2|n2d|n4)-)?custom-(1|\d*[02468])-(\d+)(-ext)?$/;

/** Is there such a machine type in Google Cloud? */
export function isMachineType(name: string): boolean {
  const custom = CUSTOM.exec(name);
  if (custom) return Number(custom[4]) > 0 && Number(custom[4]) % 256 === 0;
  return NAMES.has(name) || SHARED_CORE.includes(name);
}
