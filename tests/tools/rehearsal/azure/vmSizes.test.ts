import { isVmSize } from "../../../../tools/rehearsal/azure/vmSizes";

test.each([
  ["Standard_D8s_v5", true],
  ["Standard_D4ads_v5", true],
  ["Standard_E20ds_v4", true],
  ["Standard_F72s_v2", true],
  ["Standard_NC8as_T4_v3", true],
  ["Standard_ND96isr_H200_v5", true],
  ["Standard_B2ms", true],
  ["Standard_D7s_v5", false],
  ["Standard_NC8as_T4_v9", false],
  ["Standard_Z8s_v5", false],
  ["standard_D8s_v5", false],
  ["D8s_v5", false],
])("%s as a VM size: %p", (name, expected) => {
  expect(isVmSize(name)).toBe(expected);
});
