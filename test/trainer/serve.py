"""Loads a model as the server does and answers the calls of a file, one line of JSON a call: a test's way into inference.py."""

import importlib.util
import json
import sys
from pathlib import Path

model_dir, calls = sys.argv[1], json.loads(Path(sys.argv[2]).read_text())
spec = importlib.util.spec_from_file_location("inference", Path(model_dir) / "code/inference.py")
inference = importlib.util.module_from_spec(spec)
spec.loader.exec_module(inference)
model = inference.model_fn(model_dir)

for call in calls:
    try:
        request = inference.input_fn(call["body"].encode(), call["contentType"])
        body, content_type = inference.output_fn(inference.predict_fn(request, model), call.get("accept", "*/*"))
        print(json.dumps({"body": body, "contentType": content_type}))
    except ValueError as error:
        print(json.dumps({"error": str(error)}))
