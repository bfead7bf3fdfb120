"""FastAPI + onnxruntime: the model as its users would serve it. MODEL is the path of the ONNX file."""

import os
import uuid

import numpy as np
import onnxruntime
from contract import Predict, Prediction
from fastapi import FastAPI

options = onnxruntime.SessionOptions()
options.intra_op_num_threads = 1
options.inter_op_num_threads = 1
session = onnxruntime.InferenceSession(os.environ["MODEL"], options, providers=["CPUExecutionProvider"])
app = FastAPI()


def answer(body: Predict) -> Prediction:
    features = np.array([body.features], dtype=np.float32)
    label, probabilities = session.run(["label", "probabilities"], {"features": features})
    return Prediction(
        prediction=int(label[0]),
        probabilities=probabilities[0].tolist(),
        model_version="1",
        request_id=body.request_id or str(uuid.uuid4()),
        drift_detected=False,
    )


@app.get("/health")
def health() -> dict[str, str]:
    return {"status": "ready"}


@app.post("/threaded")
def predict_threaded(body: Predict) -> Prediction:
    return answer(body)


@app.post("/async")
async def predict_async(body: Predict) -> Prediction:
    return answer(body)
