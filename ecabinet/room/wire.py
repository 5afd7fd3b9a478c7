"""The wire: JSON messages of a tablet into commands, outcomes into answers."""

import json
import re
from dataclasses import dataclass, fields
from typing import Any

from pydantic import TypeAdapter, ValidationError

from ecabinet.room.parts import encode
from ecabinet.room.room import Done, Outcome
from ecabinet.rules.commands import WIRE_COMMANDS, Command
from ecabinet.rules.encoding import to_json
from ecabinet.rules.refused import Refused, refused

_ADAPTERS = {name: TypeAdapter(kind) for name, kind in WIRE_COMMANDS.items()}
_FIELDS = {name: {field.name for field in fields(kind)} - {"id", "by"} for name, kind in WIRE_COMMANDS.items()}
_SERVER_FIELDS = {"add_item": {"item"}}
_ID = re.compile(r"[!-~]{1,64}")
# An odd number of backslashes before it: the letter NUL itself, not the words that name it.
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


@dataclass(frozen=True, slots=True)
class Ping:
    """The tablet asks whether the server is there; `n` comes back."""

    n: int


@dataclass(frozen=True, slots=True)
class Malformed:
    """No command: the refusal, and the id to answer where the message had one."""

    id: str | None
    refused: Refused


def read_message(text: str | bytes, by: int) -> Command | Ping | Malformed:
    try:
        message = json.loads(text)
    except (ValueError, RecursionError):
        return Malformed(None, refused("malformed", detail="JSON"))
    if not isinstance(message, dict):
        return Malformed(None, refused("malformed", detail="{...}"))
    if type(message.get("ping")) is int:
        return Ping(message["ping"])
    return read_command(message, by)


def read_command(message: dict[str, Any], by: int) -> Command | Malformed:
    """The command of a message {id, do, ...}; `by` is the person of the session, never of the message."""
    id_, name = message.get("id"), message.get("do")
    if not isinstance(id_, str) or not _ID.fullmatch(id_):
        return Malformed(None, refused("malformed", detail="id"))
    if not _is_writable(message):
        return Malformed(id_, refused("malformed", detail="Unicode"))
    if not isinstance(name, str) or name not in _ADAPTERS:
        return Malformed(id_, refused("unknown_command", name=str(name)[:40]))
    body = {key: value for key, value in message.items() if key not in ("id", "do")}
    unknown = set(body) - (_FIELDS[name] - _SERVER_FIELDS.get(name, set()))
    if unknown:
        return Malformed(id_, refused("malformed", detail=str(min(unknown))[:40]))
    try:
        return _ADAPTERS[name].validate_python({**body, "id": id_, "by": by})
    except ValidationError as error:
        where = ".".join(str(step) for step in error.errors()[0]["loc"])
        return Malformed(id_, refused("malformed", detail=where[:80] or name))


def _is_writable(message: dict[str, Any]) -> bool:
    """Whether it can be recorded and sent on: half a surrogate pair is no letter, and PostgreSQL takes no NUL.

    Let in, such a command would fail at every commit, and its tablet would send it for ever.
    """
    try:
        written = json.dumps(message, ensure_ascii=False).encode()
    except (UnicodeEncodeError, RecursionError):
        return False
    return _NUL.search(written) is None


def answer(id_: str | None, outcome: Outcome) -> str:
    return encode(answer_json(id_, outcome))


def answer_json(id_: str | None, outcome: Outcome) -> dict[str, Any]:
    """{"id", "done": {...}} or {"id", "refused": {"reason", "text", "article"}}."""
    if isinstance(outcome, Done):
        return {"id": id_, "done": {"seq": outcome.seq, "at": outcome.at.isoformat(), "receipt": outcome.receipt}}
    return {
        "id": id_,
        "refused": {"reason": outcome.reason, "text": to_json(outcome.text), "article": to_json(outcome.article)},
    }
