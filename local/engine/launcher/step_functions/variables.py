"""Assign in JSONPath states, and timeouts that are computed."""

import threading

from ministack.services import stepfunctions as sfn

from ..registry import patch, symbol
from .paths import lookup, resolve
from .states import MODULE, NEEDED, around_states, is_jsonata

TIMEOUT_FIELDS = ("TimeoutSeconds", "HeartbeatSeconds")


@patch(
    "jsonpath-assign",
    requires=[*NEEDED, symbol(f"{MODULE}:_apply_result_selector", "state_def", "data"), symbol(f"{MODULE}:_next_or_end")],
)
def jsonpath_assign() -> None:
    """Assign sets variables in a JSONPath state too, from the task's raw result; the engine skips it."""
    latest = threading.local()
    select = sfn._apply_result_selector

    def apply_result_selector(state, data):
        latest.result = (id(state), data)
        return select(state, data)

    def wrapper(run, state, raw_input, execution, ctx):
        latest.result = None
        output, following = run(state)
        left_normally = following == sfn._next_or_end(state)
        if not is_jsonata(state, ctx) and isinstance(state.get("Assign"), dict) and left_normally:
            result = latest.result
            source = result[1] if result and result[0] == id(state) else raw_input
            ctx.setdefault("variables", {}).update(resolve(state["Assign"], source, ctx))
        return output, following

    sfn._apply_result_selector = apply_result_selector
    around_states(wrapper)


@patch(
    "computed-timeouts",
    requires=[*NEEDED, symbol(f"{MODULE}:_jsonata_state_field", "state_def", "field", "expected", "raw_input", "ctx")],
)
def computed_timeouts() -> None:
    """TimeoutSeconds and HeartbeatSeconds may be an expression or a path; the engine ignores or mistakes both."""

    def wrapper(run, state, raw_input, execution, ctx):
        changed = dict(state)
        for field in TIMEOUT_FIELDS:
            if is_jsonata(state, ctx) and isinstance(state.get(field), str):
                changed[field] = sfn._jsonata_state_field(state, field, "number", raw_input, ctx)
            if f"{field}Path" in state:
                changed[field] = lookup(state[f"{field}Path"], raw_input, ctx, f"{field}Path")
        return run(changed)

    around_states(wrapper)
