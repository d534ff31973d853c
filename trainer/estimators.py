"""The algorithms, and the space in which tuning searches. One way in: `fit`."""

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.linear_model import LogisticRegression, Ridge

from encoder import Encoder

BOOSTING_DEFAULTS = {"max_iter": 100, "learning_rate": 0.1, "max_leaf_nodes": 31, "l2_regularization": 0.0}
LINEAR_DEFAULTS = {"max_iter": 500, "l2_regularization": 1.0}

# Logistic regression divides by the penalty; zero would be an infinite C.
LEAST_PENALTY = 1e-8


def defaults(algorithm: str) -> dict:
    return dict(BOOSTING_DEFAULTS if algorithm == "gradient-boosting" else LINEAR_DEFAULTS)


def draw(algorithm: str, random: np.random.Generator) -> dict:
    """One candidate. Rates and penalties are drawn on a log scale: their effect is proportional."""
    if algorithm == "linear":
        return {"l2_regularization": float(np.exp(random.uniform(np.log(1e-3), np.log(1e3))))}
    return {
        "learning_rate": float(np.exp(random.uniform(np.log(0.03), np.log(0.3)))),
        "max_leaf_nodes": int(random.choice([15, 31, 63, 127])),
        "l2_regularization": float(np.exp(random.uniform(np.log(1e-3), np.log(10.0)))),
        "max_iter": int(random.choice([50, 100, 200])),
    }


def inputs(algorithm: str, encoder: Encoder, codes: np.ndarray):
    return codes if algorithm == "gradient-boosting" else encoder.design(codes)


def _boosting(task: str, encoder: Encoder, settings: dict, seed: int):
    kind = HistGradientBoostingRegressor if task == "regression" else HistGradientBoostingClassifier
    mask = [index < encoder.categorical_count for index in range(len(encoder.features))]
    # No early stopping: it would split off rows at random, and the platform keeps time order.
    return kind(categorical_features=mask if any(mask) else None, early_stopping=False, random_state=seed, **settings)


def _linear(task: str, settings: dict):
    penalty, iterations = settings["l2_regularization"], settings["max_iter"]
    if task == "regression":
        return Ridge(alpha=penalty, max_iter=iterations)
    return LogisticRegression(C=1 / max(penalty, LEAST_PENALTY), max_iter=iterations)


def _without_preprocessing(estimator, codes: np.ndarray):
    """Our codes are already what the estimator's own ColumnTransformer would make of them, which costs 3 ms a call.

    Relies on scikit-learn's inside, so the answer is compared: where it would differ, the transformer stays.
    """
    sample = codes[:1000]
    answer = estimator.predict_proba if hasattr(estimator, "predict_proba") else estimator.predict
    expected, preprocessor = answer(sample), estimator._preprocessor
    estimator._preprocessor = None
    if not np.array_equal(answer(sample), expected):
        estimator._preprocessor = preprocessor
    return estimator


def fit(algorithm: str, task: str, encoder: Encoder, codes: np.ndarray, target: np.ndarray, settings: dict, seed: int):
    if algorithm == "linear":
        return _linear(task, settings).fit(encoder.design(codes), target)
    estimator = _boosting(task, encoder, settings, seed).fit(codes, target)
    return _without_preprocessing(estimator, codes)
