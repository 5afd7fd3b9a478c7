"""The machine-readable contracts: AsyncAPI of the live socket, OpenAPI of the JSON interface, made from the code."""

import inspect
import json
import re
from collections.abc import Sequence
from typing import Any

from pydantic import TypeAdapter

from ecabinet.room.examples import example_message
from ecabinet.rules.commands import WIRE_COMMANDS, Command
from ecabinet.rules.sentences import SENTENCES

VERSION = "1.0.0"
_BEGIN, _END = "<!-- commands -->", "<!-- /commands -->"
_TEXT = {"type": "object", "properties": {"vi": {"type": "string"}, "en": {"type": "string"}}}
_MEETING = {"name": "meeting", "in": "path", "required": True, "schema": {"type": "integer"}}
_NOT_THERE = {"description": "No such meeting, or none that the person takes part in"}
_ID = {"type": "string", "pattern": "^[!-~]{1,64}$", "description": "Made by the sender; sending it again is harmless."}


def command_schema(name: str) -> dict[str, Any]:
    """The JSON Schema of one command message, without the fields that only the server fills."""
    schema = TypeAdapter(WIRE_COMMANDS[name]).json_schema(ref_template="#/components/schemas/{model}")
    properties = {key: value for key, value in schema["properties"].items() if key not in ("id", "by")}
    if name == "add_item":
        del properties["item"]
    required = [key for key in schema.get("required", ()) if key in properties]
    return {
        "type": "object",
        "description": _described(WIRE_COMMANDS[name]),
        "properties": {"id": _ID, "do": {"const": name}, **properties},
        "required": ["id", "do", *required],
        "additionalProperties": False,
    }


def shared_schemas() -> dict[str, Any]:
    """What several messages refer to: the types inside commands, the answers, the pushes."""
    found: dict[str, Any] = {}
    for kind in WIRE_COMMANDS.values():
        found |= TypeAdapter(kind).json_schema(ref_template="#/components/schemas/{model}").get("$defs", {})
    done = {
        "type": "object",
        "properties": {
            "seq": {"type": "integer", "description": "The number of the command's last event in the record."},
            "at": {"type": "string", "format": "date-time"},
            "receipt": {"type": ["string", "null"], "description": "The code of a ballot, 'K7QF-2MXD'."},
        },
        "required": ["seq", "at", "receipt"],
    }
    refused = {
        "type": "object",
        "properties": {
            "reason": {"type": "string", "enum": sorted(key for key in SENTENCES if _is_refusal(key))},
            "text": _TEXT,
            "article": {"oneOf": [_TEXT, {"type": "null"}]},
        },
        "required": ["reason", "text", "article"],
    }
    return found | {
        "Done": _message({"id": _ID, "done": done}, ["id", "done"]),
        "Refused": _message({"id": {"type": ["string", "null"]}, "refused": refused}, ["id", "refused"]),
        "Parts": {"type": "object", "description": "Named parts; null removes one.", "additionalProperties": True},
    }


def asyncapi() -> dict[str, Any]:
    commands = {name: _wire_message(name) for name in sorted(WIRE_COMMANDS)}
    messages = {
        **{f"command_{name}": message for name, message in commands.items()},
        "ping": {"payload": _message({"ping": {"type": "integer"}}, ["ping"]), "examples": [{"payload": {"ping": 1}}]},
        "pong": {"payload": _message({"pong": {"type": "integer"}}, ["pong"]), "examples": [{"payload": {"pong": 1}}]},
        "done": {"payload": _ref("Done")},
        "refused": {"payload": _ref("Refused")},
        "push": {"payload": _push()},
    }
    sent = [name for name in messages if name.startswith("command_") or name == "ping"]
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "eCabinet, the live socket of a meeting",
            "version": VERSION,
            "description": "Text frames of JSON, at most 64 KiB. docs/protocol.md explains the parts and the close codes.",
        },
        "channels": {
            "live": {
                "address": "/meetings/{meeting}/live",
                "parameters": {"meeting": {"description": "The id of a called meeting."}},
                "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in messages},
            }
        },
        "operations": {
            "send": _operation("receive", sent),
            "listen": _operation("send", [name for name in messages if name not in sent]),
        },
        "components": {"messages": messages, "schemas": shared_schemas()},
    }


