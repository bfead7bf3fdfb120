import { request as httpRequest, type IncomingHttpHeaders } from "node:http";

/** An answer's body as bytes. */
export interface BytesAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** POSTs JSON followed by binary tensors, as the extension binary_tensor_data has it. */
export function postBinary(
  url: string,
  json: unknown,
  tail: readonly Uint8Array[],
  headers: Readonly<Record<string, string>> = {},
): Promise<BytesAnswer> {
  const head = Buffer.from(JSON.stringify(json));
  const length = { "inference-header-content-length": String(head.length) };
  return postBytes(url, Buffer.concat([head, ...tail]), { ...length, ...headers });
}

/** POSTs bytes with just these headers. */
export function postBytes(
  url: string,
  body: Uint8Array,
  headers: Readonly<Record<string, string>>,
): Promise<BytesAnswer> {
  return new Promise((resolve, reject) => {
    const sending = httpRequest(url, { method: "POST", headers: { "content-length": body.length, ...headers } });
    sending.on("error", reject);
    sending.on("response", (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("error", reject);
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }),
      );
    });
    sending.end(body);
  });
}

export interface BinaryOutput {
  readonly name: string;
  readonly datatype: string;
  readonly shape: number[];
  readonly data?: unknown[];
  readonly bytes?: Buffer;
}

/** The outputs of an answer, each with its data in JSON or its bytes. */
export function outputsOf({ headers, body }: BytesAnswer): BinaryOutput[] {
  const header = headers["inference-header-content-length"];
  let offset = header === undefined ? body.length : Number(header);
  const json = JSON.parse(body.subarray(0, offset).toString()) as {
    outputs: (BinaryOutput & { parameters?: { binary_data_size?: number } })[];
  };
  const outputs = json.outputs.map(({ parameters, ...output }) => {
    const size = parameters?.binary_data_size;
    if (size === undefined) return output;
    offset += size;
    return { ...output, bytes: body.subarray(offset - size, offset) };
  });
  if (offset !== body.length) throw new Error(`${body.length - offset} bytes of the answer belong to no output.`);
  return outputs;
}
