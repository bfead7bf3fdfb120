import { servingService } from "./service";

/** What the server says of itself in the metadata of the Open Inference Protocol. */
export const SERVER_NAME = `tideline-${servingService.name}`;
export const SERVER_VERSION = "0.1.0";

/** Extensions of the protocol that this server has. */
export const EXTENSIONS: readonly string[] = ["binary_tensor_data", "model_repository", "statistics"];
