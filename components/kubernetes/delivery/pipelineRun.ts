/** Name of the pipeline, and of the service account of its runs, which is the training job's. */
export const PIPELINE = "training";
/** Folder that the steps of one run share. */
export const WORKSPACE = "run";

/** Parameters of a run; the drift service's event names them when it asks for retraining. */
export const RUN_PARAMETERS = ["model", "reference-id", "report-id"] as const;
