"""Tables of agencies, people and members: planned, carried out, and carried out again for nothing."""

from datetime import UTC, datetime

import pytest
from sqlmodel import func, select

from ecabinet.office.bodies import BodyFields, add_body
from ecabinet.office.imports import Plan, PlanChanged, carry_out, make_plan, template_rows
from ecabinet.paper.rows import Row
from ecabinet.paper.spreadsheet import read_rows, write_csv, write_xlsx
from ecabinet.store.database import Database
from ecabinet.store.people import find_agencies, find_members, find_people
from ecabinet.store.tables import Agency, AuditEntry, Person

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)

AGENCIES = [
    ["Mã cơ quan", "Tên cơ quan", "Thứ tự"],
    ["vp-ubnd", "Văn phòng UBND tỉnh", "1"],
    ["so-du-lich", "Sở Du lịch", "2.0"],
]
PEOPLE = [
    ["Tên đăng nhập", "Chức vụ", "Cơ quan", "Ban thư ký"],
    ["chutich", "Chủ tịch UBND tỉnh", "", ""],
    ["thuky", "Chánh Văn phòng", "vp-ubnd", "có"],
    ["gd-dulich", "Giám đốc Sở Du lịch", "so-du-lich", "không"],
]
MEMBERS = [
    ["Body code", "User name", "Role", "Order"],
    ["ubnd-tinh", "chutich", "Chair", "1"],
    ["ubnd-tinh", "gd-dulich", "Ủy viên", "7"],
    ["ubnd-tinh", "thuky", "Thư ký", "9"],
]


def table(rows: list[list[str]]) -> tuple[Row, ...]:
    return tuple(Row(number, tuple(cells)) for number, cells in enumerate(rows, start=1))


async def plan(database: Database, kind: str, rows: list[list[str]]) -> Plan:
    async with database.reading() as session:
        return await make_plan(session, kind, table(rows))


async def do(database: Database, kind: str, rows: list[list[str]]) -> Plan:
    shown = await plan(database, kind, rows)
    async with database.writing() as session:
        return await carry_out(session, kind, table(rows), digest=shown.digest, by=None, now=NOW)


def counts(plan: Plan) -> tuple[int, int, int]:
    return plan.count("add"), plan.count("change"), plan.count("same")


@pytest.fixture
async def filled(database: Database) -> Database:
    async with database.writing() as session:
        await add_body(session, BodyFields("ubnd-tinh", "UBND tỉnh"), by=None, now=NOW)
    for kind, rows in (("agencies", AGENCIES), ("people", PEOPLE), ("members", MEMBERS)):
        assert not (await do(database, kind, rows)).problems
    return database


async def test_import_makes_what_the_table_says(filled: Database) -> None:
    async with filled.reading() as session:
        assert [(agency.code, agency.position) for agency in await find_agencies(session)] == [
            ("vp-ubnd", 1),
            ("so-du-lich", 2),
        ]
        people = {
            person.username: (agency.code if agency else "", person.is_secretariat)
            for person, agency in await find_people(session)
        }
        assert people == {"chutich": ("", False), "thuky": ("vp-ubnd", True), "gd-dulich": ("so-du-lich", False)}
        members = [(person.username, row.role, row.position) for row, person in await find_members(session, 1)]
        assert members == [("chutich", "chair", 1), ("gd-dulich", "member", 7), ("thuky", "secretariat", 9)]


@pytest.mark.parametrize(("kind", "rows"), [("agencies", AGENCIES), ("people", PEOPLE), ("members", MEMBERS)])
async def test_importing_twice_changes_nothing(filled: Database, kind: str, rows: list[list[str]]) -> None:
    async with filled.reading() as session:
        entries = (await session.exec(select(func.count()).select_from(AuditEntry))).one()
    again = await do(filled, kind, rows)
    assert again.changes_nothing and counts(again) == (0, 0, len(rows) - 1)
    async with filled.reading() as session:
        assert (await session.exec(select(func.count()).select_from(AuditEntry))).one() == entries


async def test_empty_cell_leaves_what_is_there(filled: Database) -> None:
    rows = [["Tên đăng nhập", "Chức vụ", "Cơ quan"], ["gd-dulich", "Quyền Giám đốc Sở Du lịch", ""]]
    changed = await do(filled, "people", rows)
    assert [step.changes for step in changed.steps] == [
        (("office_vi", "Giám đốc Sở Du lịch", "Quyền Giám đốc Sở Du lịch"),)
    ]
    async with filled.reading() as session:
        people = {person.username: agency for person, agency in await find_people(session)}
    assert people["gd-dulich"] is not None


