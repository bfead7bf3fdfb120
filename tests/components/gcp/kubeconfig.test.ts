import { kubeconfig } from "../../../components/gcp/kubeconfig";

const parts = { clusterName: "ml", project: "acme-ml", endpoint: "https://10.2.50.2" };

describe("a kubeconfig", () => {
  test("fetches credentials at each call, with the project said explicitly", () => {
    const config = JSON.parse(kubeconfig({ ...parts, certificateAuthority: "Q0E=" }));
    expect(config.clusters).toEqual([
      { name: "ml", cluster: { server: "https://10.2.50.2", "certificate-authority-data": "Q0E=" } },
    ]);
    expect(config.users[0].user.exec).toMatchObject({
      command: "gke-gcloud-auth-plugin",
      env: [{ name: "CLOUDSDK_CORE_PROJECT", value: "acme-ml" }],
      interactiveMode: "Never",
      provideClusterInfo: true,
    });
    expect(config["current-context"]).toBe("ml");
  });

  test("acts as another account where asked to", () => {
    const config = JSON.parse(kubeconfig({ ...parts, impersonate: "deployer@acme-ml.iam.gserviceaccount.com" }));
    expect(config.users[0].user.exec.env[1]).toEqual({
      name: "CLOUDSDK_AUTH_IMPERSONATE_SERVICE_ACCOUNT",
      value: "deployer@acme-ml.iam.gserviceaccount.com",
    });
    expect(config.clusters[0].cluster).toEqual({ server: "https://10.2.50.2" });
  });
});
