"""Evidently, alibi-detect, scipy and numpy on tables of doubles: reads orders as JSON lines, answers each with one."""
import gc
import json
import sys
import time
import warnings

warnings.filterwarnings("ignore")

import numpy as np
import pandas as pd
from evidently import Report
from evidently.presets import DataDriftPreset
from scipy.stats import ks_2samp

out = sys.stdout
# The libraries print greetings, which are no answers.
sys.stdout = sys.stderr


def read(path, rows, columns):
    return np.fromfile(path, dtype="<f8").reshape(columns, rows)


def evidently(loaded, **options):
    snapshot = Report([DataDriftPreset(**options)]).run(loaded["window"], loaded["reference"])
    found = {}
    for metric in snapshot.dict()["metrics"]:
        if "column" in metric["config"]:
            found[metric["config"]["column"]] = float(metric["value"])
    return found


def alibi_ks(loaded):
    from alibi_detect.cd import KSDrift

    answer = KSDrift(loaded["reference_rows"], p_val=0.05).predict(loaded["window_rows"])
    return {f"c{i}": float(p) for i, p in enumerate(answer["data"]["p_val"])}


def scipy_ks(loaded):
    pairs = zip(loaded["reference_columns"], loaded["window_columns"])
    return {f"c{i}": float(ks_2samp(before, now).pvalue) for i, (before, now) in enumerate(pairs)}


def numpy_psi(loaded):
    found = {}
    for i, (before, now) in enumerate(zip(loaded["reference_columns"], loaded["window_columns"])):
        edges = np.quantile(before, np.linspace(0, 1, 11))
        edges[0], edges[-1] = -np.inf, np.inf
        p = np.maximum(np.histogram(before, edges)[0] / len(before), 1e-4)
        q = np.maximum(np.histogram(now, edges)[0] / len(now), 1e-4)
        found[f"c{i}"] = float(((p - q) * np.log(p / q)).sum())
    return found


CASES = {
    "evidently": evidently,
    "evidently_psi": lambda loaded: evidently(loaded, method="psi"),
    "alibi_ks": alibi_ks,
    "scipy_ks": scipy_ks,
    "numpy_psi": numpy_psi,
}


def load(order):
    loaded = {}
    for side in ("reference", "window"):
        columns = read(order[side], order["rows"], order["columns"])
        loaded[f"{side}_columns"] = columns
        loaded[f"{side}_rows"] = np.ascontiguousarray(columns.T)
        loaded[side] = pd.DataFrame({f"c{i}": columns[i] for i in range(len(columns))})
    return loaded


loaded = None
for line in sys.stdin:
    order = json.loads(line)
    if "load" in order:
        loaded = load(order["load"])
        answer = {}
    else:
        gc.collect()
        wall, cpu = time.perf_counter(), time.process_time()
        values = CASES[order["run"]](loaded)
        answer = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu, "values": values}
    out.write(json.dumps(answer) + "\n")
    out.flush()
