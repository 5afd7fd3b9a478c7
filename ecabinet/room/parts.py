"""The parts of one audience as JSON text, encoded only when they change."""

import json
from collections.abc import Iterable
from operator import is_

from ecabinet.rules.audience import Audience
from ecabinet.rules.meeting import Meeting
from ecabinet.rules.view import Part, part_views


def encode(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class EncodedParts:
    """Keeps the newest parts and their JSON; `refresh` tells which names changed, vanished ones included."""

    def __init__(self, audience: Audience) -> None:
        self.audience = audience
        self._sources: dict[str, tuple[object, ...]] = {}
        self._json: dict[str, str] = {}

    def refresh(self, meeting: Meeting, online: list[int]) -> set[str]:
        changed, names = set[str](), set[str]()
        for part in part_views(meeting, self.audience):
            names.add(part.name)
            if not _are_same(self._sources.get(part.name), part.sources):
                self._sources[part.name] = part.sources
                changed |= self._keep(part.name, part.build())
        if self.audience.runs:
            names.add("online")
            changed |= self._keep("online", {"people": online})
        return changed | self._drop({name for name, said in self._json.items() if said != _gone(name)} - names)

    def _keep(self, name: str, part: Part) -> set[str]:
        said = f"{encode(name)}:{encode(part)}"
        if self._json.get(name) == said:
            return set()
        self._json[name] = said
        return {name}

    def _drop(self, names: set[str]) -> set[str]:
        for name in names:
            self._json[name] = _gone(name)
            self._sources.pop(name, None)
        return names

    def all_of(self) -> str:
        return ",".join(said for name, said in self._json.items() if said != _gone(name))

    def some_of(self, names: Iterable[str]) -> str:
        """The named parts, null for those that are no more."""
        return ",".join(self._json[name] for name in sorted(names) if name in self._json)


def _gone(name: str) -> str:
    return f"{encode(name)}:null"


def _are_same(old: tuple[object, ...] | None, new: tuple[object, ...]) -> bool:
    return old is not None and len(old) == len(new) and all(map(is_, old, new))
