"""Distributed Map: items read, selected and batched before the engine runs them as child executions."""

import json
from collections.abc import Callable

from ministack.services import stepfunctions as sfn

from ..registry import patch, symbol
from .paths import lookup, resolve
from .result_writer import write_results
from .states import MODULE, Error, is_jsonata

#: What the engine itself handles, given items that are ready.
KEPT = ("Label", "MaxConcurrency", "ToleratedFailureCount", "ToleratedFailurePercentage", "Next", "End")
LIMITS = ("MaxConcurrency", "ToleratedFailureCount", "ToleratedFailurePercentage")


class MapRun:
    """One entry into a distributed map, in either query language."""

    def __init__(self, state: dict, raw_input, effective, ctx: dict) -> None:
        self.state, self.raw_input, self.effective, self.ctx = state, raw_input, effective, ctx
        self.jsonata = is_jsonata(state, ctx)

    def fill(self, template, ctx: dict | None = None):
        ctx = self.ctx if ctx is None else ctx
        if self.jsonata:
            return sfn._apply_jsonata_template(template, self.raw_input, ctx)
        return resolve(template, self.effective, ctx)

    def items(self) -> list:
        items = self._selected(self._read())
        return self._batched(items) if self.state.get("ItemBatcher") else items

    def _read(self) -> list:
        reader = self.state.get("ItemReader")
        if not reader and self.jsonata and "Items" in self.state:
            return sfn._jsonata_state_field(self.state, "Items", "array", self.raw_input, self.ctx)
        if not reader:
            items = sfn._resolve_path_or_ctx(self.state.get("ItemsPath", "$"), self.effective, self.ctx)
            return items if isinstance(items, list) else [items]
        arguments = self.fill(reader.get("Arguments") or reader.get("Parameters") or {})
        config = self.fill(reader.get("ReaderConfig") or {})
        if config.get("InputType") == "MANIFEST":
            return _manifest_items(arguments)
        ready = {"Resource": reader.get("Resource"), "ReaderConfig": config, "Parameters": arguments}
        return sfn._read_map_items(ready, self.effective, self.ctx)

    def _selected(self, items: list) -> list:
        selector = self.state.get("ItemSelector") or self.state.get("Parameters")
        if not selector:
            return items
        return [
            self.fill(selector, {**self.ctx, "Map": {"Item": {"Index": index, "Value": item}}})
            for index, item in enumerate(items)
        ]

    def _batched(self, items: list) -> list:
        batcher = self.state["ItemBatcher"]
        if "MaxItemsPerBatchPath" in batcher:
            size = lookup(batcher["MaxItemsPerBatchPath"], self.raw_input, self.ctx, "MaxItemsPerBatchPath")
        else:
            size = self.fill(batcher).get("MaxItemsPerBatch")
        if not size:
            raise Error("States.Runtime", "an ItemBatcher needs MaxItemsPerBatch in the local cloud, got none")
        extra = {"BatchInput": self.fill(batcher["BatchInput"])} if batcher.get("BatchInput") else {}
        return [{**extra, "Items": items[at : at + int(size)]} for at in range(0, len(items), int(size))]

    def for_engine(self) -> dict:
        kept = {key: self.state[key] for key in KEPT if key in self.state}
        for field in LIMITS:
            if isinstance(kept.get(field), str):
                kept[field] = sfn._jsonata_state_field(self.state, field, "number", self.raw_input, self.ctx)
            if f"{field}Path" in self.state:
                kept[field] = lookup(self.state[f"{field}Path"], self.raw_input, self.ctx, f"{field}Path")
        return {**kept, "ItemsPath": "$"}

    def output(self, result):
        state, raw_input, ctx = self.state, self.raw_input, self.ctx
        if self.jsonata:
            output = sfn._apply_jsonata_output(state, raw_input, ctx, result=result, default=result)
            sfn._apply_state_assign(state, raw_input, ctx, result=result)
            return output
        selected = sfn._apply_result_selector(state, result)
        return sfn._apply_output_path(state, sfn._apply_result_path(state, raw_input, selected), ctx)


def _manifest_items(arguments: dict) -> list:
    """The rows of every file of an S3 inventory."""
    manifest = json.loads(sfn._s3_object_text(arguments["Bucket"], arguments["Key"]))
    columns = [column.strip() for column in manifest["fileSchema"].split(",")]
    bucket = manifest["destinationBucket"].split(":::")[-1]
    config = {"InputType": "CSV", "CSVHeaderLocation": "GIVEN", "CSVHeaders": columns}
    files = (sfn._s3_object_text(bucket, entry["key"]) for entry in manifest["files"])
    return [item for text in files for item in sfn._parse_reader_items(text, config)]


def _run(engine: Callable, run: MapRun, iterator: dict, execution: dict):
    """The children's results, or with a ResultWriter where they were written, also when the map failed."""
    items, before, failure, result = run.items(), set(sfn._map_runs.keys()), None, None
    try:
        result, _ = engine(run.for_engine(), items, items, iterator, execution, run.ctx)
    except Error as error:
        failure = error
    writer = run.state.get("ResultWriter") or {}
    if writer.get("Resource"):
        started = [arn for arn in sfn._map_runs.keys() if arn not in before]
        ours = [arn for arn in started if sfn._map_runs[arn]["executionArn"] == execution["executionArn"]]
        destination = run.fill(writer.get("Arguments") or writer.get("Parameters") or {})
        result = write_results(ours[0], destination, writer.get("WriterConfig") or {})
    if failure:
        raise failure
    return result


@patch(
    "distributed-map",
    requires=[
        symbol(
            f"{MODULE}:_run_distributed_map",
            *("state_def", "raw_input", "effective", "iterator", "execution", "ctx"),
        ),
        symbol(f"{MODULE}:_read_map_items", "reader", "effective", "ctx"),
        symbol(f"{MODULE}:_parse_reader_items", "text", "config"),
        symbol(f"{MODULE}:_s3_object_text", "bucket", "key"),
        symbol(f"{MODULE}:_map_runs"),
    ],
)
def distributed_map() -> None:
    """JSONata, MANIFEST, ItemBatcher and ResultWriter work; the engine passes expressions on as text."""
    engine = sfn._run_distributed_map

    def run_distributed_map(state, raw_input, effective, iterator, execution, ctx):
        run = MapRun(state, raw_input, effective, ctx)
        return run.output(_run(engine, run, iterator, execution)), sfn._next_or_end(state)

    sfn._run_distributed_map = run_distributed_map
