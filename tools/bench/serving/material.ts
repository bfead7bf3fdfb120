import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { openObjectStore } from "../../../services/runtime/objectStore";
import { parseDataset, selectRows } from "../../../services/training/dataset";
import { fitLogisticRegression, predictProbabilities } from "../../../services/training/logisticRegression";
import { stratifiedSplit } from "../../../services/training/split";
import { publish, trainClassifier } from "../../../services/training/training";

/** The one model in the forms that the contenders read, and the rows that they are asked. */
export interface Material {
  /** URL of a model store that holds the model as `breast-cancer`. */
  readonly storeUrl: string;
  /** The ONNX file's path. */
  readonly onnxFile: string;
  /** A JSON file with means, scales, weights and intercept. */
  readonly coefficientsFile: string;
  /** JSON bodies of /predict, one a row of the hold-out. */
  readonly bodies: readonly string[];
  /** The bodies, one a line. */
  readonly bodiesFile: string;
  /** The same rows as bodies of the Open Inference Protocol, and those one a line. */
  readonly inferBodies: readonly string[];
  readonly inferBodiesFile: string;
  /** P(class 1) of each body by the trainer's own functions. */
  readonly probabilities: readonly number[];
}

const SEED = 42;
const HOLD_OUT_FRACTION = 0.25;

/** Trains the platform's model and writes everything below `folder`. */
export async function prepareMaterial(root: string, folder: string): Promise<Material> {
  const source = "breast_cancer_wisconsin.csv";
  const dataset = parseDataset(readFileSync(join(root, "services", "training", "data", source), "utf8"), source);
  const storeUrl = pathToFileURL(join(folder, "models")).href;
  const classes = ["malignant", "benign"] as const;
  const options = { seed: SEED, holdOutFraction: HOLD_OUT_FRACTION };
  const trained = trainClassifier({ name: "breast-cancer", dataset, source, classes, ...options });
  await publish(openObjectStore(storeUrl), trained);

  const split = stratifiedSplit({ labels: dataset.labels, ...options });
  const fitted = fitLogisticRegression(selectRows(dataset, split.training));
  const { rows } = selectRows(dataset, split.holdOut);
  const bodies = rows.map((features) => JSON.stringify({ features }));
  const inferBodies = rows.map((data) =>
    JSON.stringify({ inputs: [{ name: "features", datatype: "FP32", shape: [1, data.length], data }] }),
  );
  const write = (name: string, content: string | Uint8Array) => {
    const file = join(folder, name);
    writeFileSync(file, content);
    return file;
  };
  return {
    storeUrl,
    onnxFile: write("model.onnx", trained.model),
    coefficientsFile: write("coefficients.json", JSON.stringify(fitted)),
    bodies,
    bodiesFile: write("bodies.jsonl", `${bodies.join("\n")}\n`),
    inferBodies,
    inferBodiesFile: write("inferBodies.jsonl", `${inferBodies.join("\n")}\n`),
    probabilities: predictProbabilities(fitted, rows),
  };
}
