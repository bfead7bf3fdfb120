/**
 * VM sizes of the families that AKS runs: what stands before the number of vCPUs, the numbers, and what stands behind.
 * Source: Azure, "Sizes for virtual machines in Azure".
 */
const FAMILIES: readonly (readonly [family: string, vcpus: string, suffixes: string])[] = [
  ["B", "2 4", "s_v2 as_v2 ps_v2 ls_v2 als_v2 pls_v2 ts_v2 ats_v2 pts_v2"],
  ["B", "8 16 32", "s_v2 as_v2 ls_v2 als_v2"],
  ["B", "8 16", "ps_v2 pls_v2"],
  ["B", "2 4 8 12 16 20", "ms"],
  ["B", "2", "s"],
  ["D", "2 4 8 16 32 48 64", "s_v3 _v3 s_v4 _v4 ds_v4 d_v4"],
  ["D", "2 4 8 16 32 48 64 96", "s_v5 _v5 ds_v5 d_v5 as_v4 a_v4 as_v5 ads_v5 s_v6 ds_v6 as_v6 ads_v6 ls_v5 lds_v5"],
  ["D", "2 4 8 16 32 48 64 96", "ls_v6 lds_v6 als_v6 alds_v6"],
  ["D", "2 4 8 16 32 48 64", "ps_v5 pds_v5 pls_v5 plds_v5"],
  ["D", "2 4 8 16 32 48 64 96", "ps_v6 pds_v6 pls_v6 plds_v6"],
  ["E", "2 4 8 16 20 32 48 64", "s_v3 _v3 s_v4 _v4 ds_v4 d_v4"],
  ["E", "2 4 8 16 20 32 48 64 96", "s_v5 _v5 ds_v5 d_v5 as_v4 a_v4 as_v5 ads_v5 s_v6 ds_v6 as_v6 ads_v6 bs_v5 bds_v5"],
  ["E", "2 4 8 16 20 32", "ps_v5 pds_v5"],
  ["F", "2 4 8 16 32 48 64 72", "s_v2"],
  ["F", "2 4 8 16 32 48 64", "as_v6 als_v6 ams_v6"],
  ["L", "8 16 32 48 64 80", "s_v3 as_v3"],
  ["M", "8 16 32 64 128", "ms ms_v2"],
  ["NC", "4 8 16 64", "as_T4_v3"],
  ["NC", "24 48 96", "ads_A100_v4"],
  ["NC", "40", "ads_H100_v5"],
  ["NC", "80", "adis_H100_v5"],
  ["NC", "6 12 24", "s_v3"],
  ["NC", "24", "rs_v3"],
  ["ND", "40", "rs_v2"],
  ["ND", "96", "asr_v4 amsr_A100_v4 isr_H100_v5 isr_H200_v5 isr_MI300X_v5"],
  ["NV", "6 12 18 36 72", "ads_A10_v5"],
  ["NV", "36", "adms_A10_v5"],
];

const SIZES = new Set(
  FAMILIES.flatMap(([family, vcpus, suffixes]) =>
    vcpus.split(" ").flatMap((count) => suffixes.split(" ").map((suffix) => `Standard_${family}${count}${suffix}`)),
  ),
);

/** Is there such a VM size in Azure? */
export function isVmSize(name: string): boolean {
  return SIZES.has(name);
}
