import { certificateAuthorityIn, kubeconfig } from "../../../components/azure/kubeconfig";

test("a kubeconfig fetches short-lived credentials for one tenant, without a browser", () => {
  const config = JSON.parse(
    kubeconfig({
      clusterName: "ml",
      endpoint: "https://ml.example:443",
      certificateAuthority: "Q0E=",
      tenantId: "tenant-1",
      login: "azurecli",
    }),
  );
  expect(config.clusters).toEqual([
    { name: "ml", cluster: { server: "https://ml.example:443", "certificate-authority-data": "Q0E=" } },
  ]);
  expect(config.users[0].user.exec).toMatchObject({
    command: "kubelogin",
    args: [
      "get-token",
      "--login",
      "azurecli",
      "--server-id",
      "6dae42f8-4368-4678-94ff-3960e28e3630",
      "--tenant-id",
      "tenant-1",
    ],
    interactiveMode: "Never",
  });
  expect(config["current-context"]).toBe("ml");
});

const base64 = (text: string) => Buffer.from(text).toString("base64");

test.each(["certificate-authority-data: Q0E=", 'certificate-authority-data: "Q0E="'])(
  "the certificate authority is found in %s",
  (line) => {
    expect(certificateAuthorityIn(base64(`clusters:\n- cluster:\n    ${line}\n    server: https://x\n`))).toBe("Q0E=");
  },
);

test("a kubeconfig without one is refused", () => {
  expect(() => certificateAuthorityIn(base64("clusters: []\n"))).toThrow(
    "The kubeconfig that AKS answered with holds no certificate authority.",
  );
});
