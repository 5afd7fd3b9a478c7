"""What the structure of agenda.yaml cannot tell: names that must exist, be unique, or be real dates and files."""

from collections.abc import Iterator
from datetime import date, time
from itertools import chain, islice
from pathlib import Path

from ecabinet.paper.agenda_files import file_problem
from ecabinet.paper.agenda_outline import Outlined, language_of, outline
from ecabinet.paper.agenda_problems import MAX_PROBLEMS, Problem, fault, near
from ecabinet.paper.agenda_rules import rules_from_node
from ecabinet.paper.strict_yaml import Node

SEATED = ("chair", "deputy", "member")
# 1, 1.1, 1.1.1: as the desk allows.
MAX_LEVELS = 3


def meaning_problems(root: Node, folder: Path) -> list[Problem]:
    """Every fault of meaning; parts whose structure is broken are passed over."""
    items = outline(root)
    checks: tuple[Iterator[Problem], ...] = (
        _meeting_time(root),
        _repeated_items(items),
        _too_nested(items),
        _repeated_people(root),
        _roles(root),
        _agencies(root, items),
        _stand_ins(root),
        _admissions(root, items),
        _papers(items, folder),
        _repeated_numbers(items),
    )
    return list(islice(chain.from_iterable(checks), MAX_PROBLEMS))


def rules_problems(root: Node) -> list[Problem]:
    """Only for a tree whose structure holds."""
    rules = (body := root.get("body")) and body.get("rules")
    if not rules:
        return []
    try:
        rules_from_node(rules, language_of(root))
    except ValueError as error:
        line = body.line_of("rules") if body else None
        return [
            fault(
                line,
                (f"các quy tắc mâu thuẫn nhau ({error})", f"the rules contradict each other ({error})"),
                (
                    "Phân số từ trên 0 đến 1; “more_than” phải dưới 1/1.",
                    "Fractions lie above 0 and up to 1; “more_than” needs less than 1/1.",
                ),
            )
        ]
    return []


def read_date(said: str) -> date:
    """2020-12-24 or 24/12/2020; raises ValueError."""
    if "/" in said:
        day, month, year = said.split("/")
        return date(int(year), int(month), int(day))
    return date.fromisoformat(said)


def read_time(said: str) -> time:
    """08:00, 8h00 or 8g00; raises ValueError."""
    hour, minute = said.replace("h", ":").replace("g", ":").split(":")
    return time(int(hour), int(minute))


def _meeting_time(root: Node) -> Iterator[Problem]:
    meeting = root.get("meeting")
    if meeting is None:
        return
    yield from _impossible_date(meeting)
    if meeting.text("time") and not meeting.text("date"):
        yield fault(
            meeting.line_of("time"),
            ("có giờ mà không có ngày", "there is a time and no date"),
            ("Thêm date, hoặc ghi những gì đã biết vào when.", "Add the date, or write what is known into when."),
        )
    if meeting.text("when") and (meeting.text("date") or meeting.text("time")):
        yield fault(
            meeting.line_of("when"),
            ("vừa có when vừa có date hoặc time", "when stands beside date or time"),
            (
                "Biết đủ: chỉ dùng date và time. Chưa đủ: ghi tất cả vào when.",
                "Wholly known: date and time only. Otherwise: all of it into when.",
            ),
        )


def _impossible_date(node: Node) -> Iterator[Problem]:
    said = node.text("date")
    if said.count("/") != 2 and said.count("-") != 2:
        return
    try:
        read_date(said)
    except ValueError:
        yield fault(
            node.line_of("date"),
            (f"không có ngày {said}", f"there is no day {said}"),
            ("Sửa lại ngày, tháng, năm (24/12/2020).", "Correct day, month and year (24/12/2020)."),
        )


def _repeated_items(items: list[Outlined]) -> Iterator[Problem]:
    yield from _repeated([item.node for item in items], "key")
    for item in items:
        yield from _repeated(item.node.entries("papers"), "key")


def _too_nested(items: list[Outlined]) -> Iterator[Problem]:
    for item in items:
        if item.number.count(".") == MAX_LEVELS:
            yield fault(
                item.node.line,
                (
                    f"nội dung {item.number} ở cấp thứ {MAX_LEVELS + 1}",
                    f"item {item.number} is on level {MAX_LEVELS + 1}",
                ),
                (
                    f"Chương trình có nhiều nhất {MAX_LEVELS} cấp: đưa lên cấp trên.",
                    f"An agenda has {MAX_LEVELS} levels at most: move it up.",
                ),
            )


def _repeated_people(root: Node) -> Iterator[Problem]:
    yield from _repeated(root.entries("people"), "username")


def _repeated(nodes: list[Node], name: str) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for node in nodes:
        said, line = node.text(name), node.line_of(name)
        if said in first:
            yield fault(
                line,
                (
                    f"{name} “{said}” đã dùng ở dòng {first[said]}",
                    f"{name} “{said}” is used in line {first[said]} already",
                ),
                ("Đặt một tên khác.", "Choose another."),
            )
        elif said:
            first[said] = line


