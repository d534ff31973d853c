"""From named values to a matrix, in training and in serving alike.

Two stages. `codes` gives one column a feature: numbers as they are, strings as the index of their category, NaN for null
and for a category never seen. Gradient boosting takes that as it is. `design` turns it into standardized and one-hot columns
for linear models. Written out here because scikit-learn's ColumnTransformer costs about 3 ms a call, more than the model.
"""

import numpy as np
from scipy import sparse

# Histogram gradient boosting keeps 255 bins a feature, so that is the most categories it can tell apart.
MAX_CATEGORIES = 254

MISSING = float("nan")


class Encoder:
    """`features` is plain data, saved as JSON: categorical features first, then numeric ones."""

    def __init__(self, features):
        self.features = features
        self.names = [feature["name"] for feature in features]
        self._lookups = [
            {category: float(code) for code, category in enumerate(feature["categories"])} if feature["kind"] == "categorical" else None
            for feature in features
        ]

    @property
    def categorical_count(self):
        return sum(1 for lookup in self._lookups if lookup is not None)

    def codes(self, columns):
        """`columns`: one list of values a feature, in the order of `names`. A column may be None: all values are missing."""
        rows = next((len(column) for column in columns if column is not None), 0)
        matrix = np.full((rows, len(self.names)), MISSING)
        for index, (column, lookup) in enumerate(zip(columns, self._lookups, strict=True)):
            if column is None:
                continue
            if lookup is not None:
                matrix[:, index] = [lookup.get(value, MISSING) for value in column]
            else:
                matrix[:, index] = self._numbers(self.names[index], column)
        return matrix

    def _numbers(self, name, column):
        try:
            numbers = np.array(column, dtype=float)
        except (TypeError, ValueError):
            numbers = None
        # Lists of one length each would make a table of the column.
        if numbers is None or numbers.ndim != 1:
            wrong = next(value for value in column if not _is_number(value))
            raise ValueError(f"column {name} got {wrong!r}, wanted a number")
        return numbers

    def design(self, codes):
        """Sparse matrix for linear models: one-hot categories, standardized numbers, a flag where a number was missing."""
        rows = np.arange(codes.shape[0])
        parts, width = [], 0
        for index, feature in enumerate(self.features):
            values = codes[:, index]
            missing = np.isnan(values)
            if feature["kind"] == "categorical":
                known = ~missing
                parts.append((rows[known], width + values[known].astype(int), np.ones(known.sum())))
                width += len(feature["categories"])
                continue
            filled = np.where(missing, feature["median"], values)
            parts.append((rows, np.full(len(rows), width), (filled - feature["mean"]) / feature["scale"]))
            parts.append((rows[missing], np.full(missing.sum(), width + 1), np.ones(missing.sum())))
            width += 2
        row, column, value = (np.concatenate(part) for part in zip(*parts, strict=True))
        return sparse.csr_matrix((value, (row, column)), shape=(codes.shape[0], width))

    def design_names(self):
        names = []
        for feature in self.features:
            if feature["kind"] == "categorical":
                names.extend(f"{feature['name']}={category}" for category in feature["categories"])
            else:
                names.extend([feature["name"], f"{feature['name']} is missing"])
        return names


def _is_number(value):
    try:
        return value is None or float(value) is not None
    except (TypeError, ValueError):
        return False
