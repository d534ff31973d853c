"""Random search: candidates are judged on the validation channel, the best one is kept."""

import numpy as np

import estimators
from encoder import Encoder
from hyperparameters import Hyperparameters

# A probability of exactly 0 for what happened would make the loss infinite.
LEAST_PROBABILITY = 1e-15


def loss(task: str, estimator, matrix, target: np.ndarray) -> float:
    """Lower is better: root mean squared error, or the mean negative log of the probability given to what happened."""
    if task == "regression":
        return float(np.sqrt(np.mean((estimator.predict(matrix) - target) ** 2)))
    known = target >= 0
    if not known.any():
        raise ValueError("channel validation has no row whose label is a class of channel train")
    probabilities = estimator.predict_proba(matrix)[known, target[known]]
    return float(-np.mean(np.log(np.maximum(probabilities, LEAST_PROBABILITY))))


def candidates(chosen: Hyperparameters):
    """The first candidate is the default, so tuning can only improve on it. What the caller gave stays fixed."""
    random = np.random.default_rng(chosen.seed)
    base = estimators.defaults(chosen.algorithm)
    allowed = {name: value for name, value in chosen.given().items() if name in base}
    yield {**base, **allowed}
    for _ in range(max(chosen.tune - 1, 0)):
        yield {**base, **estimators.draw(chosen.algorithm, random), **allowed}


def search(chosen: Hyperparameters, encoder: Encoder, train, validation):
    """`train` and `validation` are (codes, target); validation may be None when nothing is tuned. Returns (estimator, settings)."""
    if chosen.tune > 1 and validation is None:
        raise ValueError("hyperparameter tune needs a channel validation, got none")
    matrix = None if validation is None else estimators.inputs(chosen.algorithm, encoder, validation[0])
    best = None
    for settings in candidates(chosen):
        estimator = estimators.fit(chosen.algorithm, chosen.task, encoder, *train, settings, chosen.seed)
        judged = None if validation is None else loss(chosen.task, estimator, matrix, validation[1])
        if judged is not None:
            print(f"candidate {settings} validation_loss={judged:.6f}", flush=True)
        if best is None or judged < best[0]:
            best = (judged, estimator, settings)
    if best[0] is not None:
        # For a metric definition to find: the last such line is the final value.
        print(f"validation:loss={best[0]:.6f}", flush=True)
    return best[1], best[2]
