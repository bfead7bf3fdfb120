import type { ServiceWorkloadArgs } from "../../components/kubernetes/serviceWorkload";
import { driftService } from "../../services/drift/service";
import { servingService } from "../../services/serving/service";
import { clusterTarget } from "./kubernetesCluster";
import { DIGEST } from "./kubernetesPlatform";

const image = { repository: "registry.example.com/tideline/services", digest: DIGEST };
const features = { monitoring: true, recommendations: true };

/** A model server of prod behind host names, changed as asked. */
export function servingArgs(changes: Partial<ServiceWorkloadArgs> = {}): ServiceWorkloadArgs {
  return {
    target: clusterTarget(),
    descriptor: servingService,
    image,
    model: { name: "breast-cancer", version: "3" },
    environment: {
      OBJECT_STORE_URL: "s3://models",
      DRIFT_URL: "http://drift.ml-platform.svc.cluster.local:8081",
    },
    route: { hostnames: ["models.example.com"], grpcHostnames: ["grpc.models.example.com"] },
    features,
    ...changes,
  };
}

/** The drift monitor of prod, changed as asked. */
export function driftArgs(changes: Partial<ServiceWorkloadArgs> = {}): ServiceWorkloadArgs {
  return {
    target: clusterTarget(),
    descriptor: driftService,
    image,
    environment: { DATABASE_URL: "postgres://tideline@db.example.com:5432/tideline" },
    secrets: { PGPASSWORD: { id: "arn:aws:secretsmanager:us-east-1:1:secret:db", property: "password" } },
    features,
    ...changes,
  };
}
