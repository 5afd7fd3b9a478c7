"""The minutes as an official document: 'biên bản' by Decree 30/2020, or plain minutes for a body elsewhere."""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from ecabinet.office.local_time import ZONE
from ecabinet.office.minutes import EditedMinutes
from ecabinet.paper import document as d
from ecabinet.rules.meeting import MEMBER_ROLES, Stage
from ecabinet.rules.minutes import Attendee, Minutes, MinutesSection, VoteRecord
from ecabinet.rules.text import Text

Language = Literal["vi", "en"]

_ATTENDANCE = {
    "present": Text("Có mặt", "Present"),
    "left": Text("Có mặt, về trước", "Present, left early"),
    "excused": Text("Vắng có phép", "Absent with leave"),
    "unexcused": Text("Vắng không phép", "Absent without leave"),
    "": Text("Vắng", "Absent"),
}
_W = {
    "kind": Text("BIÊN BẢN", "MINUTES"),
    "begins": Text("Thời gian bắt đầu", "Opened"),
    "place": Text("Địa điểm", "Place"),
    "chair": Text("Chủ tọa", "In the chair"),
    "secretary": Text("Thư ký", "Secretary"),
    "attendance": Text("I. THÀNH PHẦN THAM DỰ", "Attendance"),
    "members": Text("Thành viên", "Members"),
    "others": Text("Đại biểu khác", "Others attending"),
    "present": Text("Số thành viên có mặt", "Members present"),
    "items": Text("II. NỘI DUNG", "Business"),
    "closing": Text("III. KẾT THÚC", "Close"),
    "late": Text(" (nội dung bổ sung)", " (late item)"),
    "vote_hands": Text(
        "Trong đó {count} phiếu kiểm bằng tay, do hai người xác nhận.", "{count} of these were counted by hand and confirmed by two."
    ),
    "void": Text("Cuộc biểu quyết bị hủy: {reason}", "The vote was declared void: {reason}"),
    "repeats": Text("Biểu quyết lại: {question}", "Repeats the vote: {question}"),
    "not_cast": Text("Không có phiếu", "No ballot"),
    "secretary_signs": Text("THƯ KÝ", "Secretary"),
    "chair_signs": Text("CHỦ TỌA", "Chair"),
    "draft": Text("DỰ THẢO", "DRAFT"),
    "illustrative": Text("Dữ liệu minh họa", "Illustrative data"),
    "record": Text("Sổ ghi phiên họp: {count} sự kiện, mã {hash}", "Record of the session: {count} events, hash {hash}"),
    "stands_for": Text("dự thay {office}", "for {office}"),
}  # fmt: skip


# Decree 30/2020, annex III: the list of recipients ends with the file.
_DEFAULT_RECIPIENTS = ("Như thành phần tham dự",)
_FILE = ("Lưu: VT",)


def minutes_document(edited: EditedMinutes, language: Language) -> d.OfficialDocument:
    """One document in `language`; a draft is marked as one until the session is closed."""
    record = edited.minutes
    head = record.meeting.head
    decree = head.language == "vi" and language == "vi"
    recipients = edited.recipients or _DEFAULT_RECIPIENTS if decree else edited.recipients
    return d.OfficialDocument(
        language=language,
        layout="decree30" if decree else "plain",
        superior=head.superior.say(language),
        issuer=_in_full(head.body.say(language)) if decree else head.body.say(language),
        kind_title=_say("kind", language),
        number_symbol=_number(edited, head.symbol) if decree else "",
        summary=head.title.say(language),
        place="" if decree else head.place.say(language),
        dated=None if decree or record.meeting.opened_at is None else _local(record.meeting.opened_at).date(),
        blocks=tuple(_blocks(record, language)),
        signatures=(
            d.Signature(title=_say("secretary_signs", language), name=record.secretary_name),
            d.Signature(title=_say("chair_signs", language), name=record.chair_name),
        ),
        recipients=(*recipients, *_FILE) if decree else recipients,
        footer_note=_record_line(edited, language),
        draft_mark=_mark(record, language),
    )


def _in_full(body: str) -> str:
    """The head of a document spells the body out: 'UBND tỉnh' is 'Ủy ban nhân dân tỉnh' there (Decree 30, annex I)."""
    return body.replace("UBND ", "Ủy ban nhân dân ", 1) if body.startswith("UBND ") else body


def _number(edited: EditedMinutes, symbol: str) -> str:
    if not edited.number:
        return ""
    number = edited.number.zfill(2) if edited.number.isdecimal() else edited.number
    return f"{number}/BB-{symbol}" if symbol else f"{number}/BB"


def _mark(record: Minutes, language: Language) -> str:
    marks = []
    if record.meeting.stage not in (Stage.CLOSED, Stage.CANCELLED):
        marks.append(_say("draft", language))
    if record.meeting.head.reality == "illustrative":
        marks.append(_say("illustrative", language))
    return " · ".join(marks)


def _record_line(edited: EditedMinutes, language: Language) -> str:
    return _say("record", language).format(count=edited.head_seq, hash=edited.head_hash[:16])


