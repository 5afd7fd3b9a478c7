"""People from a table."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from ecabinet.office.import_steps import Step, step_for
from ecabinet.office.import_tables import Column, Record, at_row, read_flag, repeated_problem, unknown_problem
from ecabinet.office.passwords import fold
from ecabinet.office.people import PersonFields, add_person, edit_person, fields_of, person_problems
from ecabinet.office.problems import Problem
from ecabinet.rules.text import Text
from ecabinet.store.people import find_agencies, find_people
from ecabinet.store.tables import Person

# The right to administer is not here: a spreadsheet passes through many hands.
COLUMNS = (
    Column(
        "username", Text("Tên đăng nhập", "User name"), ("Tài khoản", "Account"), True, Text("gd-dulich", "gd-dulich")
    ),
    Column(
        "office_vi",
        Text("Chức vụ", "Vietnamese office"),
        ("Chức danh", "Office"),
        True,
        Text("Giám đốc Sở Du lịch", "Giám đốc Sở Du lịch"),
    ),
    Column(
        "office_en",
        Text("Chức vụ tiếng Anh", "English office"),
        (),
        False,
        Text("Director of the Department of Tourism", "Director of the Department of Tourism"),
    ),
    Column("name", Text("Họ và tên", "Name"), ("Họ tên", "Full name")),
    Column("agency", Text("Mã cơ quan", "Agency code"), ("Cơ quan", "Agency"), False, Text("so-du-lich", "so-du-lich")),
    Column("email", Text("Thư điện tử", "E-mail"), ("Email",), False, Text("gd@sodulich.vn", "gd@sodulich.vn")),
    Column("language", Text("Ngôn ngữ", "Language"), (), False, Text("vi", "vi")),
    Column("is_secretariat", Text("Ban thư ký", "Secretariat"), ("Thư ký",), False, Text("không", "no")),
    Column("is_screen", Text("Màn hình", "Screen"), (), False, Text("không", "no")),
)

_LANGUAGES = {
    "vi": "vi",
    "vn": "vi",
    "tiengviet": "vi",
    "vietnamese": "vi",
    "en": "en",
    "tienganh": "en",
    "english": "en",
}


async def plan(session: AsyncSession, records: list[Record]) -> tuple[list[Step], list[Problem]]:
    existing = {person.username: person for person, _ in await find_people(session)}
    agencies = {agency.code: agency.id or 0 for agency in await find_agencies(session)}
    steps: list[Step] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for record in records:
        username = record.get("username").casefold()
        if username in seen:
            problems.append(repeated_problem("username", username, seen[username], record.row))
            continue
        seen[username] = record.row
        steps.append(_plan_row(record, existing.get(username), agencies, problems))
    return steps, problems


async def carry_out(session: AsyncSession, steps: list[Step], *, by: int | None, now: datetime) -> None:
    for step in steps:
        if step.target is None:
            await add_person(session, step.data, by=by, now=now)
        else:
            await edit_person(session, step.target, step.data, version=step.version, by=by, now=now)


def _plan_row(record: Record, person: Person | None, agencies: Mapping[str, int], problems: list[Problem]) -> Step:
    old = fields_of(person) if person else PersonFields(record.get("username").casefold(), "")
    data = _read(record, old, agencies, problems)
    problems += [at_row(problem, record.row) for problem in person_problems(data)]
    return step_for(record.row, f"{data.username} - {data.office_vi}", data, person, old)


def _read(record: Record, old: PersonFields, agencies: Mapping[str, int], problems: list[Problem]) -> PersonFields:
    """An empty cell, like a missing column, leaves what is there."""
    language = record.get("language", old.language)
    is_screen = read_flag(record, "is_screen", old.kind == "screen", problems)
    return replace(
        old,
        office_vi=record.get("office_vi", old.office_vi),
        office_en=record.get("office_en", old.office_en),
        name=record.get("name", old.name),
        agency_id=_agency(record, old, agencies, problems),
        email=record.get("email", old.email),
        language=_LANGUAGES.get(fold(language), language),
        kind="screen" if is_screen else "person",
        is_secretariat=read_flag(record, "is_secretariat", old.is_secretariat, problems),
    )


def _agency(record: Record, old: PersonFields, agencies: Mapping[str, int], problems: list[Problem]) -> int | None:
    code = record.get("agency").casefold()
    if code and code not in agencies:
        problems.append(unknown_problem("agency", code, Text("cơ quan có mã", "agency with the code"), record.row))
    return agencies.get(code, old.agency_id)
