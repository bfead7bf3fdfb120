/** @jest-environment ./tests/support/nativeArraysEnvironment.js */
import { readFileSync } from "node:fs";
import { Agent, request } from "node:https";
import { credentials } from "@grpc/grpc-js";
import { sha256 } from "../../../../services/runtime/modelPackage";
import type { RunningServing } from "../../../../services/serving/serving";
import { type Certificates, describeWithOpenssl, makeCertificates } from "../../../support/certificates";
import { createInferenceClient } from "../../../support/inferenceClient";
import { classifierPackage, publishPackage } from "../../../support/onnxModels";
import { post, startTestServing } from "../../../support/serving";
import { temporaryFolder } from "../../../support/temporaryFolder";
import { startTokenIssuer, type TokenIssuer } from "../../../support/tokenIssuer";

const folder = temporaryFolder();
const FEATURES = JSON.stringify({ features: [1, 2, 3] });
let storeUrl: string;
let issuer: TokenIssuer;

beforeAll(async () => {
  storeUrl = await publishPackage(folder, classifierPackage(3));
  issuer = await startTokenIssuer();
});
afterAll(() => issuer.close());

async function serving(variables: Record<string, string>, body: (service: RunningServing) => Promise<void>) {
  const service = await startTestServing({ OBJECT_STORE_URL: storeUrl, ...variables });
  try {
    await body(service);
  } finally {
    await service.close();
  }
}

const jwt = () => ({ JWT_JWKS_URL: issuer.jwksUrl, JWT_ISSUER: "https://issuer", JWT_AUDIENCE: "serving" });
const claims = () => ({ iss: "https://issuer", aud: "serving", sub: "batch", exp: Math.floor(Date.now() / 1000) + 60 });

it("takes tokens beside keys, by the route, over HTTP and gRPC", async () => {
  const token = { authorization: `Bearer ${await issuer.sign(claims())}` };
  const scoped = { authorization: `Bearer ${await issuer.sign({ ...claims(), scope: "models.write" })}` };
  const key = { "x-api-key": "secret" };
  const variables = {
    ...jwt(),
    API_KEYS: `app:${sha256(Buffer.from("secret"))}`,
    ROUTE_ACCESS: "repository=jwt:models.write,metrics=key,docs=open",
    GRPC_PORT: "0",
  };
  await serving(variables, async ({ url, grpcAddress }) => {
    const statuses = async (path: string, body = FEATURES) =>
      Promise.all([{}, key, token, scoped].map(async (who) => (await post(`${url}${path}`, body, who)).status));
    // The second time the token is known already.
    for (let time = 0; time < 2; time++) expect(await statuses("/predict")).toEqual([401, 200, 200, 200]);
    const infer = JSON.stringify({ inputs: [{ name: "features", datatype: "FP32", shape: [1, 3], data: [1, 2, 3] }] });
    expect(await statuses("/v2/models/toy/infer", infer)).toEqual([401, 200, 200, 200]);
    expect(await statuses("/v2/repository/index", "{}")).toEqual([401, 401, 403, 200]);
    const refused = await post(`${url}/v2/repository/index`, "{}", token);
    expect(JSON.parse(refused.text).error).toBe(
      "The token does not have the scope models.write, which this route needs.",
    );
    const get = async (path: string, headers = {}) => (await fetch(`${url}${path}`, { headers })).status;
    expect([await get("/metrics"), await get("/metrics", token), await get("/metrics", key)]).toEqual([401, 401, 200]);
    expect([await get("/health"), await get("/openapi.json"), await get("/v2/health/live")]).toEqual([200, 200, 200]);
    const client = createInferenceClient(grpcAddress ?? "");
    const ready = (metadata?: Record<string, string>) =>
      client.call("ModelReady", { name: "toy" }, undefined, metadata);
    const index = (metadata: Record<string, string>) => client.call("RepositoryIndex", {}, undefined, metadata);
    try {
      expect(await ready()).toMatchObject({ status: "UNAUTHENTICATED" });
      for (const who of [key, token, scoped]) expect(await ready(who)).toEqual({ response: { ready: true } });
      expect(await index(token)).toMatchObject({ status: "PERMISSION_DENIED" });
      expect(await index(scoped)).toMatchObject({ response: { models: [expect.objectContaining({ name: "toy" })] } });
    } finally {
      client.close();
    }
  });
});

