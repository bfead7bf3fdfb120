import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Dataset, parseDataset } from "../../services/training/dataset";

const root = join(__dirname, "..", "..");

/** Path of the data set that the platform's own model is trained on. */
export const breastCancerPath = join(root, "services", "training", "data", "breast_cancer_wisconsin.csv");

/** That data set, parsed. */
export function breastCancer(): Dataset {
  return parseDataset(readFileSync(breastCancerPath, "utf8"), "breast_cancer_wisconsin.csv");
}

type Metrics = Record<"accuracy" | "f1" | "precision" | "recall" | "auc" | "brier" | "average_precision", number>;

/** What scikit-learn says of three of its models on one split of that data set. */
export function classifierGolden(): {
  test_row_indices: number[];
  labels: number[];
  models: Record<"gradient_boosting" | "random_forest" | "logistic_regression", Metrics & { probabilities: number[] }>;
} {
  return JSON.parse(readFileSync(join(root, "tests", "data", "golden", "classifier_metrics.json"), "utf8"));
}