def openapi() -> dict[str, Any]:
    commands = {
        "summary": "Do what a tablet does; the same message, the same answers.",
        "parameters": [_MEETING],
        "requestBody": {"required": True, "content": _json({"oneOf": [command_schema(name) for name in sorted(WIRE_COMMANDS)]})},
        "responses": {
            "200": {"description": "Done and on disk", "content": _json(_ref("Done"))},
            "400": {"description": "Malformed or unknown", "content": _json(_ref("Refused"))},
            "401": {"description": "Not signed in"},
            "404": _NOT_THERE,
            "409": {"description": "Refused by the rules", "content": _json(_ref("Refused"))},
            "503": {"description": "Not recorded; send it again with the same id", "content": _json(_ref("Refused"))},
        },
    }  # fmt: skip
    parts = {
        "summary": "Every part that the person may see, as a tablet gets it when it connects.",
        "parameters": [_MEETING],
        "responses": {
            "200": {"description": "The parts", "content": _json(_message({"seq": {"type": "integer"}, "audience": {"type": "string"}, "parts": _ref("Parts")}, ["seq", "parts"]))},
            "404": _NOT_THERE,
        },
    }  # fmt: skip
    return {
        "openapi": "3.1.0",
        "info": {"title": "eCabinet, the JSON interface", "version": VERSION},
        "paths": {
            "/api/session": {"post": _sign_in()},
            "/api/meetings": {"get": {"summary": "The called meetings of the person", "responses": {"200": {"description": "The list"}}}},
            "/api/meetings/{meeting}/parts": {"get": parts},
            "/api/meetings/{meeting}/commands": {"post": commands},
            "/api/meetings/{meeting}/papers": {"post": _late_form("Attach a late paper (PDF)", _LATE_PAPER)},
            "/api/meetings/{meeting}/participants": {"post": _late_form("Add a late participant", _LATE_PERSON)},
            "/api/meetings/{meeting}/candidates": {"get": _candidates()},
        },
        "components": {"schemas": shared_schemas(), "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
        "security": [{"token": []}],
    }  # fmt: skip


_LATE_PAPER = {
    "id": _ID,
    "item": {"type": "integer"},
    "file": {"type": "string", "format": "binary"},
    "title_vi": {"type": "string"},
    "title_en": {"type": "string"},
    "number": {"type": "string"},
    "kind": {"type": "string"},
}
_LATE_PERSON = {
    "id": _ID,
    "person": {"type": "integer"},
    "role": {"enum": ["invitee", "substitute", "secretariat", "screen"]},
    "items": {"type": "array", "items": {"type": "integer"}, "description": "The items an invitee is admitted to."},
    "stands_for": {"type": "integer", "description": "The member whom a substitute stands in for."},
}


def _late_form(summary: str, fields: dict[str, Any]) -> dict[str, Any]:
    """What the secretariat adds to a called meeting; sent again with the same id it is answered as the first time."""
    required: list[str] = [name for name in ("id", "item", "file", "person", "role") if name in fields]
    problems = _message({"problems": {"type": "object", "additionalProperties": {"type": "string"}}}, ["problems"])
    return {
        "summary": summary,
        "parameters": [_MEETING],
        "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": _message(fields, required)}}},
        "responses": {
            "200": {"description": "Done and on disk", "content": _json(_ref("Done"))},
            "404": _NOT_THERE,
            "409": {"description": "Refused by the rules", "content": _json(_ref("Refused"))},
            "422": {"description": "Something in the form has to be mended first", "content": _json(problems)},
        },
    }


def _candidates() -> dict[str, Any]:
    return {
        "summary": "Who could still be added to the meeting, by office",
        "parameters": [_MEETING],
        "responses": {"200": {"description": "The people"}, "403": {"description": "Not the desk"}, "404": _NOT_THERE},
    }


def _wire_message(name: str) -> dict[str, Any]:
    return {"name": name, "payload": command_schema(name), "examples": [{"payload": example_message(name)}]}


def _described(kind: type[Command]) -> str:
    """The docstring, unless it is only the signature that a dataclass gets by itself."""
    doc = inspect.getdoc(kind) or ""
    return "" if doc.startswith(f"{kind.__name__}(") else re.sub(r"\s+", " ", doc)


def _push() -> dict[str, Any]:
    hello = _message({name: {"type": kind} for name, kind in
                      (("build", "string"), ("person", "integer"), ("audience", "string"), ("now", "string"))}, ["build"])  # fmt: skip
    fields = {
        "seq": {"type": "integer"},
        "all": {"type": "boolean", "description": "The parts replace everything the tablet has."},
        "hello": hello,
        "parts": _ref("Parts"),
    }
    return _message(fields, ["seq", "parts"])


def _sign_in() -> dict[str, Any]:
    body = _message({"username": {"type": "string"}, "password": {"type": "string"}}, ["username", "password"])
    return {
        "summary": "Sign a program in; the token goes into the Authorization header.",
        "security": [],
        "requestBody": {"required": True, "content": _json(body)},
        "responses": {
            "200": {"description": "Signed in", "content": _json(_message({"token": {"type": "string"}}, ["token"]))},
            "401": {"description": "Wrong name or password"},
            "429": {"description": "Too many attempts"},
        },
    }


def _is_refusal(key: str) -> bool:
    return not key.startswith(("result_", "rule_", "next_"))


def _operation(action: str, names: list[str]) -> dict[str, Any]:
    return {
        "action": action,
        "channel": {"$ref": "#/channels/live"},
        "messages": [{"$ref": f"#/channels/live/messages/{name}"} for name in names],
    }


def _message(properties: dict[str, Any], required: Sequence[str]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(required)}


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


def command_list() -> str:
    """The commands with what they do and an example each, as Markdown for docs/protocol.md."""
    entries = []
    for name, kind in WIRE_COMMANDS.items():
        example = json.dumps(example_message(name), ensure_ascii=False)
        words = f" {_described(kind)}" if _described(kind) else ""
        entries.append(f"- `{name}`:{words}\n\n      {example}\n")
    return "\n".join(entries)


def written_files(protocol: str) -> dict[str, str]:
    """The contents of the files in docs by name; `protocol` is docs/protocol.md as it stands, its prose is kept."""
    before, rest = protocol.split(_BEGIN)
    after = rest.split(_END)[1]
    return {
        "asyncapi.json": json.dumps(asyncapi(), ensure_ascii=False, indent=1) + "\n",
        "openapi.json": json.dumps(openapi(), ensure_ascii=False, indent=1) + "\n",
        "protocol.md": f"{before}{_BEGIN}\n{command_list()}{_END}{after}",
    }
