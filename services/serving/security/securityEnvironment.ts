import { z } from "zod";
import { secretVariable } from "../../runtime/environment";
import { parseApiKeys } from "../access";
import { parseRouteAccess, ROUTE_GROUPS } from "./routeAccess";

/** The variables that say who may call, and how. */
export const securityEnvironment = {
  API_KEYS: secretVariable(
    z
      .string()
      .refine(
        (text) => parseApiKeys(text) !== undefined,
        "Allowed: NAME:SHA256 with a comma between, each name and hash once; the hash as 64 lower-case hexadecimal digits",
      )
      .optional(),
    "Keys of callers by name and SHA-256; with neither keys nor tokens, whoever reaches the port is let in",
  ),
  JWT_JWKS_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe("Where the issuer of tokens publishes its keys; unset takes no tokens"),
  JWT_ISSUER: z.string().min(1).optional().describe("What the iss of a token must be"),
  JWT_AUDIENCE: z.string().min(1).optional().describe("What the aud of a token must name"),
  ROUTE_ACCESS: z
    .string()
    .refine(
      (text) => parseRouteAccess(text) !== undefined,
      `Allowed: GROUP=WAYS with a comma between; GROUP is one of ${ROUTE_GROUPS.join(", ")}; WAYS is open, or key, jwt or jwt:SCOPE with a plus between`,
    )
    .optional()
    .describe(
      "What groups of routes take, such as repository=jwt:models.write,metrics=key; unset: health, metrics and docs are open, the others take keys and tokens",
    ),
  RATE_LIMIT_PER_SECOND: z.coerce
    .number()
    .positive()
    .optional()
    .describe("Requests a second of each caller, or of all together where callers have no name; unset limits none"),
  TLS_CERT_FILE: z.string().min(1).optional().describe("PEM file of the certificate and its chain; unset: no TLS"),
  TLS_KEY_FILE: z.string().min(1).optional().describe("PEM file of the certificate's key"),
  TLS_CLIENT_CA_FILE: z
    .string()
    .min(1)
    .optional()
    .describe("PEM file of authorities; callers must then show a certificate of theirs (mTLS), health probes too"),
  TRUSTED_HOSTS: z
    .string()
    .optional()
    .describe(
      "Names that requests may be addressed to, with a comma between, such as api.example.com,*.example.org; addresses and cluster-internal names always are",
    ),
  CORS_ORIGINS: z
    .string()
    .refine(
      (text) => text.split(",").every((item) => /^(\*|https?:\/\/[^/\s]+)$/.test(item.trim())),
      "Allowed: origins such as https://app.example.com with a comma between, or *",
    )
    .optional()
    .describe("Origins of web pages that may call; unset: none but the server's own"),
};
