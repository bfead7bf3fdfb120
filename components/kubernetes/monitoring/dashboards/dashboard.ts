/** One line, or family of lines, of a panel. */
export interface Query {
  /** PromQL; may use Grafana's `$__rate_interval` and the dashboard's variables. */
  readonly expr: string;
  /** Name of each line; `{{label}}` is filled in by Grafana. */
  readonly legend: string;
}

/** A graph, or a single number. */
export interface Panel {
  readonly title: string;
  /** What it shows and what to make of it, in a sentence or two. */
  readonly description: string;
  readonly kind: "graph" | "gauge" | "number";
  /** Grafana's name of the unit, such as `percentunit` for shares and `reqps`. */
  readonly unit: string;
  /** Of Grafana's 24 columns. @default 12 */
  readonly width?: number;
  readonly min?: number;
  readonly max?: number;
  /** Drawn as a line: from here on it is too much, or below it too little. */
  readonly limit?: { readonly value: number; readonly bad: "above" | "below" };
  readonly queries: readonly Query[];
}

/** What the reader chooses at the top of a dashboard. */
export type Variable =
  /** Values of a label of a series, several at once. */
  | { readonly kind: "label"; readonly name: string; readonly metric: string; readonly label: string }
  /** A number that the reader may change. */
  | { readonly kind: "number"; readonly name: string; readonly label: string; readonly value: number };

/** A page of panels. */
export interface Dashboard {
  /** Unique in Grafana and part of its address; small letters, digits and dashes. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly variables: readonly Variable[];
  readonly panels: readonly Panel[];
}

/** The choice of models that most dashboards offer. */
export const MODEL_VARIABLE: Variable = {
  kind: "label",
  name: "model",
  metric: "model_predictions_total",
  label: "model",
};
