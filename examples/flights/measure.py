"""Measures the calendar of the flights example: which retrained challengers beat their champion, and by how much.

Needs the packages of trainer/requirements.txt and duckdb==1.5.5, and the months of Parquet that `npm start` leaves in .mooring/data:

    python -m venv /tmp/measure && /tmp/measure/bin/pip install -r trainer/requirements.txt && /tmp/measure/bin/pip install duckdb==1.5.5
    OMP_NUM_THREADS=1 /tmp/measure/bin/python examples/flights/measure.py .mooring/data/flights-*

Uses features.sql and the trainer's own code; prints tables in Markdown.
"""

import sys
from functools import cache
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
from sklearn.metrics import roc_auc_score

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent.parent / "trainer"))

import estimators  # noqa: E402
import features  # noqa: E402

# This and the next as in model.yaml.
CHOSEN = {"learning_rate": 0.05, "max_leaf_nodes": 7, "max_iter": 200}

# training.days, training.holdoutDays, retraining.minNewLabels, and the margin of the gate against the champion.
SETTING = (61, 21, 50_000, 0.01)

BOOSTING, LINEAR = "gradient-boosting", "linear"
DAY = np.timedelta64(1, "D")


def month(number: int) -> np.datetime64:
    """First instant of a month of 2013; 13 is the end of the year."""
    return np.datetime64("2014-01-01" if number == 13 else f"2013-{number:02d}-01", "us")


def load(folder: str) -> pa.Table:
    connection = duckdb.connect()
    connection.execute("SET threads = 1")
    sql = (HERE / "features.sql").read_text().replace("FROM input", ", time_hour AS _time, late AS _late, flight_id AS _id FROM input")
    connection.execute(f"CREATE VIEW input AS FROM read_parquet('{folder}/*.parquet')")
    return connection.sql(f"FROM ({sql}) ORDER BY _time, _id").to_arrow_table()


class Year:
    """Rows in order of time; every interval is half open. `validation` is the share of newest training rows that is not learned from."""

    def __init__(self, table: pa.Table, settings: dict | None = None, validation: float = 0.1):
        self.table, self.settings, self.validation = table, settings or CHOSEN, validation
        self.time, self.late = table["_time"].to_numpy(), table["_late"].to_numpy().astype(int)

    def rows(self, start, end) -> slice:
        return slice(*np.searchsorted(self.time, [start, end]))

    @cache
    def model(self, algorithm: str, start, end):
        rows = self.rows(start, end)
        rows = slice(rows.start, int(rows.stop - self.validation * (rows.stop - rows.start)))
        part = self.table.slice(rows.start, rows.stop - rows.start)
        encoder = features.learn_encoder(part, "_late")
        settings = estimators.defaults(algorithm) | (self.settings if algorithm == BOOSTING else {})
        return encoder, estimators.fit(algorithm, "binary", encoder, features.encode_table(encoder, part), self.late[rows], settings, 0)

    @cache
    def auc(self, trained: tuple, start, end) -> float:
        """Of the model `trained` = (algorithm, start, end) on the rows of another interval."""
        encoder, estimator = self.model(*trained)
        rows = self.rows(start, end)
        codes = features.encode_table(encoder, self.table.slice(rows.start, rows.stop - rows.start))
        return float(roc_auc_score(self.late[rows], estimator.predict_proba(estimators.inputs(trained[0], encoder, codes))[:, 1]))

    def labels(self, start, end) -> int:
        rows = self.rows(start, end)
        return rows.stop - rows.start


def calendar(year: Year, days: int, holdout_days: int, min_new_labels: int, margin: float):
    """One row a retraining: month, its interval, AUC of challenger and champion on the holdout, the champion's month, verdict."""
    champion, name, learned_until = None, "", month(1)
    for close in range(4, 14):
        now = month(close)
        if champion is not None and year.labels(learned_until, now) < min_new_labels:
            continue
        split, start = now - holdout_days * DAY, now - days * DAY
        challenger, learned_until = (BOOSTING, start, split), now
        scores = [year.auc(trained, split, now) for trained in (challenger, champion or challenger)]
        won = champion is None or scores[0] >= scores[1] + margin
        yield close - 1, (start, split, now), *scores, name, won
        if won:
            champion, name = challenger, f"{close - 1:02d}"


def first_look(year: Year) -> None:
    print("| trained on | tested in | AUC boosting | AUC logistic |\n|---|---|---|---|")
    for start, end, tested in ((1, 2, 7), (1, 4, 7), (5, 7, 7), (1, 2, 12), (1, 4, 12), (5, 7, 12), (9, 12, 12)):
        aucs = [year.auc((kind, month(start), month(end)), month(tested), month(tested + 1)) for kind in (BOOSTING, LINEAR)]
        print(f"| months {start}–{end - 1} | month {tested} | {aucs[0]:.3f} | {aucs[1]:.3f} |")


def chosen_calendar(year: Year, *setting) -> None:
    print("| close of | rows trained on | rows held out | challenger | champion (of month) | baseline | challenger − champion | verdict |\n|---|---|---|---|---|---|---|---|")
    for number, (start, split, now), challenger, champion, name, won in calendar(year, *setting):
        baseline = year.auc((LINEAR, start, split), split, now)
        against = f"{champion:.4f} ({name})" if name else "–"
        difference = f"{challenger - champion:+.4f}" if name else "–"
        print(f"| {number:02d} | {year.labels(start, split)} | {year.labels(split, now)} | {challenger:.4f} | {against} | {baseline:.4f} | {difference} | {'promoted' if won else 'rejected'} |", flush=True)


def sample(table: pa.Table, share: float, seed: int) -> pa.Table:
    """All of January to March, which is uploaded, and a share of the flights after that."""
    time = table["_time"].to_numpy()
    return table.filter(pa.array((time < month(4)) | (np.random.default_rng(seed).random(len(time)) < share)))


def variants(table: pa.Table):
    yield "as it is", Year(table), 1
    yield "all training rows learned from", Year(table, validation=0), 1
    yield "15 leaves", Year(table, CHOSEN | {"max_leaf_nodes": 15}), 1
    yield "trainer's defaults", Year(table, {"max_iter": 100}), 1
    for share, seed in ((1 / 2, 1), (1 / 2, 2), (1 / 3, 1), (1 / 3, 2), (1 / 4, 1), (1 / 4, 2)):
        yield f"random {share:.0%} of the traffic, seed {seed}", Year(sample(table, share, seed)), share


def robustness(table: pa.Table, settings) -> None:
    print("| variant | " + " | ".join(f"{d} days, {h} held out, {m} labels" for d, h, m, _ in settings) + " |\n" + "|---" * (len(settings) + 1) + "|")
    for name, year, share in variants(table):
        cells = []
        for days, held, labels, margin in settings:
            rows = list(calendar(year, days, held, int(labels * share), margin))[1:]
            cells.append(" ".join(f"{number:02d} {challenger - champion:+.3f}{'P' if won else 'r'}" for number, _, challenger, champion, _, won in rows))
        print(f"| {name} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    flights = load(sys.argv[1])
    first_look(Year(flights, validation=0))
    chosen_calendar(Year(flights), *SETTING)
    robustness(flights, [SETTING, (61, 28, 50_000, 0.01), (75, 21, 50_000, 0.01), (90, 21, 50_000, 0.01), (61, 28, 70_000, 0.01)])
