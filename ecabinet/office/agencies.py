"""Departments, offices and districts: added, edited, retired when they merge."""

import re
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from ecabinet.office.changes import set_fields
from ecabinet.office.problems import Invalid, Problem, Stale
from ecabinet.rules.text import Text
from ecabinet.store.audit import add_audit
from ecabinet.store.people import Missing
from ecabinet.store.tables import Agency

CODE = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")


@dataclass(frozen=True, slots=True)
class AgencyFields:
    """`position` is the order in which agencies are listed officially."""

    code: str
    name_vi: str
    name_en: str = ""
    position: int = 0
    is_active: bool = True


async def add_agency(session: AsyncSession, data: AgencyFields, *, by: int | None, now: datetime) -> Agency:
    """Raises Invalid."""
    await _check(session, data, agency_id=None)
    agency = Agency(**asdict(data))
    session.add(agency)
    await session.flush()
    add_audit(session, at=now, by=by, action="added", subject="agency", subject_id=agency.id, detail=agency.code)
    return agency


async def edit_agency(
    session: AsyncSession, agency_id: int, data: AgencyFields, *, version: int, by: int | None, now: datetime
) -> Agency:
    """Raises Missing, Invalid, or Stale when somebody else edited the agency since `version`."""
    agency = await session.get(Agency, agency_id)
    if agency is None:
        raise Missing(f"agency {agency_id}")
    if agency.version != version:
        raise Stale(agency)
    await _check(session, data, agency_id=agency_id)
    changes = set_fields(agency, asdict(data))
    if changes:
        agency.version += 1
        detail = f"{agency.code}: {'; '.join(changes)}"
        add_audit(session, at=now, by=by, action="changed", subject="agency", subject_id=agency_id, detail=detail)
    return agency


async def find_agency_by_code(session: AsyncSession, code: str) -> Agency | None:
    return (await session.exec(select(Agency).where(Agency.code == code))).first()


def fields_of(agency: Agency) -> AgencyFields:
    return AgencyFields(agency.code, agency.name_vi, agency.name_en, agency.position, agency.is_active)


def agency_problems(data: AgencyFields) -> list[Problem]:
    """What can be seen without the database; for forms and for imported rows."""
    problems = []
    if not CODE.fullmatch(data.code):
        problems.append(CODE_PROBLEM)
    if not data.name_vi:
        problems.append(Problem("name_vi", Text("Cần ghi tên bằng tiếng Việt.", "The name is needed, in Vietnamese.")))
    if max(len(data.name_vi), len(data.name_en)) > 300:
        problems.append(Problem("name_vi", Text("Tên dài quá 300 ký tự.", "The name is longer than 300 characters.")))
    return problems


CODE_PROBLEM = Problem(
    "code",
    Text(
        "Mã gồm 1-40 chữ thường không dấu, chữ số hoặc gạch ngang, ví dụ so-du-lich.",
        "A code has 1-40 small letters without marks, digits or hyphens, such as so-du-lich.",
    ),
)


async def _check(session: AsyncSession, data: AgencyFields, agency_id: int | None) -> None:
    problems = agency_problems(data)
    other = await find_agency_by_code(session, data.code)
    if other is not None and other.id != agency_id:
        problems.append(Problem("code", Text("Mã này đã có cơ quan khác dùng.", "Another agency has this code.")))
    if problems:
        raise Invalid(*problems)
