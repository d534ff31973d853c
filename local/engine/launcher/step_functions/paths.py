"""JSONPath: variables, and paths that lead nowhere."""

from ministack.services import stepfunctions as sfn

from ..registry import patch, symbol
from .states import MODULE, Error

_resolve_params = sfn._resolve_params_obj


def _is_variable(path: str) -> bool:
    return path.startswith("$") and len(path) > 1 and path[1] not in ".[$"


def _variable(path: str, ctx: dict):
    name = path[1:].split(".")[0].split("[")[0]
    variables = (ctx or {}).get("variables", {})
    if name not in variables:
        raise Error("States.Runtime", f"The variable '${name}' is not defined")
    return sfn._resolve_path("$" + path[1 + len(name) :], variables[name])


def _exists(path: str, data) -> bool:
    for part in path[2:].split("."):
        if not (isinstance(data, dict) and part in data):
            return False
        data = data[part]
    return True


def lookup(path: str, data, ctx: dict, field: str):
    """The value a reference path leads to; a path without one fails the state, as on AWS."""
    if _is_variable(path):
        return _variable(path, ctx)
    value = sfn._resolve_path(path, data)
    if value is None and "[" not in path and path != "$" and not _exists(path, data):
        message = f"The JSONPath '{path}' specified for the field '{field}' could not be found in the input"
        raise Error("States.Runtime", message)
    return value


def resolve(template, data, ctx=None):
    """A payload template with its paths replaced."""
    if not isinstance(template, dict):
        return _resolve_params(template, data, ctx)
    resolved = {}
    for key, value in template.items():
        if key.endswith(".$") and isinstance(value, str) and value.startswith("$") and not value.startswith("$$"):
            resolved[key[:-2]] = lookup(value, data, ctx, key)
        elif key.endswith(".$"):
            resolved.update(_resolve_params({key: value}, data, ctx))
        elif isinstance(value, dict):
            resolved[key] = resolve(value, data, ctx)
        elif isinstance(value, list):
            resolved[key] = [resolve(item, data, ctx) if isinstance(item, dict) else item for item in value]
        else:
            resolved[key] = value
    return resolved


@patch(
    "jsonpath-lookup",
    requires=[
        symbol(f"{MODULE}:_resolve_params_obj", "template", "data", "ctx"),
        symbol(f"{MODULE}:_resolve_path", "path", "data"),
    ],
)
def jsonpath_lookup() -> None:
    """A missing path fails the state and a variable is found; the engine puts null for both."""
    sfn._resolve_params_obj = resolve
