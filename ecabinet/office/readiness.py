"""What is still missing before a meeting can be called, and what the law would have liked."""

from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from ecabinet.office.invitations import members_differ
from ecabinet.office.local_time import local_day
from ecabinet.office.outline import Outline, Row, outline
from ecabinet.rules.deadlines import PapersNotice, papers_notice
from ecabinet.rules.holidays import vietnamese_holidays
from ecabinet.rules.meeting import MEMBER_ROLES
from ecabinet.rules.rule_set import RuleSet
from ecabinet.rules.text import Text
from ecabinet.store.agenda import find_items, find_papers
from ecabinet.store.invitations import find_invitations
from ecabinet.store.meetings import find_body
from ecabinet.store.tables import Invitation, Meeting, Person


@dataclass(frozen=True, slots=True)
class Finding:
    """`blocks` keeps the meeting from being called; the others warn. `where` is the page that mends it: 'details',
    'agenda', 'people', or 'item' with `item_id`."""

    code: str
    text: Text
    where: str
    blocks: bool = False
    article: Text | None = None
    item_id: int | None = None


async def readiness(session: AsyncSession, meeting: Meeting, now: datetime) -> list[Finding]:
    """Everything at once, what blocks first."""
    assert meeting.id is not None
    papers = await find_papers(session, meeting.id)
    people = await find_invitations(session, meeting.id)
    body = await find_body(session, meeting.body_id)
    rules = RuleSet.from_json(body.rule_set if body else {})
    agenda = outline(await find_items(session, meeting.id), papers, meeting.starts_at, rules.roman_numbers)
    findings = [
        *_of_details(meeting, now),
        *_of_agenda(agenda),
        *_of_people(people, agenda),
        *_of_notice(papers_notice_of(meeting, rules, now) if _is_ahead(meeting, now) else None),
    ]
    if await members_differ(session, meeting):
        findings.append(Finding("members_differ", _MEMBERS_DIFFER, "people"))
    return sorted(findings, key=lambda finding: not finding.blocks)


def papers_notice_of(meeting: Meeting, rules: RuleSet, now: datetime) -> PapersNotice | None:
    """The notice that calling now would give; None while there is no date."""
    if meeting.starts_at is None:
        return None
    meets_on = local_day(meeting.starts_at)
    holidays = vietnamese_holidays(meets_on.year) | vietnamese_holidays(meets_on.year - 1)
    return papers_notice(meeting.kind, local_day(now), meets_on, rules, holidays)


def _of_details(meeting: Meeting, now: datetime) -> list[Finding]:
    findings = []
    if meeting.starts_at is None:
        findings.append(Finding("no_date", _NO_DATE, "details", blocks=True))
    elif not _is_ahead(meeting, now):
        findings.append(Finding("past", _PAST, "details"))
    if not meeting.place_vi and not meeting.place_en:
        findings.append(Finding("no_place", _NO_PLACE, "details", blocks=True))
    return findings


def _is_ahead(meeting: Meeting, now: datetime) -> bool:
    """A session that begins late is still ahead for the rest of its day."""
    return meeting.starts_at is not None and meeting.starts_at > now - timedelta(days=1)


def _of_agenda(agenda: Outline) -> list[Finding]:
    if not agenda.rows:
        return [Finding("empty", _EMPTY, "agenda", blocks=True)]
    findings = [finding for row in agenda.rows for finding in _of_item(row)]
    if agenda.unplanned:
        text = Text(
            f"{agenda.unplanned} nội dung chưa có thời lượng; chưa dự kiến được giờ kết thúc.",
            f"{agenda.unplanned} items have no planned time; the end cannot be forecast.",
        )
        findings.append(Finding("unplanned", text, "agenda"))
    return findings


def _of_item(row: Row) -> list[Finding]:
    if row.item.kind != "decision":
        return []
    number, item_id = row.number, row.item.id
    if row.is_heading:
        text = Text(
            f"Mục {number} là đề mục nên không biểu quyết; chỉ các nội dung bên trong được biểu quyết.",
            f"Item {number} is a heading and gets no vote; only the items in it do.",
        )
        return [Finding("heading_for_decision", text, "item", item_id=item_id)]
    if not row.papers:
        text = Text(
            f"Nội dung {number} cần quyết định nhưng chưa có tài liệu.",
            f"Item {number} is for decision but has no papers.",
        )
        return [Finding("no_papers", text, "item", item_id=item_id)]
    if all(file is None for _, file in row.papers):
        text = Text(
            f"Nội dung {number} cần quyết định nhưng tài liệu chưa có tệp để đọc.",
            f"Item {number} is for decision but its papers have no file to read.",
        )
        return [Finding("no_files", text, "item", item_id=item_id)]
    return []


