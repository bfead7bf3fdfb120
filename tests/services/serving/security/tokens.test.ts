import { looksLikeToken, TokenVerifier } from "../../../../services/serving/security/tokens";
import { startTokenIssuer, type TokenIssuer } from "../../../support/tokenIssuer";

const NOW = 1_800_000_000;
const CLAIMS = { iss: "https://issuer", aud: ["other", "serving"], sub: "batch", exp: NOW + 30 };
let issuer: TokenIssuer;
let seconds = NOW;

beforeAll(async () => {
  issuer = await startTokenIssuer();
});
afterAll(() => issuer.close());
beforeEach(() => {
  seconds = NOW;
});

const verifier = (jwksUrl = issuer.jwksUrl) =>
  new TokenVerifier({ jwksUrl, issuer: "https://issuer", audience: "serving", now: () => seconds * 1000 });

it("says whom a token speaks for and what it may do", async () => {
  expect(await verifier().verify(await issuer.sign(CLAIMS))).toEqual({ name: "batch", scopes: [] });
  const { sub: _, ...rest } = CLAIMS;
  const other = await issuer.sign({ ...rest, azp: "app", scope: "a b", scp: ["c"], roles: ["d", 1] });
  expect(await verifier().verify(other)).toEqual({ name: "app", scopes: ["a", "b", "c", "d"] });
});

it("knows a good token at once, until its end", async () => {
  const tokens = verifier();
  const token = await issuer.sign(CLAIMS);
  const first = tokens.verify(token);
  expect(first).toBeInstanceOf(Promise);
  expect(tokens.verify(token)).toBeInstanceOf(Promise);
  const holder = await first;
  expect(tokens.verify(token)).toBe(holder);
  seconds = NOW + 29;
  expect(tokens.verify(token)).toBe(holder);
  seconds = NOW + 36;
  await expect(tokens.verify(token)).rejects.toThrow("The token is not accepted: ");
});

it("verifies a good token again after a minute", async () => {
  const tokens = verifier();
  const token = await issuer.sign({ ...CLAIMS, exp: NOW + 3600 });
  const holder = await tokens.verify(token);
  seconds = NOW + 59;
  expect(tokens.verify(token)).toBe(holder);
  seconds = NOW + 60;
  expect(tokens.verify(token)).toBeInstanceOf(Promise);
});

it.each([
  ["another issuer", { ...CLAIMS, iss: "https://evil" }, 'unexpected "iss" claim value'],
  ["another audience", { ...CLAIMS, aud: "other" }, 'unexpected "aud" claim value'],
  ["its end behind it", { ...CLAIMS, exp: NOW - 10 }, '"exp" claim timestamp check failed'],
  ["its beginning ahead", { ...CLAIMS, nbf: NOW + 10 }, '"nbf" claim timestamp check failed'],
  ["no end", { iss: "https://issuer", aud: "serving" }, 'missing required "exp" claim'],
])("refuses a token with %s", async (_, claims, reason) => {
  await expect(verifier().verify(await issuer.sign(claims))).rejects.toMatchObject({
    status: 401,
    code: "unauthenticated",
    message: `The token is not accepted: ${reason}.`,
  });
});

it("refuses tokens that the issuer did not sign, or that nobody did", async () => {
  const foreign = await issuer.sign(CLAIMS, { foreign: true });
  await expect(verifier().verify(foreign)).rejects.toThrow("The token is not accepted: signature verification failed.");
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const unsigned = `${encode({ alg: "none" })}.${encode(CLAIMS)}.x`;
  await expect(verifier().verify(unsigned)).rejects.toMatchObject({ status: 401 });
  const [head, , signature] = (await issuer.sign(CLAIMS)).split(".");
  await expect(verifier().verify(`${head}.${encode({ ...CLAIMS, sub: "admin" })}.${signature}`)).rejects.toMatchObject({
    status: 401,
  });
});

it("says 503, not 401, when the keys cannot be had", async () => {
  const gone = await startTokenIssuer();
  await gone.close();
  await expect(verifier(gone.jwksUrl).verify(await issuer.sign(CLAIMS))).rejects.toMatchObject({
    status: 503,
    code: "keys_unavailable",
    message: expect.stringMatching(/^The keys that tokens are verified with cannot be had from 127\.0\.0\.1:\d+: /),
  });
});

it("fetches the keys once for many tokens", async () => {
  const tokens = verifier();
  const before = issuer.fetches();
  for (const sub of ["a", "b", "c"]) await tokens.verify(await issuer.sign({ ...CLAIMS, sub }));
  expect(issuer.fetches() - before).toBe(1);
});

it.each([
  ["a.b.c", true],
  ["secret", false],
  ["a.b", false],
  ["a.b.", false],
])("%s has the form of a token: %s", (text, expected) => {
  expect(looksLikeToken(text)).toBe(expected);
});
