"""The rules of a spec as one polars lazy select over a Parquet file: their counts, and the CPU seconds of this process."""

import json
import resource
import sys

import polars as pl

NUMBERS = {pl.Float32, pl.Float64}


def broken(rule, schema):
    """An expression for each thing that the rule counts: true for a row that breaks it."""
    kind = rule["kind"]
    if kind == "sql":
        return [pl.sql_expr(rule["sql"]).not_()]
    column = pl.col(rule["column"])
    low, high = rule.get("min"), rule.get("max")
    if kind == "range":
        finite = column.is_finite() if schema[rule["column"]] in NUMBERS else pl.lit(True)
        return [(column < low) & finite] * (low is not None) + [(column > high) & finite] * (high is not None)
    if kind == "length":
        length = column.str.len_chars()
        return [length < low] * (low is not None) + [length > high] * (high is not None)
    return [
        {
            "completeness": column.is_null,
            "vocabulary": lambda: column.is_in(rule["values"]).not_(),
            "pattern": lambda: column.str.contains("^(?:" + rule["pattern"] + ")$").not_(),
        }[kind]()
    ]


def main(file, rules_file):
    with open(rules_file) as text:
        rules = json.load(text)
    frame = pl.scan_parquet(file)
    schema = frame.collect_schema()
    counts = {rule["id"]: broken(rule, schema) for rule in rules}
    selected = [
        expression.sum().alias(f"{name} {i}") for name, of in counts.items() for i, expression in enumerate(of)
    ]
    row = frame.select(pl.len().alias("rows"), *selected).collect(engine="streaming").row(0, named=True)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    totals = {name: sum(row[f"{name} {i}"] for i in range(len(of))) for name, of in counts.items()}
    print(json.dumps({"cpuSeconds": usage.ru_utime + usage.ru_stime, "rows": row["rows"], "broken": totals}))


main(*sys.argv[1:])
