"""Events as JSON and back: the canonical bytes that the record hashes."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from ecabinet.rules.events import EVENT_KINDS, Event


def canonical(value: object) -> bytes:
    """Sorted keys, no spaces, UTF-8: the one spelling of a JSON value."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def event_to_json(event: Event) -> dict[str, Any]:
    """The fields of `event` except `at` and `by`, which stand in the envelope of the record."""
    cls: Any = type(event)
    return {name: to_json(getattr(event, name)) for name in _names(cls) if name not in ("at", "by")}


def event_from_json(kind: str, at: datetime, by: int, data: dict[str, Any]) -> Event:
    """The event that `event_to_json` wrote; raises KeyError for an unknown kind."""
    cls: Any = EVENT_KINDS[kind]
    hints = _hints(cls)
    event: Event = cls(at=at, by=by, **{name: from_json(hints[name], value) for name, value in data.items()})
    return event


def to_json(value: Any) -> Any:
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return value
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): to_json(entry) for key, entry in value.items()}
    if isinstance(value, (tuple, list)):
        return [to_json(entry) for entry in value]
    if is_dataclass(value):
        cls: Any = type(value)
        return {name: to_json(getattr(value, name)) for name in _names(cls)}
    raise TypeError(f"{type(value).__name__} has no place in the record")


def from_json(hint: Any, value: Any) -> Any:
    """`value` as the type that `hint` asks for: dataclasses, enums, tuples, mappings, datetimes, optionals."""
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return None if value is None else from_json(next(arg for arg in args if arg is not NoneType), value)
    if origin is tuple:
        return tuple(from_json(args[0], entry) for entry in value)
    if origin in (dict, Mapping):
        return {from_json(args[0], key): from_json(args[1], entry) for key, entry in value.items()}
    if hint is datetime:
        return datetime.fromisoformat(value)
    if hint is int and isinstance(value, str):
        return int(value)
    if isinstance(hint, type) and is_dataclass(hint):
        hints = _hints(hint)
        return hint(**{name: from_json(hints[name], entry) for name, entry in value.items()})
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(value)
    return value


@cache
def _names(cls: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(cls))


@cache
def _hints(cls: Any) -> dict[str, Any]:
    return get_type_hints(cls)