async def test_who_is_not_in_the_table_stays(filled: Database) -> None:
    await do(filled, "members", [MEMBERS[0], ["ubnd-tinh", "gd-dulich", "deputy", "2"]])
    async with filled.reading() as session:
        members = [(person.username, row.role) for row, person in await find_members(session, 1)]
    assert members == [("chutich", "chair"), ("gd-dulich", "deputy"), ("thuky", "secretariat")]


async def test_every_problem_is_told_at_once_with_its_row(filled: Database) -> None:
    rows = [
        ["User name", "Office", "Agency", "Secretariat", "Language"],
        ["Bad Name", "Office", "", "", ""],
        ["a", "", "", "", ""],
        ["b", "Office", "no-such", "", ""],
        ["c", "Office", "", "perhaps", "fr"],
        ["d", "Office", "", "", ""],
        ["d", "Office", "", "", ""],
    ]
    problems = (await plan(filled, "people", rows)).problems
    assert [(problem.row, problem.field) for problem in problems] == [
        (2, "username"),
        (3, "office_vi"),
        (4, "agency"),
        (5, "is_secretariat"),
        (5, "language"),
        (7, "username"),
    ]


@pytest.mark.parametrize(
    ("kind", "rows", "words"),
    [
        ("people", [["Name"], ["x"]], "No row with the names"),
        ("people", [["User name", "Office", "Shoe size"], ["a", "b", "c"]], "Column 'Shoe size' is unknown"),
        ("people", [["User name", "Office", "Chức vụ"], ["a", "b", "c"]], "stands twice"),
        ("people", [["User name", "Office"]], "no row below"),
        ("members", [MEMBERS[0], ["nowhere", "chutich", "chair", "1"]], "no body with the code"),
        ("members", [MEMBERS[0], ["ubnd-tinh", "nobody", "chair", "1"]], "no account 'nobody'"),
        ("members", [MEMBERS[0], ["ubnd-tinh", "thuky", "king", "1"]], "no role 'king'"),
        ("members", [MEMBERS[0], ["ubnd-tinh", "thuky", "chair", "2"]], "only one chair"),
        ("members", [MEMBERS[0], ["ubnd-tinh", "thuky", "member", "first"]], "not a whole number"),
    ],
)
async def test_wrong_table_is_explained(filled: Database, kind: str, rows: list[list[str]], words: str) -> None:
    [problem] = (await plan(filled, kind, rows)).problems
    assert words in problem.text.en
    assert problem.text.vi


async def test_titles_above_the_header_do_not_matter(database: Database) -> None:
    rows = [["ỦY BAN NHÂN DÂN TỈNH"], ["Danh sách cơ quan"], *AGENCIES]
    assert [step.row for step in (await plan(database, "agencies", rows)).steps] == [4, 5]


async def test_confirmed_plan_is_refused_when_the_data_moved_on(filled: Database) -> None:
    rows = [["User name", "Office"], ["gd-dulich", "Quyền Giám đốc"]]
    shown = await plan(filled, "people", rows)
    await do(filled, "people", [["User name", "Office"], ["gd-dulich", "Phó Giám đốc"]])
    async with filled.writing() as session:
        with pytest.raises(PlanChanged) as changed:
            await carry_out(session, "people", table(rows), digest=shown.digest, by=None, now=NOW)
    assert changed.value.plan.count("change") == 1


async def test_broken_table_stores_nothing(database: Database) -> None:
    rows = [*AGENCIES, ["Bad Code", "Name", ""]]
    shown = await plan(database, "agencies", rows)
    async with database.writing() as session:
        with pytest.raises(PlanChanged):
            await carry_out(session, "agencies", table(rows), digest=shown.digest, by=None, now=NOW)
    async with database.reading() as session:
        assert (await session.exec(select(Agency))).all() == []


async def test_spreadsheet_cannot_make_an_administrator(database: Database) -> None:
    rows = [["User name", "Office", "Administrator"], ["a", "b", "yes"]]
    assert (await plan(database, "people", rows)).problems
    async with database.reading() as session:
        assert (await session.exec(select(Person))).all() == []


@pytest.mark.parametrize("kind", ["agencies", "people", "members"])
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("write", [write_csv, write_xlsx])
async def test_template_reads_back(filled: Database, kind: str, language: str, write) -> None:  # type: ignore[no-untyped-def]
    rows = read_rows(write(template_rows(kind, language)))
    async with filled.reading() as session:
        made = await make_plan(session, kind, rows)
    assert made.problems == [] and len(made.steps) == 1
