"""BentoML + onnxruntime: the model as its users would serve it. MODEL is the path of the ONNX file."""

import os
import uuid
from typing import Annotated

import bentoml
import numpy as np
import onnxruntime
from contract import Prediction
from pydantic import Field


@bentoml.service(workers=1)
class Predictor:
    def __init__(self) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(os.environ["MODEL"], options, providers=["CPUExecutionProvider"])

    @bentoml.api
    def predict(
        self,
        features: Annotated[list[float], Field(min_length=30, max_length=30)],
        request_id: str | None = None,
    ) -> Prediction:
        label, probabilities = self.session.run(
            ["label", "probabilities"], {"features": np.array([features], dtype=np.float32)}
        )
        return Prediction(
            prediction=int(label[0]),
            probabilities=probabilities[0].tolist(),
            model_version="1",
            request_id=request_id or str(uuid.uuid4()),
            drift_detected=False,
        )
