import { areaUnderRoc } from "../../../services/training/classificationMetrics";
import { selectRows } from "../../../services/training/dataset";
import { fitLogisticRegression, predictProbabilities } from "../../../services/training/logisticRegression";
import { breastCancer, classifierGolden } from "../../support/breastCancer";

describe("fitLogisticRegression", () => {
  const dataset = breastCancer();
  const golden = classifierGolden();
  const held = new Set(golden.test_row_indices);
  const training = selectRows(
    dataset,
    dataset.rows.map((_, index) => index).filter((index) => !held.has(index)),
  );
  const holdOut = selectRows(dataset, golden.test_row_indices);
  const model = fitLogisticRegression(training);
  const probabilities = predictProbabilities(model, holdOut.rows);

  it("ranks the hold-out within 0.005 AUC of the best scikit-learn model", () => {
    expect(holdOut.labels).toEqual(golden.labels);
    const best = Math.max(...Object.values(golden.models).map(({ auc }) => auc));
    expect(areaUnderRoc(holdOut.labels, probabilities)).toBeGreaterThanOrEqual(best - 0.005);
  });

  it("gives scikit-learn's probabilities, as it minimises the same objective", () => {
    // scikit-learn's default tolerance stops its solver 0.0077 short of the optimum; run to 1e-10 it agrees with ours.
    for (const [index, expected] of golden.models.logistic_regression.probabilities.entries()) {
      expect(Math.abs((probabilities[index] ?? 0) - expected)).toBeLessThan(0.01);
    }
  });

  it("reaches a point where the objective's gradient vanishes", () => {
    const residuals = predictProbabilities(model, training.rows).map((p, row) => p - (training.labels[row] ?? 0));
    expect(Math.abs(residuals.reduce((sum, value) => sum + value, 0))).toBeLessThan(1e-8);
    for (const [column, weight] of model.weights.entries()) {
      const slope = training.rows.reduce((sum, row, index) => {
        const value = ((row[column] ?? 0) - (model.means[column] ?? 0)) / (model.scales[column] ?? 1);
        return sum + value * (residuals[index] ?? 0);
      }, weight);
      expect(Math.abs(slope)).toBeLessThan(1e-8);
    }
  });

  it("copes with a constant column and with classes that can be told apart exactly", () => {
    const rows = [-2, -1, 1, 2].map((value) => [value, 0.1]);
    const fitted = fitLogisticRegression({ features: ["x", "constant"], rows, labels: [0, 0, 1, 1] });
    expect(fitted.scales[1]).toBe(1);
    expect(Math.abs(fitted.weights[1] ?? 1)).toBeLessThan(1e-9);
    const [lowest = 1, , , highest = 0] = predictProbabilities(fitted, rows);
    expect(lowest).toBeLessThan(0.3);
    expect(highest).toBeGreaterThan(0.7);
  });
});
