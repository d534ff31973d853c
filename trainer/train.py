"""The built-in trainer: SageMaker script mode on the scikit-learn image.

Reads the channels `train` and, if there is one, `validation`; writes the model folder with `code/inference.py` inside.
A failure's sentence goes to `output/failure`, from where SageMaker takes it into FailureReason.
"""

import sys
import traceback
from pathlib import Path

import artifact
import hyperparameters
import target
import tuning
from base_dir import base_dir
from channel import read_channel, with_label
from features import encode_table, learn_encoder

# SageMaker keeps the first 1,024 characters of the failure file.
FAILURE_CHARACTERS = 1024


def _target(table, chosen, classes):
    column = table[chosen.label]
    if chosen.task == "regression":
        return target.encode_numbers(column, chosen.label)
    return target.encode_classes(column, classes)


def train(base: Path) -> None:
    chosen = hyperparameters.load(base)
    data = base / "input/data"
    rows = with_label(read_channel(data / "train"), chosen.label, "train")
    classes = None if chosen.task == "regression" else target.learn_classes(rows[chosen.label], chosen.label, chosen.task)
    encoder = learn_encoder(rows, chosen.label)
    known = (encode_table(encoder, rows), _target(rows, chosen, classes))
    held_out = None
    if (data / "validation").is_dir():
        table = with_label(read_channel(data / "validation"), chosen.label, "validation")
        held_out = (encode_table(encoder, table), _target(table, chosen, classes))
    print(f"training {chosen.algorithm} for {chosen.task} on {rows.num_rows} rows, {len(encoder.names)} features", flush=True)
    estimator, settings = tuning.search(chosen, encoder, known, held_out)
    facts = {"task": chosen.task, "algorithm": chosen.algorithm, "label": chosen.label, "classes": classes, "settings": settings, "seed": chosen.seed}
    artifact.write_model(base / "model", encoder, estimator, facts)


def main() -> int:
    base = base_dir()
    try:
        train(base)
        return 0
    except Exception as error:  # The last stop before SageMaker: whatever it is, it must reach FailureReason.
        traceback.print_exc()
        sentence = str(error) if isinstance(error, ValueError) else f"{type(error).__name__}: {error}"
        failure = base / "output/failure"
        failure.parent.mkdir(parents=True, exist_ok=True)
        failure.write_text(sentence[:FAILURE_CHARACTERS])
        return 1


if __name__ == "__main__":
    sys.exit(main())
