"""What both FastAPI peers receive and answer: the fields of Tideline's own /predict."""

from typing import Annotated

from pydantic import BaseModel, Field


class Predict(BaseModel):
    features: Annotated[list[float], Field(min_length=30, max_length=30)]
    request_id: str | None = None


class Prediction(BaseModel):
    prediction: int
    probabilities: list[float]
    model_version: str
    request_id: str
    drift_detected: bool
