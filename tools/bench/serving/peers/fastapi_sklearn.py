"""FastAPI + scikit-learn: the same coefficients in a scikit-learn pipeline. MODEL is the path of a JSON file with them."""

import json
import os
import uuid

import numpy as np
from contract import Predict, Prediction
from fastapi import FastAPI
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

with open(os.environ["MODEL"], encoding="utf-8") as file:
    fitted = json.load(file)

scaler = StandardScaler()
scaler.mean_ = np.array(fitted["means"])
scaler.scale_ = np.array(fitted["scales"])
scaler.var_ = scaler.scale_**2
scaler.n_features_in_ = len(fitted["means"])
classifier = LogisticRegression()
classifier.classes_ = np.array([0, 1])
classifier.coef_ = np.array([fitted["weights"]])
classifier.intercept_ = np.array([fitted["intercept"]])
classifier.n_features_in_ = len(fitted["means"])
model = Pipeline([("scaler", scaler), ("classifier", classifier)])
app = FastAPI()


def answer(body: Predict) -> Prediction:
    probabilities = model.predict_proba(np.array([body.features]))[0]
    return Prediction(
        prediction=int(probabilities.argmax()),
        probabilities=probabilities.tolist(),
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
