"""One row brought in line with the values meant for it: told, and stored unless it is only a preview."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from ecabinet.office.agenda_plan import PlanLine, changes_of
from ecabinet.office.agenda_rows import Values
from ecabinet.rules.text import Text
from ecabinet.store.audit import add_audit


@dataclass(slots=True)
class Settler:
    """`lines` tells of every row in turn. Dry, rows stay untouched and new ones get ids below zero."""

    session: AsyncSession
    dry: bool
    now: datetime | None = None
    by: int | None = None
    lines: list[PlanLine] = field(default_factory=list)
    _made: int = 0

    async def settle(self, subject: str, table: type[SQLModel], row: Any, label: Text, values: Values) -> int:
        """Make the row where `row` is None, else change what differs; returns its id."""
        if row is None:
            self.lines.append(PlanLine(subject, "add", label))
            row_id = await self.store(table(**values))
            self._note(subject, row_id, "added", label.say("vi"))
            return row_id
        changes = changes_of(row, values)
        self.lines.append(PlanLine(subject, "change" if changes.values else "same", label, tuple(changes.told)))
        if changes.values and not self.dry:
            _change(row, changes.values)
            said = "; ".join(f"{column}: {old} -> {new}" for column, old, new in changes.told)
            self._note(subject, row.id, "changed", f"{label.say('vi')}: {said}")
        return int(row.id)

    async def store(self, row: Any) -> int:
        if self.dry:
            self._made -= 1
            return self._made
        self.session.add(row)
        await self.session.flush()
        return int(row.id)

    def _note(self, subject: str, row_id: int, action: str, detail: str) -> None:
        if self.dry or self.now is None:
            return
        add_audit(
            self.session, at=self.now, by=self.by, action=action, subject=subject, subject_id=row_id, detail=detail
        )


def _change(row: Any, values: Values) -> None:
    for column, value in values.items():
        setattr(row, column, value)
    if hasattr(row, "version"):
        row.version += 1
