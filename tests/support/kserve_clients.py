"""Drives a server with KServe's published clients, unchanged; prints what came back as JSON.

Arguments: the HTTP address, the gRPC address, both host:port. The server has the models "echo", which gives every
input x back as x_out, and "toy".
"""

import asyncio
import json
import logging
import sys

import numpy as np
from client_tensors import FIXED_SIZE
from kserve import InferenceRESTClient, InferInput, InferRequest, RESTConfig
from kserve.inference_client import InferenceGRPCClient

logging.disable(logging.CRITICAL)
BASE = f"http://{sys.argv[1]}"
ARRAYS = {**FIXED_SIZE, "BYTES": np.array([[b"a", b""], [b"b", b'"']], np.object_)}


def request(binary):
    inputs = []
    for datatype, array in ARRAYS.items():
        tensor = InferInput(datatype.lower(), list(array.shape), datatype)
        tensor.set_data_from_numpy(array, binary_data=binary or datatype == "FP16")
        inputs.append(tensor)
    return InferRequest(model_name="echo", infer_inputs=inputs, request_id="r1")


def wrong(response):
    found = {output.name: output.as_numpy() for output in response.outputs}
    return [datatype for datatype, array in ARRAYS.items() if not same(array, found.get(f"{datatype.lower()}_out"))]


def same(given, back):
    if back is None:
        return False
    if given.dtype == np.object_:
        texts = [item.decode() if isinstance(item, bytes) else item for item in back.flatten().tolist()]
        return [item.decode() for item in given.flatten().tolist()] == texts
    return given.dtype == back.dtype and np.array_equal(given, back.reshape(given.shape))


async def rest():
    client = InferenceRESTClient(RESTConfig(protocol="v2", retries=0))
    health = [
        await client.is_server_live(BASE),
        await client.is_server_ready(BASE),
        await client.is_model_ready(BASE, "toy"),
    ]
    answers = {
        name: wrong(await client.infer(BASE, request(binary), model_name="echo"))
        for name, binary in [("json", False), ("binary", True)]
    }
    await client.close()
    return {"health": health, **answers}


async def grpc():
    client = InferenceGRPCClient(url=sys.argv[2])
    health = [await client.is_server_live(), await client.is_server_ready(), await client.is_model_ready("toy")]
    answer = wrong(await client.infer(request(True)))
    await client.close()
    return {"health": health, "raw": answer}


async def main():
    json.dump({"rest": await rest(), "grpc": await grpc()}, sys.stdout)


asyncio.run(main())
