import { Certificates, type CertificatesArgs } from "../../../../components/kubernetes/security/certificates";
import { clusterTarget, objectsOf, recordKubernetes } from "../../../support/kubernetesCluster";

const build = (changes: Partial<CertificatesArgs> = {}) =>
  recordKubernetes(() => new Certificates("certificates", { target: clusterTarget(), ...changes }));

const acme = { email: "ml@example.org", gateway: { namespace: "gateway", name: "public" } };

test("the cluster has an authority of its own, made in the order in which it can be", async () => {
  const recording = await build();
  const objects = objectsOf(recording);
  expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
    "ClusterIssuer tideline-self-signed",
    "Certificate tideline-root",
    "ClusterIssuer tideline-internal",
  ]);
  expect(objects[1]).toMatchObject({
    metadata: { namespace: "cert-manager" },
    spec: { isCA: true, secretName: "tideline-root", issuerRef: { name: "tideline-self-signed" } },
  });
  expect(objects[2]?.spec).toEqual({ ca: { secretName: "tideline-root" } });
  const [selfSigned, root, internal] = recording.resources.filter(({ type }) => type.includes("cert-manager.io"));
  expect(selfSigned?.dependencies).toContain(recording.one("kubernetes:helm.sh/v3:Release").urn);
  expect(root?.dependencies).toContain(selfSigned?.urn);
  expect(internal?.dependencies).toContain(root?.urn);
});

test("public certificates are proven through the gateway, at the authority's rehearsal outside prod", async () => {
  const server = async (environment: "prod" | "staging") =>
    objectsOf(await build({ target: clusterTarget({ environment }), acme })).find(
      ({ metadata }) => metadata.name === "tideline-public",
    )?.spec;
  expect(await server("prod")).toEqual({
    acme: {
      email: "ml@example.org",
      server: "https://acme-v02.api.letsencrypt.org/directory",
      privateKeySecretRef: { name: "tideline-acme-account" },
      solvers: [
        {
          http01: {
            gatewayHTTPRoute: {
              parentRefs: [
                { group: "gateway.networking.k8s.io", kind: "Gateway", namespace: "gateway", name: "public" },
              ],
            },
          },
        },
      ],
    },
  });
  expect(JSON.stringify(await server("staging"))).toContain("acme-staging-v02");
});

test("prod runs more than one of each part", async () => {
  const values = (await build()).one("kubernetes:helm.sh/v3:Release").inputs.values;
  expect(values).toMatchObject({
    replicaCount: 2,
    webhook: { replicaCount: 3 },
    podDisruptionBudget: { enabled: true },
  });
});

test("a mail address that is none and an authority without TLS are refused", async () => {
  await expect(build({ acme: { ...acme, email: "nobody", server: "http://x" } })).rejects.toThrow(
    [
      'Certificates "certificates" cannot be planned:',
      '  acme.email is "nobody", which is no mail address; name one that is read.',
      '  acme.server is "http://x"; give the https:// address of an ACME directory.',
    ].join("\n"),
  );
});