def _of_people(people: Sequence[tuple[Invitation, Person]], agenda: Outline) -> list[Finding]:
    findings = []
    members = [(row, person) for row, person in people if row.role in MEMBER_ROLES]
    if not members:
        findings.append(Finding("no_members", _NO_MEMBERS, "people", blocks=True))
    elif all(row.role != "chair" for row, _ in members):
        findings.append(Finding("no_chair", _NO_CHAIR, "people", blocks=True))
    if all(row.role != "secretariat" for row, _ in people):
        findings.append(Finding("no_secretary", _NO_SECRETARY, "people", blocks=True))
    on_agenda = {row.item.id for row in agenda.rows}
    for row, person in people:
        findings += _of_person(row, person, on_agenda, {member.person_id for member, _ in members})
    return findings


def _of_person(row: Invitation, person: Person, items: Set[int | None], members: Collection[int]) -> list[Finding]:
    office = Text(person.office_vi, person.office_en)
    vi, en = office.say("vi"), office.say("en")
    if not person.is_active:
        text = Text(
            f"Tài khoản của {vi} đã bị khóa nên không có mặt trong cuộc họp được.",
            f"The account of {en} is disabled, so they cannot take part.",
        )
        return [Finding("disabled", text, "people", blocks=row.role in MEMBER_ROLES)]
    if row.role == "invitee" and not items & set(row.item_ids):
        text = Text(f"{vi} được mời nhưng chưa được dự nội dung nào.", f"{en} is invited but admitted to no item.")
        return [Finding("admitted_to_nothing", text, "people")]
    if row.role == "substitute" and row.for_person_id not in members:
        text = Text(
            f"{vi} dự thay một người không còn là thành viên.", f"{en} stands in for somebody who is no member now."
        )
        return [Finding("stands_for_nobody", text, "people")]
    return []


def _of_notice(notice: PapersNotice | None) -> list[Finding]:
    if notice is None or notice.is_met:
        return []
    unit = ("ngày làm việc", "working days") if notice.in_working_days else ("ngày", "days")
    text = Text(
        f"Tài liệu phải đến thành viên trước phiên họp ít nhất {notice.needed} {unit[0]}, chậm nhất ngày "
        f"{notice.due:%d/%m/%Y}; nếu triệu tập hôm nay chỉ còn {notice.given}.",
        f"Papers must reach the members at least {notice.needed} {unit[1]} before the session, by "
        f"{notice.due:%d/%m/%Y}; calling today leaves {notice.given}.",
    )
    return [Finding("short_notice", text, "details", article=notice.article)]


_NO_DATE = Text("Chưa có ngày và giờ họp.", "The date and time are missing.")
_PAST = Text("Ngày họp đã qua. Hãy kiểm tra lại.", "The date has passed. Check it.")
_NO_PLACE = Text("Chưa có địa điểm.", "The place is missing.")
_EMPTY = Text("Chương trình còn trống. Hãy thêm nội dung đầu tiên.", "The agenda is empty. Add the first item.")
_NO_MEMBERS = Text(
    "Tập thể họp chưa có thành viên. Quản trị viên thêm thành viên ở mục Tập thể họp.",
    "The body has no members yet. An administrator adds them under Bodies.",
)
_NO_CHAIR = Text(
    "Chưa có Chủ tịch trong danh sách thành viên nên không ai chủ trì được.",
    "The members have no chair, so nobody could preside.",
)
_NO_SECRETARY = Text("Chưa có thư ký. Hãy mời ít nhất một thư ký.", "There is no secretary. Invite at least one.")
_MEMBERS_DIFFER = Text(
    "Danh sách thành viên của tập thể đã thay đổi. Khi triệu tập, danh sách dự họp sẽ theo danh sách mới.",
    "The members of the body have changed. When the meeting is called, the new list counts.",
)
