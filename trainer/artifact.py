"""Writing the model folder: what `inference.py` needs, its own code included, and the coefficients of a linear model to read."""

import json
import shutil
from pathlib import Path

import joblib
import numpy as np

from encoder import Encoder

SERVING_CODE = ("inference.py", "encoder.py")


def coefficients(encoder: Encoder, estimator) -> dict:
    weights = np.atleast_2d(estimator.coef_)
    return {
        "intercept": np.atleast_1d(estimator.intercept_).tolist(),
        "weights": {name: weights[:, index].tolist() for index, name in enumerate(encoder.design_names())},
    }


def write_model(folder: Path, encoder: Encoder, estimator, facts: dict) -> None:
    code = folder / "code"
    code.mkdir(parents=True, exist_ok=True)
    for name in SERVING_CODE:
        shutil.copy(Path(__file__).parent / name, code / name)
    joblib.dump(estimator, folder / "estimator.joblib")
    (folder / "model.json").write_text(json.dumps({**facts, "features": encoder.features}, indent=1))
    if facts["algorithm"] == "linear":
        (folder / "coefficients.json").write_text(json.dumps(coefficients(encoder, estimator), indent=1))
