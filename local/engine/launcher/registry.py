"""The register of patches: what each is for, and what it needs of the engine."""

import importlib
import inspect
import json
from collections.abc import Callable
from dataclasses import dataclass


class PatchError(RuntimeError):
    """The engine is not the one a patch was written for."""


@dataclass(frozen=True)
class Symbol:
    """A name in the engine, with the parameters it must take and the text it must contain exactly once."""

    module: str
    name: str
    params: tuple[str, ...] | None = None
    once: tuple[str, ...] = ()

    def check(self, patch: str) -> None:
        place = f"{self.module}.{self.name}"
        value = importlib.import_module(self.module)
        for part in self.name.split("."):
            if not hasattr(value, part):
                raise PatchError(f"patch {patch} needs {place}, got an engine without it")
            value = getattr(value, part)
        if self.params is not None:
            got = tuple(inspect.signature(value).parameters)
            if got != self.params:
                raise PatchError(f"patch {patch} needs {place}{self.params}, got {got}")
        for text in self.once:
            count = value.count(text)
            if count != 1:
                raise PatchError(f"patch {patch} needs {text!r} once in {place}, got it {count} times")


@dataclass(frozen=True)
class Patch:
    name: str
    why: str
    requires: tuple[Symbol, ...]
    apply: Callable[[], None]


PATCHES: dict[str, Patch] = {}


def symbol(place: str, *params: str, once: tuple[str, ...] = ()) -> Symbol:
    """`symbol("ministack.app:main")`; with parameters, the signature is asserted too."""
    module, name = place.split(":")
    return Symbol(module, name, params or None, once)


def patch(name: str, requires: list[Symbol]) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Registers a function that changes the engine; its docstring says why it is needed."""

    def register(apply: Callable[[], None]) -> Callable[[], None]:
        if name in PATCHES:
            raise PatchError(f"patch names are unique, got {name} twice")
        PATCHES[name] = Patch(name, inspect.cleandoc(apply.__doc__ or ""), tuple(requires), apply)
        return apply

    return register


def apply_all() -> None:
    """Checks every patch against the untouched engine, then applies all of them."""
    for one in PATCHES.values():
        for needed in one.requires:
            needed.check(one.name)
    for one in PATCHES.values():
        one.apply()


def describe_all() -> str:
    return json.dumps([{"name": one.name, "why": one.why} for one in PATCHES.values()])