def _roles(root: Node) -> Iterator[Problem]:
    chairs = [person for person in root.entries("people") if _role(person) == "chair"]
    for person in chairs[1:]:
        yield fault(
            person.line_of("role"),
            (f"đã có chủ tọa ở dòng {chairs[0].line}", f"there is a chair in line {chairs[0].line} already"),
            (
                "Chỉ một người là chair; người khác là deputy hoặc member.",
                "One person is the chair; others are deputy or member.",
            ),
        )
    for person in root.entries("people"):
        yield from _out_of_role(person)


def _out_of_role(person: Node) -> Iterator[Problem]:
    role = _role(person)
    if role == "substitute" and not person.text("for"):
        yield fault(
            person.line_of("role"),
            ("người dự thay chưa ghi dự thay cho ai", "a substitute does not say for whom"),
            ("Thêm dòng `for: tên-đăng-nhập của thành viên`.", "Add a line `for: username of the member`."),
        )
    for name, wanted in (("for", "substitute"), ("items", "invitee")):
        if person.get(name) is not None and role != wanted:
            yield fault(
                person.line_of(name),
                (f"“{name}” chỉ dùng cho role: {wanted}", f"“{name}” is only for role: {wanted}"),
                (f"Xóa dòng này, hoặc đổi role thành {wanted}.", f"Remove the line, or make the role {wanted}."),
            )


def _role(person: Node) -> str:
    return person.text("role") or "member"


def _agencies(root: Node, items: list[Outlined]) -> Iterator[Problem]:
    agencies = root.get("agencies")
    known = set(agencies.value) if agencies is not None and isinstance(agencies.value, dict) else set()
    for node in [*root.entries("people"), *(item.node for item in items)]:
        code = node.text("agency")
        if code and code not in known:
            yield _unknown(
                node.line_of("agency"),
                code,
                known,
                ("agencies không có cơ quan", "agencies names no"),
                "agencies: {" + code + ": ...}",
            )


def _stand_ins(root: Node) -> Iterator[Problem]:
    people = root.entries("people")
    members = {person.text("username") for person in people if _role(person) in SEATED}
    first: dict[str, int] = {}
    for person in people:
        represented = person.text("for")
        if not represented or _role(person) != "substitute":
            continue
        line = person.line_of("for")
        if represented not in members:
            yield _unknown(
                line, represented, members, ("people không có thành viên", "people names no member"), "people: ..."
            )
        elif represented in first:
            yield fault(
                line,
                (
                    f"“{represented}” đã có người dự thay ở dòng {first[represented]}",
                    f"“{represented}” has a substitute in line {first[represented]} already",
                ),
                ("Mỗi thành viên một người dự thay.", "One substitute for each member."),
            )
        first.setdefault(represented, line)


def _admissions(root: Node, items: list[Outlined]) -> Iterator[Problem]:
    known = {item.key for item in items}
    numbers = {item.number for item in items}
    for person in root.entries("people"):
        for entry in person.entries("items"):
            said = entry.as_line()
            if said and said not in known and said not in numbers:
                yield _unknown(
                    entry.line, said, known, ("không có nội dung", "no item has the key or number"), "items: ..."
                )


def _unknown(line: int, name: str, known: set[str], what: tuple[str, str], place: str) -> Problem:
    meant = near(name, sorted(known))
    return fault(
        line,
        (f"{what[0]} “{name}”", f"{what[1]} “{name}”"),
        (f"Có phải “{meant}”?", f"Did you mean “{meant}”?")
        if meant
        else (f"Sửa lại tên, hoặc thêm vào {place}", f"Correct the name, or add it under {place}"),
    )


def _papers(items: list[Outlined], folder: Path) -> Iterator[Problem]:
    for item in items:
        for paper in item.node.entries("papers"):
            yield from _impossible_date(paper)
            said = paper.text("file")
            if said and (problem := file_problem(folder, said, paper.line_of("file"))):
                yield problem


def _repeated_numbers(items: list[Outlined]) -> Iterator[Problem]:
    """One number of one issuer is one paper; it may stand under several items."""
    first: dict[tuple[str, str], Node] = {}
    for item in items:
        for paper in item.node.entries("papers"):
            number = (paper.text("number"), paper.text("issuer"))
            earlier = first.setdefault(number, paper)
            if number[0] and earlier.text("file") != paper.text("file"):
                yield fault(
                    paper.line_of("number"),
                    (
                        f"số “{number[0]}” đã dùng cho tài liệu khác ở dòng {earlier.line}",
                        f"the number “{number[0]}” belongs to another paper in line {earlier.line}",
                    ),
                    (
                        "Kiểm tra lại số, ký hiệu; nếu do hai cơ quan ban hành thì ghi issuer.",
                        "Check the number; if two agencies issued them, give their issuer.",
                    ),
                )
