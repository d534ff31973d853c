"""The hyperparameters of the built-in trainer. SageMaker passes every value as a string."""

import json
from dataclasses import dataclass
from pathlib import Path

TASKS = ("binary", "multiclass", "regression")
ALGORITHMS = ("linear", "gradient-boosting")

#: SageMaker's own: how it names the script, and what a tuning job tells each of its training jobs.
RESERVED = ("sagemaker_", "_tuning_objective_metric")


@dataclass(frozen=True)
class Hyperparameters:
    """`None` means: not given, so the algorithm's own default holds and tuning may choose the value."""

    task: str
    label: str
    algorithm: str
    tune: int = 0
    seed: int = 0
    max_iter: int | None = None
    learning_rate: float | None = None
    max_leaf_nodes: int | None = None
    l2_regularization: float | None = None

    def given(self) -> dict[str, float]:
        names = ("max_iter", "learning_rate", "max_leaf_nodes", "l2_regularization")
        return {name: getattr(self, name) for name in names if getattr(self, name) is not None}


def _choice(name: str, value: str, wanted: tuple[str, ...]) -> str:
    if value not in wanted:
        raise ValueError(f"hyperparameter {name} is {value!r}, wanted one of {', '.join(wanted)}")
    return value


def _number(name: str, value: str, kind: type, lowest: float) -> float:
    try:
        number = kind(value)
    except ValueError:
        raise ValueError(f"hyperparameter {name} is {value!r}, wanted {kind.__name__}") from None
    if not number >= lowest:
        raise ValueError(f"hyperparameter {name} is {value!r}, wanted at least {lowest}")
    return number


_NUMBERS = {
    "tune": (int, 0),
    "seed": (int, 0),
    "max_iter": (int, 1),
    "learning_rate": (float, 1e-6),
    "max_leaf_nodes": (int, 2),
    "l2_regularization": (float, 0.0),
}


def parse(raw: dict[str, str]) -> Hyperparameters:
    """Refuses unknown names, so that a misspelt one is not silently a default."""
    own = {name: value for name, value in raw.items() if not name.startswith(RESERVED)}
    for name in ("task", "label", "algorithm"):
        if name not in own:
            raise ValueError(f"hyperparameter {name} is missing")
    unknown = sorted(set(own) - set(Hyperparameters.__dataclass_fields__))
    if unknown:
        raise ValueError(f"hyperparameter {unknown[0]} is unknown, wanted one of {', '.join(Hyperparameters.__dataclass_fields__)}")
    numbers = {name: _number(name, own[name], *rule) for name, rule in _NUMBERS.items() if name in own}
    return Hyperparameters(
        task=_choice("task", own["task"], TASKS),
        label=own["label"],
        algorithm=_choice("algorithm", own["algorithm"], ALGORITHMS),
        **numbers,
    )


def load(base: Path) -> Hyperparameters:
    return parse(json.loads((base / "input/config/hyperparameters.json").read_text()))
