import { plainSecrets } from "../../../tools/policy/outputSecrets";

const marked = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "[secret]" };

describe("plainSecrets", () => {
  test.each<[string, unknown, string]>([
    ["databasePassword", "hush", "databasePassword is a secret's name"],
    ["awsKubeconfig", '{"clusters":[]}', "awsKubeconfig is a secret's name"],
    ["databaseUrl", "postgres://tideline:hush@db:5432/tideline", "it is a URL with a password in it"],
    ["tls", "-----BEGIN RSA PRIVATE KEY-----\nMII", "it is a private key"],
    ["ci", "AKIA1234567890ABCDEF", "it is an AWS access key"],
    ["caller", "eyJhbGciOiJub25l.eyJzdWIiOiJ0aWRl.abc", "it is a signed token"],
    ["database", { host: "db", password: "hush" }, "password is a secret's name"],
    ["hosts", ["db", "postgres://a:b@db"], "it is a URL with a password in it"],
  ])("%s is found in plain text", (output, value, reason) => {
    expect(plainSecrets({ output: "fine", [output]: value })).toEqual([{ output, reason }]);
  });

  test.each<[string, unknown]>([
    ["databasePassword", marked],
    ["database", { host: "db", password: marked }],
    ["databaseSecret", "arn:aws:secretsmanager:us-east-1:123456789012:secret:db"],
    ["servingUrl", "https://user@models.example.com/a:b@c"],
    ["modelChecksum", "0a1b"],
    ["apiToken", ""],
    ["maxTokens", 12],
  ])("%s is not", (output, value) => {
    expect(plainSecrets({ [output]: value })).toEqual([]);
  });
});
