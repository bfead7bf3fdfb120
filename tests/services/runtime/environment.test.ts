import { z } from "zod";
import { defineService } from "../../../services/runtime/descriptor";
import {
  commonEnvironment,
  EnvironmentError,
  portVariable,
  readEnvironment,
  secretVariable,
} from "../../../services/runtime/environment";

const descriptor = defineService({
  name: "sample",
  kind: "service",
  summary: "A service of the tests.",
  ports: {},
  environment: z.object({
    ...commonEnvironment,
    PORT: portVariable(8080),
    STORE_URL: z.string().min(1).describe("Where the objects are"),
    MODE: z.enum(["fast", "exact"]).optional(),
    TOKEN: secretVariable(z.string().min(8).optional(), "How it proves who it is"),
  }),
  stores: [],
  resources: { requests: { cpu: "1", memory: "1Mi" }, limits: { memory: "1Mi" } },
  scaling: [],
  drainSeconds: 1,
});

const message = (variables: Record<string, string | undefined>) => {
  try {
    return JSON.stringify(readEnvironment(descriptor, variables));
  } catch (error) {
    expect(error).toBeInstanceOf(EnvironmentError);
    return (error as Error).message;
  }
};

describe("readEnvironment", () => {
  it("parses, fills in defaults, leaves out what the service does not know, and freezes", () => {
    const environment = readEnvironment(descriptor, { STORE_URL: "file:///x", PORT: "0", HOME: "/root", MODE: "fast" });
    expect(environment).toEqual({
      HOST: "127.0.0.1",
      LOG_LEVEL: "info",
      PORT: 0,
      STORE_URL: "file:///x",
      MODE: "fast",
    });
    expect(Object.isFrozen(environment)).toBe(true);
  });

  it("takes an empty variable for one that is not set", () => {
    expect(readEnvironment(descriptor, { STORE_URL: "x", PORT: "", LOG_LEVEL: " ", HOST: undefined })).toEqual({
      HOST: "127.0.0.1",
      LOG_LEVEL: "info",
      PORT: 8080,
      STORE_URL: "x",
    });
  });

  it("reports all problems together: variable, value found, what is allowed, what it means", () => {
    expect(message({ PORT: "http", LOG_LEVEL: "loud", MODE: "slow" })).toBe(
      [
        "The sample service cannot start: 4 environment variable(s) are wrong.",
        '  LOG_LEVEL: found "loud". Invalid option: expected one of "trace"|"debug"|"info"|"warn"|"error"|"silent". Meaning: Least log level.',
        '  PORT: found "http". Invalid input: expected number, received NaN. Meaning: Port to listen on; 0 picks a free one.',
        "  STORE_URL: not set. Invalid input: expected string, received undefined. Meaning: Where the objects are.",
        '  MODE: found "slow". Invalid option: expected one of "fast"|"exact".',
      ].join("\n"),
    );
  });

  it.each(["-1", "65536", "80.5"])("refuses the port %s", (port) => {
    expect(message({ STORE_URL: "x", PORT: port })).toContain(`  PORT: found "${port}". `);
  });

  it("keeps passwords in URLs out of its message", () => {
    expect(message({ STORE_URL: "x", MODE: "postgres://user:secret@host/db" })).toContain(
      'MODE: found "postgres://***@host/db". ',
    );
  });

  it("shows nothing of a secret but its length", () => {
    expect(message({ STORE_URL: "x", TOKEN: "hunter2" })).toContain(
      "  TOKEN: found a value of 7 characters, which is not shown. Too small: expected string to have >=8 characters. Meaning: How it proves who it is.",
    );
  });
});
