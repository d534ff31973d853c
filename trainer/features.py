"""Learning the encoder from the training table, and encoding whole Arrow tables with it."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from encoder import MAX_CATEGORIES, MISSING, Encoder


def _is_text(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        return _is_text(kind.value_type)
    return pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)


def _is_numeric(kind: pa.DataType) -> bool:
    return pa.types.is_boolean(kind) or pa.types.is_integer(kind) or pa.types.is_floating(kind)


def _text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return column.cast(pa.string())


def _numbers(column: pa.ChunkedArray) -> np.ndarray:
    if pa.types.is_boolean(column.type):
        column = column.cast(pa.int8())
    return column.cast(pa.float64(), safe=False).to_numpy()


def _categorical(name: str, column: pa.ChunkedArray) -> dict:
    counts = _text(column).drop_null().value_counts().to_pylist()
    frequent = sorted(counts, key=lambda entry: (-entry["counts"], entry["values"]))[:MAX_CATEGORIES]
    if len(counts) > MAX_CATEGORIES:
        print(f"column {name}: {len(counts) - MAX_CATEGORIES} rare categories count as missing", flush=True)
    return {"name": name, "kind": "categorical", "categories": [entry["values"] for entry in frequent]}


def _numeric(name: str, column: pa.ChunkedArray) -> dict:
    values = _numbers(column)
    median = float(np.nanmedian(values))
    filled = np.where(np.isnan(values), median, values)
    deviation = float(filled.std())
    scale = deviation if deviation > 0 else 1.0
    return {"name": name, "kind": "numeric", "median": median, "mean": float(filled.mean()), "scale": scale}


def learn_encoder(table: pa.Table, label: str) -> Encoder:
    """Every column is a feature except the label and those whose name begins with `_`. Columns without any value are left out."""
    categorical, numeric = [], []
    for name in table.column_names:
        column = table[name]
        if name == label or name.startswith("_"):
            continue
        # A Parquet file may hold NaN where it means null.
        if column.null_count == len(column) or (pa.types.is_floating(column.type) and pc.all(pc.is_null(column, nan_is_null=True)).as_py()):
            print(f"column {name}: no value in train, left out", flush=True)
        elif _is_text(column.type):
            categorical.append(_categorical(name, column))
        elif _is_numeric(column.type):
            numeric.append(_numeric(name, column))
        else:
            raise ValueError(f"column {name} has type {column.type}, wanted a number, a boolean or a string")
    if not categorical and not numeric:
        raise ValueError(f"channel train has no feature column beside the label {label}, got columns {', '.join(table.column_names)}")
    return Encoder(categorical + numeric)


def encode_table(encoder: Encoder, table: pa.Table) -> np.ndarray:
    """The same numbers as `encoder.codes`, computed a column at a time without leaving Arrow."""
    matrix = np.full((table.num_rows, len(encoder.features)), MISSING)
    for index, feature in enumerate(encoder.features):
        if feature["name"] not in table.column_names:
            continue
        column = table[feature["name"]]
        if pa.types.is_null(column.type):
            continue
        if feature["kind"] == "categorical":
            found = pc.index_in(_text(column), value_set=pa.array(feature["categories"], pa.string()))
            matrix[:, index] = found.cast(pa.float64()).to_numpy()
        elif _is_numeric(column.type):
            matrix[:, index] = _numbers(column)
        else:
            raise ValueError(f"column {feature['name']} has type {column.type}, wanted a number as in channel train")
    return matrix
