"""Drives a server with NVIDIA's published clients, unchanged; prints what came back as JSON.

Arguments: the HTTP address, the gRPC address, both host:port. The server has the models "echo", which gives
every input x back as x_out, and "toy".
"""

import json
import sys

import numpy as np
import tritonclient.grpc as grpcclient
import tritonclient.http as httpclient
from client_tensors import FIXED_SIZE

ARRAYS = {**FIXED_SIZE, "BYTES": np.array([["é".encode(), b""], [b"a", b'"']], np.object_)}


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
