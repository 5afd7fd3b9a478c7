"""Agencies from a table."""

from dataclasses import replace
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from ecabinet.office.agencies import AgencyFields, add_agency, agency_problems, edit_agency, fields_of
from ecabinet.office.import_steps import Step, step_for
from ecabinet.office.import_tables import Column, Record, at_row, read_number, repeated_problem
from ecabinet.office.problems import Problem
from ecabinet.rules.text import Text
from ecabinet.store.people import find_agencies

COLUMNS = (
    Column("code", Text("Mã cơ quan", "Agency code"), ("Mã",), True, Text("so-du-lich", "so-du-lich")),
    Column("name_vi", Text("Tên cơ quan", "Vietnamese name"), ("Tên", "Name"), True, Text("Sở Du lịch", "Sở Du lịch")),
    Column(
        "name_en",
        Text("Tên tiếng Anh", "English name"),
        (),
        False,
        Text("Department of Tourism", "Department of Tourism"),
    ),
    Column("position", Text("Thứ tự", "Order"), ("STT", "TT", "Position"), False, Text("9", "9")),
)


async def plan(session: AsyncSession, records: list[Record]) -> tuple[list[Step], list[Problem]]:
    existing = {agency.code: agency for agency in await find_agencies(session)}
    steps: list[Step] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for record in records:
        code = record.get("code").casefold()
        if code in seen:
            problems.append(repeated_problem("code", code, seen[code], record.row))
            continue
        seen[code] = record.row
        agency = existing.get(code)
        old = fields_of(agency) if agency else AgencyFields(code, "")
        data = _read(record, old, problems)
        problems += [at_row(problem, record.row) for problem in agency_problems(data)]
        steps.append(step_for(record.row, f"{code} - {data.name_vi}", data, agency, old))
    return steps, problems


async def carry_out(session: AsyncSession, steps: list[Step], *, by: int | None, now: datetime) -> None:
    for step in steps:
        if step.target is None:
            await add_agency(session, step.data, by=by, now=now)
        else:
            await edit_agency(session, step.target, step.data, version=step.version, by=by, now=now)


def _read(record: Record, old: AgencyFields, problems: list[Problem]) -> AgencyFields:
    return replace(
        old,
        name_vi=record.get("name_vi", old.name_vi),
        name_en=record.get("name_en", old.name_en),
        position=read_number(record, "position", old.position, problems),
    )
