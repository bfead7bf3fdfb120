import { HttpGate, parseList } from "../../../services/runtime/httpGate";

const gate = new HttpGate({
  trustedHosts: ["api.example.com", "*.example.org"],
  corsOrigins: ["https://app.example.com"],
});
const outcome = (host: string | undefined, origin?: string, of = gate) => {
  const headers = { ...(host === undefined ? {} : { host }), ...(origin === undefined ? {} : { origin }) };
  try {
    return of.check(headers);
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe("trusted hosts", () => {
  it.each([
    ["127.0.0.1:8080", {}],
    ["10.1.2.3", {}],
    ["[::1]:8080", {}],
    ["localhost:1", {}],
    ["serving", {}],
    ["serving.models.svc:8080", {}],
    ["serving.models.svc.cluster.local", {}],
    ["API.example.com:443", {}],
    ["a.example.org", {}],
    ["example.org", "untrusted_host"],
    ["evil.com", "untrusted_host"],
    ["api.example.com.evil.com", "untrusted_host"],
    ["127.0.0.1.evil.com", "untrusted_host"],
    ["evilexample.org", "untrusted_host"],
    ["", "untrusted_host"],
    [undefined, "untrusted_host"],
  ])("%j: %j", (host, expected) => {
    expect(outcome(host)).toEqual(expected);
    expect(gate.passes(host === undefined ? {} : { host })).toBe(typeof expected !== "string");
  });

  it("says which name and what to do", () => {
    expect(() => gate.check({ host: "evil.com" })).toThrow(
      'The request is addressed to "evil.com", which is no name of this server. Add it to TRUSTED_HOSTS if it is one.',
    );
  });

  it("trusts any name on request", () => {
    expect(outcome("evil.com", undefined, new HttpGate({ trustedHosts: ["*"], corsOrigins: [] }))).toEqual({});
  });
});

describe("origins", () => {
  const allowed = (origin: string) => ({
    "access-control-allow-origin": origin,
    "access-control-expose-headers": "inference-header-content-length, retry-after, traceparent",
    vary: "origin",
  });
  it.each([
    ["http://localhost:8080", {}],
    ["https://localhost:8080", {}],
    ["https://app.example.com", allowed("https://app.example.com")],
    ["http://app.example.com", "origin_not_allowed"],
    ["https://evil.com", "origin_not_allowed"],
    ["null", "origin_not_allowed"],
  ])("%s: %j", (origin, expected) => {
    expect(outcome("localhost:8080", origin)).toEqual(expected);
    expect(gate.passes({ host: "localhost:8080", origin })).toBe(false);
  });

  it("takes any origin on request", () => {
    const open = new HttpGate({ trustedHosts: [], corsOrigins: ["*"] });
    expect(outcome("localhost", "https://evil.com", open)).toEqual(allowed("https://evil.com"));
  });
});

it("parses lists", () => {
  expect([parseList(undefined), parseList(" a, b ,,c")]).toEqual([[], ["a", "b", "c"]]);
});
