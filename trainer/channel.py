"""Reading one input channel: any number of Parquet files, in a fixed order, as one Arrow table."""

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq


def _without_decimals(table: pa.Table) -> pa.Table:
    """A decimal here and a float or an integer there would have no type in common."""
    kinds = [pa.field(field.name, pa.float64()) if pa.types.is_decimal(field.type) else field for field in table.schema]
    return table.cast(pa.schema(kinds))


def read_channel(folder: Path) -> pa.Table:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix == ".parquet")
    if not files:
        raise ValueError(f"channel {folder.name} holds no .parquet file")
    # Permissive: a column that is all null in one file has no type there.
    # `partitioning=None`: a folder named like `month=01` must not add a column.
    tables = [_without_decimals(pq.read_table(path, partitioning=None)) for path in files]
    return pa.concat_tables(tables, promote_options="permissive")


def with_label(table: pa.Table, label: str, channel: str) -> pa.Table:
    """The rows that have a label. Rows without one cannot teach anything."""
    if label not in table.column_names:
        raise ValueError(f"label column {label} is not in channel {channel}, got columns {', '.join(table.column_names)}")
    kept = table.filter(pc.invert(pc.is_null(table[label], nan_is_null=True)))
    if kept.num_rows == 0:
        raise ValueError(f"channel {channel} has no row with a value in label column {label}")
    dropped = table.num_rows - kept.num_rows
    if dropped:
        print(f"channel {channel}: {dropped} of {table.num_rows} rows have no label and are left out", flush=True)
    return kept