def _blocks(record: Minutes, language: Language) -> Iterator[d.Block]:
    meeting = record.meeting
    yield d.Facts(
        tuple(
            row
            for row in (
                (_say("begins", language), moment(meeting.opened_at, language)),
                (_say("place", language), meeting.head.place.say(language)),
                (_say("chair", language), _person(record.chair, record.chair_name, language)),
                (_say("secretary", language), _person(record.secretary, record.secretary_name, language)),
            )
            if row[1]
        )
    )
    yield from _attendance(record, language)
    opening, *items, closing = record.sections
    yield d.Heading(_say("items", language), level=1)
    yield from _paragraphs(opening.text, language)
    for section in items:
        yield from _section(section, language)
    yield d.Heading(_say("closing", language), level=1)
    yield from _paragraphs(closing.text, language)
    if meeting.closed_at is not None and meeting.stage is Stage.CLOSED:
        yield d.Paragraph(_closing_line(meeting.closed_at, language))


def _attendance(record: Minutes, language: Language) -> Iterator[d.Block]:
    yield d.Heading(_say("attendance", language), level=1)
    yield d.Facts(((_say("present", language), _present_words(record, language)),))
    yield d.AttendanceTable(_say("members", language), tuple(_row(person, language) for person in record.members))
    if record.others:
        yield d.AttendanceTable(_say("others", language), tuple(_row(person, language) for person in record.others))


def _present_words(record: Minutes, language: Language) -> str:
    words = Text(
        f"{record.present}/{record.total} (cần ít nhất {record.quorum})",
        f"{record.present} of {record.total} (at least {record.quorum} needed)",
    )
    return words.say(language)


def _row(person: Attendee, language: Language) -> d.AttendanceRow:
    notes = [person.note] if person.note else []
    if person.stands_for is not None:
        notes.append(_say("stands_for", language).format(office=person.stands_for.say(language)))
    attendance = _attendance_word(person).say(language)
    return d.AttendanceRow(person.office.say(language), attendance, person.name, "; ".join(notes))


def _attendance_word(person: Attendee) -> Text:
    """A member of whom nothing is recorded was absent; others need not check in, so nothing is said of them."""
    if not person.status and person.role not in MEMBER_ROLES:
        return Text("Không điểm danh", "Not recorded")
    return _ATTENDANCE[person.status]


def _section(section: MinutesSection, language: Language) -> Iterator[d.Block]:
    late = _say("late", language) if section.late else ""
    yield d.Heading(f"{section.number}. {section.title.say(language)}{late}", level=min(3, 2 + section.depth))
    yield from _paragraphs(section.text, language)
    for vote in section.votes:
        yield from _vote(vote, language)


def _vote(vote: VoteRecord, language: Language) -> Iterator[d.Block]:
    if vote.replaces is not None:
        yield d.Paragraph(_say("repeats", language).format(question=vote.replaces.say(language)))
    if vote.options:
        yield d.VoteTable(
            question=vote.question.say(language),
            rows=_vote_rows(vote, language),
            base=f"{vote.base.say(language)}: {vote.base_size}",
            threshold=str(vote.needed),
            verdict=vote.verdict.say(language),
            explanation=_explanation(vote, language),
        )
    if vote.void_reason:
        yield d.Paragraph(_say("void", language).format(reason=vote.void_reason))


def _vote_rows(vote: VoteRecord, language: Language) -> tuple[d.VoteRow, ...]:
    rows = [
        d.VoteRow(option.words.say(language), option.count, tuple(seat.say(language) for seat in option.seats))
        for option in vote.options
    ]
    if vote.not_cast:
        # Who was counted by hand is not known by name, so neither is who was left over.
        names = () if vote.counted_by_hand else tuple(seat.say(language) for seat in vote.not_cast)
        rows.append(d.VoteRow(_say("not_cast", language), len(vote.not_cast) - vote.counted_by_hand, names))
    return tuple(rows)


def _explanation(vote: VoteRecord, language: Language) -> str:
    parts = [vote.sentence.say(language)]
    if vote.counted_by_hand:
        parts.append(_say("vote_hands", language).format(count=vote.counted_by_hand))
    if vote.article is not None:
        parts.append(f"({vote.article.say(language)})")
    return " ".join(parts)


def _paragraphs(text: Text, language: Language) -> Iterator[d.Block]:
    for paragraph in text.say(language).split("\n\n"):
        if paragraph.strip():
            yield d.Paragraph(paragraph.strip())


def _person(office: Text, name: str, language: Language) -> str:
    return ", ".join(part for part in (name, office.say(language)) if part)


def _closing_line(closed_at: datetime, language: Language) -> str:
    when = moment(closed_at, language)
    return Text(f"Phiên họp kết thúc vào {when}./.", f"The session closed at {when}.").say(language)


def moment(at: datetime | None, language: Language) -> str:
    """'08 giờ 00, ngày 24 tháng 11 năm 2026' (Decree 30: a day below 10 and the months 1 and 2 get a 0)."""
    if at is None:
        return ""
    local = _local(at)
    month = f"{local.month:02d}" if local.month < 3 else str(local.month)
    return Text(
        f"{local:%H} giờ {local:%M}, ngày {local:%d} tháng {month} năm {local.year}",
        f"{local:%H:%M} on {local.day} {local:%B} {local.year}",
    ).say(language)


def _local(at: datetime) -> datetime:
    return at.astimezone(ZONE)


def _say(key: str, language: Language) -> str:
    return _W[key].say(language)
