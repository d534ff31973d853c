"""The label: what its classes are, and which of two is the positive one."""

import numpy as np
import pyarrow as pa


def learn_classes(column: pa.ChunkedArray, label: str, task: str) -> list:
    """Sorted; for a binary task the second one (true, 1, the later word) is positive."""
    if pa.types.is_floating(column.type):
        # 0.0 and 1.0 are what a nullable integer becomes on its way through some tools.
        column = column.cast(pa.int64())
    classes = sorted(column.unique().to_pylist())
    if task == "binary" and len(classes) != 2:
        raise ValueError(f"label column {label} has {len(classes)} classes in train, wanted 2 for task binary")
    if task == "multiclass" and len(classes) < 2:
        raise ValueError(f"label column {label} has {len(classes)} class in train, wanted at least 2 for task multiclass")
    return classes


def encode_classes(column: pa.ChunkedArray, classes: list) -> np.ndarray:
    """Index of the class of each row, -1 for a class that train does not know."""
    index = {value: code for code, value in enumerate(classes)}
    return np.array([index.get(value, -1) for value in column.to_pylist()])


def encode_numbers(column: pa.ChunkedArray, label: str) -> np.ndarray:
    if not (pa.types.is_integer(column.type) or pa.types.is_floating(column.type)):
        raise ValueError(f"label column {label} has type {column.type}, wanted a number for task regression")
    return column.cast(pa.float64(), safe=False).to_numpy()
