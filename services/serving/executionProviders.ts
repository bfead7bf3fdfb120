/** What ONNX Runtime computes with; what a provider cannot do, the processor does. */
export const EXECUTION_PROVIDERS = ["cpu", "cuda", "tensorrt", "webgpu", "coreml", "dml"] as const;
export type ExecutionProvider = (typeof EXECUTION_PROVIDERS)[number];
