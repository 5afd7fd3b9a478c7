"""The parts of one audience as JSON text, encoded only when they change."""

import json
from collections.abc import Iterable
from typing import Any

from ecabinet.rules.audience import Audience
from ecabinet.rules.meeting import Meeting
from ecabinet.rules.view import Parts, view


def encode(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class EncodedParts:
    """Keeps the newest parts and their JSON; `refresh` tells which names changed, vanished ones included."""

    def __init__(self, audience: Audience) -> None:
        self.audience = audience
        self._parts: Parts = {}
        self._json: dict[str, str] = {}

    def refresh(self, meeting: Meeting, online: list[int]) -> set[str]:
        newest = view(meeting, self.audience)
        if self.audience.runs:
            newest["online"] = {"people": online}
        changed = {name for name, part in newest.items() if self._parts.get(name) != part}
        gone = set(self._parts) - set(newest)
        for name in changed:
            self._json[name] = f"{encode(name)}:{encode(newest[name])}"
        for name in gone:
            self._json[name] = f"{encode(name)}:null"
        self._parts = newest
        return changed | gone

    def all_of(self) -> str:
        return ",".join(self._json[name] for name in self._parts)

    def some_of(self, names: Iterable[str]) -> str:
        """The named parts, null for those that are no more."""
        return ",".join(self._json[name] for name in sorted(names) if name in self._json)

    def values(self) -> dict[str, Any]:
        return dict(self._parts)
