"""Serving: the four functions SageMaker's scikit-learn server looks for.

JSON in: `{"columns": ["a", "b"], "rows": [[1, "x"], …]}` or `{"instances": [{"a": 1, "b": "x"}, …]}`; JSON Lines in: one plain
object a line. JSON out: `{"predictions": […]}`; JSON Lines out: one prediction a line, in the order of the input. A prediction is
`{"label", "score", "probabilities"}`; a column that is absent or null counts as missing, an unknown column is ignored.
"""

import json
import sys
from pathlib import Path

import joblib

sys.path.insert(0, str(Path(__file__).parent))

from encoder import Encoder  # noqa: E402

JSON = "application/json"
JSON_LINES = ("application/jsonlines", "application/x-jsonlines", "application/jsonl")


class Model:
    def __init__(self, folder):
        facts = json.loads((folder / "model.json").read_text())
        self.task = facts["task"]
        self.linear = facts["algorithm"] == "linear"
        self.classes = facts["classes"]
        self.encoder = Encoder(facts["features"])
        self.estimator = joblib.load(folder / "estimator.joblib")
        self.keys = [json.dumps(value) if not isinstance(value, str) else value for value in self.classes or []]

    def matrix(self, columns):
        codes = self.encoder.codes(columns)
        return self.encoder.design(codes) if self.linear else codes


def model_fn(model_dir):
    return Model(Path(model_dir))


def _media_type(content_type):
    return (content_type or JSON).split(";")[0].strip().lower()


def input_fn(body, content_type):
    """A request as `{"columns", "rows"}` or as a list of objects; `predict_fn` knows which columns it wants of it."""
    text = body.decode("utf-8") if isinstance(body, (bytes, bytearray)) else body
    kind = _media_type(content_type)
    if kind in JSON_LINES:
        # Only \n ends a JSON line: str.splitlines would also break at U+2028, which JSON strings may hold.
        return [json.loads(line) for line in text.split("\n") if line.strip()]
    if kind != JSON:
        raise ValueError(f"content type is {kind!r}, wanted {JSON} or {JSON_LINES[0]}")
    request = json.loads(text)
    if not isinstance(request, dict):
        raise ValueError(f"request is a {type(request).__name__}, wanted an object with columns and rows, or instances")
    if isinstance(request.get("instances"), list):
        return request["instances"]
    if isinstance(request.get("columns"), list) and isinstance(request.get("rows"), list):
        return request
    raise ValueError("request has neither instances nor columns and rows")


def _columns(request, names):
    """One list of values a feature, and the number of rows."""
    if isinstance(request, list):
        return [[row.get(name) for row in request] for name in names], len(request)
    rows, position = request["rows"], {name: index for index, name in enumerate(request["columns"])}
    width = len(request["columns"])
    for index, row in enumerate(rows):
        if len(row) != width:
            raise ValueError(f"row {index} has {len(row)} values, wanted {width}")
    return [[row[position[name]] for row in rows] if name in position else None for name in names], len(rows)


def _numbers(model, matrix):
    return [{"label": value, "score": value} for value in model.estimator.predict(matrix).tolist()]


def _classes(model, matrix):
    probabilities = model.estimator.predict_proba(matrix)
    winners = probabilities.argmax(axis=1).tolist()
    binary, classes, keys = model.task == "binary", model.classes, model.keys
    return [
        {"label": classes[winner], "score": row[1] if binary else row[winner], "probabilities": dict(zip(keys, row, strict=True))}
        for winner, row in zip(winners, probabilities.tolist(), strict=True)
    ]


def predict_fn(request, model):
    columns, rows = _columns(request, model.encoder.names)
    if rows == 0:
        return []
    if all(column is None for column in columns):
        columns = [[None] * rows for _ in columns]
    matrix = model.matrix(columns)
    return _numbers(model, matrix) if model.task == "regression" else _classes(model, matrix)


def output_fn(predictions, accept):
    if _media_type(accept) in JSON_LINES:
        return "".join(json.dumps(prediction) + "\n" for prediction in predictions), JSON_LINES[0]
    return json.dumps({"predictions": predictions}), JSON
