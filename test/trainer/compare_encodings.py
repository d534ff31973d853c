"""Prints the largest difference between what training and serving make of the same rows, and how many values were compared."""

import json
import sys
from pathlib import Path

import numpy as np

trainer, base = Path(sys.argv[1]), Path(sys.argv[2])
sys.path.insert(0, str(trainer))

from channel import read_channel  # noqa: E402
from encoder import Encoder  # noqa: E402
from features import encode_table  # noqa: E402

encoder = Encoder(json.loads((base / "model/model.json").read_text())["features"])
table = read_channel(base / "input/data/train")
training = encode_table(encoder, table)
serving = encoder.codes([table[name].to_pylist() for name in encoder.names])
same = np.isnan(training) == np.isnan(serving)
print(json.dumps({"values": training.size, "missing": int(np.isnan(training).sum()), "nullsAgree": bool(same.all()), "largest": float(np.nanmax(np.abs(training - serving)))}))
