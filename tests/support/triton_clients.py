"""Drives a server with NVIDIA's published clients, unchanged; prints what came back as JSON.

Arguments: the HTTP address, the gRPC address, both host:port. The server has the models "echo", which gives
every input x back as x_out, and "toy".
"""

import json
import sys

import numpy as np
import tritonclient.grpc as grpcclient
import tritonclient.http as httpclient

ARRAYS = {
    "BOOL": np.array([[True, False], [False, False]]),
    "UINT8": np.array([[0, 255], [1, 2]], np.uint8),
    "UINT16": np.array([[0, 65535], [1, 2]], np.uint16),
    "UINT32": np.array([[0, 2**32 - 1], [1, 2]], np.uint32),
    "UINT64": np.array([[2**53 + 1, 2**64 - 1], [1, 2]], np.uint64),
    "INT8": np.array([[-128, 127], [1, 2]], np.int8),
    "INT16": np.array([[-32768, 32767], [1, 2]], np.int16),
    "INT32": np.array([[-(2**31), 2**31 - 1], [1, 2]], np.int32),
    "INT64": np.array([[-(2**63), 2**53 + 1], [1, 2]], np.int64),
    "FP16": np.array([[0.5, -65504], [1, 2]], np.float16),
    "FP32": np.array([[0.1, -3.4e38], [1, 2]], np.float32),
    "FP64": np.array([[0.1, -5e-324], [1, 2]], np.float64),
    "BYTES": np.array([["é".encode(), b""], [b"a", b'"']], np.object_),
}


def same(given, back):
    if back is not None and back.dtype == np.object_:
        # From JSON the client makes str, from bytes it makes bytes.
        back = np.vectorize(lambda item: item.encode() if isinstance(item, str) else item, otypes="O")(back)
    return back is not None and given.dtype == back.dtype and np.array_equal(given, back)


def echo(module, client, given, asked):
    inputs = []
    for datatype, array in ARRAYS.items():
        tensor = module.InferInput(datatype.lower(), list(array.shape), datatype)
        tensor.set_data_from_numpy(array, **given)
        inputs.append(tensor)
    outputs = [module.InferRequestedOutput(f"{datatype.lower()}_out", **asked) for datatype in ARRAYS]
    result = client.infer("echo", inputs, outputs=outputs, request_id="r1")
    wrong = [
        datatype for datatype, array in ARRAYS.items() if not same(array, result.as_numpy(f"{datatype.lower()}_out"))
    ]
    return {"wrong": wrong}


def compressed(client):
    array = np.arange(2000, dtype=np.int64).reshape(1000, 2)
    small = {datatype: np.repeat(rows[:1], 1000, axis=0) for datatype, rows in ARRAYS.items()}
    small["INT64"] = array
    inputs = []
    for datatype, rows in small.items():
        tensor = httpclient.InferInput(datatype.lower(), list(rows.shape), datatype)
        tensor.set_data_from_numpy(rows)
        inputs.append(tensor)
    result = client.infer(
        "echo", inputs, request_compression_algorithm="gzip", response_compression_algorithm="gzip"
    )
    return same(array, result.as_numpy("int64_out"))


def refusal(module, client):
    tensor = module.InferInput("features", [1, 2], "FP32")
    tensor.set_data_from_numpy(np.zeros((1, 2), np.float32))
    try:
        client.infer("toy", [tensor])
        return "it was taken"
    except Exception as error:
        return error.message()


def health(client):
    ready = client.is_server_live(), client.is_server_ready(), client.is_model_ready("toy")
    return [*ready, client.is_model_ready("absent")]


http = httpclient.InferenceServerClient(sys.argv[1])
grpc = grpcclient.InferenceServerClient(sys.argv[2])
json.dump(
    {
        "http": {
            "health": health(http),
            "metadata": http.get_model_metadata("toy"),
            "binary": echo(httpclient, http, {"binary_data": True}, {"binary_data": True}),
            "json_in": echo(httpclient, http, {"binary_data": False}, {"binary_data": True}),
            "json_out": echo(httpclient, http, {"binary_data": True}, {"binary_data": False}),
            "compressed": compressed(http),
            "refusal": refusal(httpclient, http),
        },
        "grpc": {
            "health": health(grpc),
            "metadata": grpc.get_model_metadata("toy", as_json=True),
            "raw": echo(grpcclient, grpc, {}, {}),
            "refusal": refusal(grpcclient, grpc),
        },
    },
    sys.stdout,
)
