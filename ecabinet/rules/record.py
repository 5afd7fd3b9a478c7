"""The record of a meeting: each event in its envelope, as canonical bytes, chained by hash."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ecabinet.rules.encoding import canonical, event_from_json, event_to_json
from ecabinet.rules.events import Event

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """Event number `seq` of a meeting (1, 2, ... without gaps), the `part`-th event of its command."""

    meeting: str
    seq: int
    command: str
    part: int
    event: Event

    @property
    def kind(self) -> str:
        return type(self.event).__name__


def entry_bytes(entry: Entry) -> bytes:
    """The exact bytes that are hashed and kept."""
    return canonical(
        {
            "meeting": entry.meeting,
            "seq": entry.seq,
            "command": entry.command,
            "part": entry.part,
            "kind": entry.kind,
            "at": entry.event.at.isoformat(),
            "by": entry.event.by,
            "data": event_to_json(entry.event),
        }
    )


def entry_from_bytes(kept: bytes) -> Entry:
    envelope: dict[str, Any] = json.loads(kept)
    event = event_from_json(envelope["kind"], datetime.fromisoformat(envelope["at"]), envelope["by"], envelope["data"])
    return Entry(envelope["meeting"], envelope["seq"], envelope["command"], envelope["part"], event)


def chain(previous: str, kept: bytes) -> str:
    """SHA-256(previous hash || canonical bytes), as hex; the first event follows GENESIS."""
    return hashlib.sha256(bytes.fromhex(previous) + kept).hexdigest()
