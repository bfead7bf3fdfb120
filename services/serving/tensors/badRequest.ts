import { ServiceError } from "../../runtime/errors";

/** A request that is wrong; the Open Inference Protocol answers it with the message alone. */
export function badRequest(message: string): ServiceError {
  return new ServiceError(400, "invalid_request", message);
}
