/** The image's one entry: `node services/main.js ROLE` starts the bundled service of that name. */
const ROLES: Readonly<Record<string, () => Promise<unknown>>> = {
  drift: () => import("./drift/main.js"),
  metadata: () => import("./metadata/main.js"),
  serving: () => import("./serving/main.js"),
  training: () => import("./training/main.js"),
};

const role = process.argv[2] ?? "";
const start = ROLES[role];
if (start) void start();
else {
  console.error(`There is no service ${JSON.stringify(role)}; allowed: ${Object.keys(ROLES).join(", ")}.`);
  process.exitCode = 1;
}
