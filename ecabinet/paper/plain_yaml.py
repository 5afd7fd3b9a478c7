"""Writing plain trees as block YAML that `strict_yaml` reads back as the same values, and always as the same bytes."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from ecabinet.paper.strict_yaml import NOT_TEXT, reads_as_text

# A plain scalar begins with a letter: then no other reader takes it for a date, a number, a list or a comment.
_PLAIN = re.compile(r"[^\W\d_][^\t\n\r\x85\u2028\u2029\ufeff]*")
_BREAKS = re.compile("[\x85\u2028\u2029\ufeff]")
# What YAML 1.1 readers take for true or false.
_SWITCHES = {"y", "yes", "n", "no", "on", "off", "true", "false", "null"}


def emit(fields: dict[str, Any]) -> str:
    return "\n".join(_mapping(fields, "")) + "\n"


def _mapping(fields: dict[str, Any], pad: str) -> Iterator[str]:
    for name, value in fields.items():
        if _is_short(value):
            yield f"{pad}{_text(str(name))}: {_short(value)}"
        else:
            yield f"{pad}{_text(str(name))}:"
            yield from _nested(value, pad + "  ")


def _nested(value: Any, pad: str) -> Iterator[str]:
    if isinstance(value, dict):
        yield from _mapping(value, pad)
        return
    for entry in value:
        if _is_short(entry):
            yield f"{pad}- {_short(entry)}"
            continue
        first, *rest = _nested(entry, pad + "  ")
        yield f"{pad}- {first.lstrip(' ')}"
        yield from rest


def _is_short(value: Any) -> bool:
    return not isinstance(value, dict | list) or not value


def _short(value: Any) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f")
    return "{}" if value == {} else "[]" if value == [] else str(value)


def _text(text: str) -> str:
    text = NOT_TEXT.sub("", text)
    if _PLAIN.fullmatch(text) and _is_safe(text):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _BREAKS.sub(lambda match: f"\\u{ord(match.group()):04x}", quoted)


def _is_safe(text: str) -> bool:
    return (
        text == text.strip()
        and ": " not in text
        and " #" not in text
        and not text.endswith(":")
        and text.lower() not in _SWITCHES
        and reads_as_text(text)
    )
