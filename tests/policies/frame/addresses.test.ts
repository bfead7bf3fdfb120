import { breadthOf, breadthProblems } from "../../../policies/frame/addresses";

test.each([
  ["0.0.0.0/0", 2 ** 32, true],
  ["128.0.0.0/1", 2 ** 31, true],
  ["203.0.113.0/24", 256, true],
  ["203.0.113.7", 1, true],
  ["10.0.0.0/8", 2 ** 24, false],
  ["10.0.0.0/7", 2 ** 25, true],
  ["172.16.0.0/12", 2 ** 20, false],
  ["172.32.0.0/16", 2 ** 16, true],
  ["::/0", 2 ** 64, true],
  ["2001:db8::/48", 2 ** 16, true],
  ["fd00::/8", 2 ** 56, false],
])("%s", (range, addresses, isPublic) => expect(breadthOf(range)).toEqual({ addresses, isPublic }));

test.each(["anywhere", "10.0.0.0/33", "10.0.0.0/", "10.0.0/8", "1.2.3.4/x"])("%s is no range", (range) =>
  expect(() => breadthOf(range)).toThrow(`${range} is no range of IP addresses such as 203.0.113.0/24.`),
);

test("many narrow ranges count together", () => {
  const narrow = ["203.0.113.0/25", "198.51.100.0/25"];
  expect(breadthProblems("It", narrow, 256)).toEqual([]);
  expect(breadthProblems("It", [...narrow, "192.0.2.1"], 256)).toEqual([
    "It lets in 257 public addresses (203.0.113.0/25, 198.51.100.0/25, 192.0.2.1); at most 256.",
  ]);
});
