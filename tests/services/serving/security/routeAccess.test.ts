import { parseRouteAccess, resolveRouteAccess } from "../../../../services/serving/security/routeAccess";

const either = { key: true, jwt: "" };

describe("parseRouteAccess", () => {
  it("reads groups and ways", () => {
    expect(parseRouteAccess("repository=jwt:models.write, metrics=key,docs=key+jwt,predict=open")).toEqual({
      repository: { key: false, jwt: "models.write" },
      metrics: { key: true, jwt: undefined },
      docs: either,
      predict: undefined,
    });
  });

  it.each([
    "",
    "predict",
    "predict=",
    "other=open",
    "predict=open+key",
    "predict=key+key",
    "predict=jwt+jwt:a",
    "a=b,",
  ])("refuses %j", (text) => {
    expect(parseRouteAccess(text)).toBeUndefined();
  });

  it("refuses a group that is named twice", () => {
    expect(parseRouteAccess("predict=open,predict=key")).toBeUndefined();
  });
});

describe("resolveRouteAccess", () => {
  it("leaves the routes of operations open and asks on the others for what is set up", () => {
    const open = { health: undefined, metrics: undefined, docs: undefined };
    expect(resolveRouteAccess({}, { key: true, jwt: true })).toEqual({
      ...{ predict: either, inference: either, repository: either },
      ...open,
    });
    expect(resolveRouteAccess({}, { key: false, jwt: false })).toEqual({
      ...{ predict: undefined, inference: undefined, repository: undefined },
      ...open,
    });
  });

  it("opens and closes what it is told to", () => {
    const given = { predict: undefined, metrics: either };
    expect(resolveRouteAccess(given, { key: true, jwt: true })).toMatchObject(given);
  });

  it.each([
    [
      either,
      { key: false, jwt: true },
      "ROUTE_ACCESS has key for predict, but API_KEYS is not set. Set it, or take key out.",
    ],
    [
      either,
      { key: true, jwt: false },
      "ROUTE_ACCESS has jwt for predict, but JWT_JWKS_URL is not set. Set it, or take jwt out.",
    ],
  ])("refuses %j with %j set up", (predict, setUp, message) => {
    expect(() => resolveRouteAccess({ predict }, setUp)).toThrow(message);
  });
});
