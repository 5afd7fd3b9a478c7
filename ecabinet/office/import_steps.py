"""One line of an import as it would be carried out."""

from dataclasses import asdict, dataclass
from typing import Any, Literal, Protocol

Action = Literal["add", "change", "same"]


@dataclass(frozen=True, slots=True)
class Step:
    """`target` and `version` name the row that would change; `data` is how it would look afterwards."""

    row: int
    label: str
    action: Action
    data: Any
    target: int | None = None
    version: int = 0
    changes: tuple[tuple[str, str, str], ...] = ()


class _Versioned(Protocol):
    id: int | None
    version: int


def step_for(row: int, label: str, data: Any, existing: _Versioned | None, old: Any) -> Step:
    """Compare a dataclass of fields with the one of the existing row, field by field."""
    if existing is None:
        return Step(row, label, "add", data)
    before, after = asdict(old), asdict(data)
    changes = tuple((name, str(before[name]), str(after[name])) for name in after if before[name] != after[name])
    return Step(row, label, "change" if changes else "same", data, existing.id, existing.version, changes)