it("refuses to start with half of what tokens need, or a way that is not set up", async () => {
  const { JWT_ISSUER: _, ...half } = jwt();
  await expect(serving(half, async () => {})).rejects.toThrow(
    "Tokens need JWT_JWKS_URL, JWT_ISSUER and JWT_AUDIENCE together; JWT_ISSUER is not set. A token for another service would be let in without.",
  );
  await expect(serving({ ROUTE_ACCESS: "metrics=key" }, async () => {})).rejects.toThrow(
    "ROUTE_ACCESS has key for metrics, but API_KEYS is not set. Set it, or take key out.",
  );
});

it("keeps out other hosts and origins, and lets in those that it is told", async () => {
  const variables = { TRUSTED_HOSTS: "api.example.com", CORS_ORIGINS: "https://app.example.com" };
  await serving(variables, async ({ url }) => {
    const ask = (headers: Record<string, string>, path = "/predict") => post(`${url}${path}`, FEATURES, headers);
    const code = async (headers: Record<string, string>) => {
      const { status, text } = await ask(headers);
      return [status, JSON.parse(text).error?.code];
    };
    expect(await code({ host: "evil.com" })).toEqual([421, "untrusted_host"]);
    expect(await code({ host: "api.example.com" })).toEqual([200, undefined]);
    expect(await code({ origin: "https://evil.com" })).toEqual([403, "origin_not_allowed"]);
    expect(JSON.parse((await ask({ host: "evil.com" }, "/v2/models/toy/infer")).text).error).toBe(
      'The request is addressed to "evil.com", which is no name of this server. Add it to TRUSTED_HOSTS if it is one.',
    );
    const allowed = await ask({ origin: "https://app.example.com" });
    expect([allowed.status, allowed.headers["access-control-allow-origin"]]).toEqual([200, "https://app.example.com"]);
    expect((await ask({})).headers).not.toHaveProperty("access-control-allow-origin");
    const preflight = (origin: string) =>
      fetch(`${url}/predict`, {
        method: "OPTIONS",
        headers: { origin, "access-control-request-method": "POST", "access-control-request-headers": "x-api-key" },
      });
    const granted = await preflight("https://app.example.com");
    expect([granted.status, granted.headers.get("access-control-allow-headers")]).toEqual([204, "x-api-key"]);
    expect((await preflight("https://evil.com")).status).toBe(403);
  });
});

describeWithOpenssl("TLS", () => {
  let files: Certificates;
  beforeAll(() => {
    files = makeCertificates(folder);
  });
  const agent = (withCertificate: boolean) =>
    new Agent({
      ca: readFileSync(files.ca),
      ...(withCertificate ? { cert: readFileSync(files.clientCert), key: readFileSync(files.clientKey) } : {}),
    });
  const predict = (url: string, by: Agent) =>
    new Promise<number | string>((resolve) => {
      const headers = { "content-type": "application/json" };
      const sending = request(`${url}/predict`, { method: "POST", agent: by, headers }, (response) => {
        response.resume().on("end", () => resolve(response.statusCode ?? 0));
      });
      sending.on("error", () => resolve("refused"));
      sending.end(FEATURES);
    });
  const live = async (address: string | undefined, withCertificate: boolean) => {
    const { ca, clientKey, clientCert } = files;
    const pair = withCertificate ? [readFileSync(clientKey), readFileSync(clientCert)] : [null, null];
    const client = createInferenceClient(address ?? "", credentials.createSsl(readFileSync(ca), ...pair));
    try {
      return await client.call("ServerLive", {}, 5_000);
    } finally {
      client.close();
    }
  };

  it.each([
    ["needs no certificate of callers", false],
    ["needs a certificate of callers when authorities are named", true],
  ])("%s", async (_, mutual) => {
    const variables = {
      TLS_CERT_FILE: files.serverCert,
      TLS_KEY_FILE: files.serverKey,
      GRPC_PORT: "0",
      ...(mutual ? { TLS_CLIENT_CA_FILE: files.ca } : {}),
    };
    await serving(variables, async ({ url, grpcAddress }) => {
      expect(url).toMatch(/^https:/);
      const [plain, known] = [agent(false), agent(true)];
      expect([await predict(url, plain), await predict(url, known)]).toEqual([mutual ? "refused" : 200, 200]);
      plain.destroy();
      known.destroy();
      expect(await live(grpcAddress, true)).toEqual({ response: { live: true } });
      const anonymous = await live(grpcAddress, false);
      expect(anonymous).toMatchObject(mutual ? { status: expect.any(String) } : { response: { live: true } });
    });
  });
});
