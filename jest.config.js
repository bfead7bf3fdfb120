/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/tests"],
  testMatch: ["**/*.test.ts"],
  transform: {
    "\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2023" } }],
    // Its import() calls need a flag of Node's inside jest; as require() they do not.
    "/otlp-exporter-base/.*\\.js$": ["@swc/jest", { jsc: { target: "es2023" } }],
  },
  transformIgnorePatterns: ["/node_modules/(?!.*/otlp-exporter-base/)"],
  // The default leaves one core idle, which on two cores doubles the time.
  maxWorkers: "100%",
  testTimeout: 60_000,
  reporters: ["default", "<rootDir>/tests/support/reporter.js"],
};
