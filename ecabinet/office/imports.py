"""The import of people, agencies and members: first a plan that is shown, then one transaction that does exactly it."""

import hashlib
import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from ecabinet.office import agencies_import, members_import, people_import
from ecabinet.office.import_steps import Step
from ecabinet.office.import_tables import Column, Record, Table, read_records
from ecabinet.office.problems import Problem
from ecabinet.rules.text import Text

Planner = Callable[[AsyncSession, list[Record]], Awaitable[tuple[list[Step], list[Problem]]]]
Doer = Callable[..., Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of table: its columns, how its lines become steps, and how the steps are done."""

    name: Text
    columns: tuple[Column, ...]
    plan: Planner
    carry_out: Doer


KINDS = {
    "agencies": Kind(
        Text("Cơ quan", "Agencies"), agencies_import.COLUMNS, agencies_import.plan, agencies_import.carry_out
    ),
    "people": Kind(Text("Người dùng", "People"), people_import.COLUMNS, people_import.plan, people_import.carry_out),
    "members": Kind(
        Text("Thành viên", "Members"), members_import.COLUMNS, members_import.plan, members_import.carry_out
    ),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do; nothing at all as long as there is a problem."""

    kind: str
    steps: list[Step] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def count(self, action: str) -> int:
        return sum(step.action == action for step in self.steps)

    @property
    def changes_nothing(self) -> bool:
        return not self.problems and self.count("same") == len(self.steps)

    @property
    def digest(self) -> str:
        """The same for the same plan: what is confirmed is what was shown."""
        content = json.dumps([self.kind, [asdict(step) for step in self.steps]], sort_keys=True, default=str)
        return hashlib.sha256(content.encode()).hexdigest()


class PlanChanged(Exception):
    """The data moved on since the preview: nothing was done; `plan` is what it would be now."""

    def __init__(self, plan: Plan) -> None:
        super().__init__("the import would do something else now")
        self.plan = plan


async def make_plan(session: AsyncSession, kind: str, table: Table) -> Plan:
    records, problems = read_records(table, KINDS[kind].columns)
    if problems:
        return Plan(kind, [], problems)
    steps, problems = await KINDS[kind].plan(session, records)
    return Plan(kind, steps, sorted(problems, key=lambda problem: problem.row or 0))


async def carry_out(
    session: AsyncSession, kind: str, table: Table, *, digest: str, by: int | None, now: datetime
) -> Plan:
    """Do the plan whose digest was shown, all of it or nothing. Raises PlanChanged."""
    plan = await make_plan(session, kind, table)
    if plan.problems or plan.digest != digest:
        raise PlanChanged(plan)
    who: dict[str, Any] = {"by": by, "now": now}
    await KINDS[kind].carry_out(session, [step for step in plan.steps if step.action != "same"], **who)
    return plan


def template_rows(kind: str, language: str) -> list[list[str]]:
    """The names of the columns and one line that shows how they are filled in."""
    columns = KINDS[kind].columns
    return [[column.name.say(language) for column in columns], [column.example.say(language) for column in columns]]
