"""The papers of a draft agenda: attached, described, ordered, replaced, removed and brought back."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from hashlib import sha256

from sqlmodel.ext.asyncio.session import AsyncSession

from ecabinet.office.agenda_tree import get_item
from ecabinet.office.changes import set_fields
from ecabinet.office.drafts import NAME_LIMIT, TITLE_LIMIT, take_draft, too_long
from ecabinet.office.problems import Invalid, Problem, Stale
from ecabinet.rules.text import Text
from ecabinet.store.agenda import find_items, find_paper, find_papers
from ecabinet.store.audit import add_audit
from ecabinet.store.people import Missing
from ecabinet.store.tables import Paper

KINDS = (
    "submission", "draft_resolution", "draft_decision", "draft_plan", "appraisal", "verification", "explanation",
    "report", "summary", "scheme", "plan", "programme", "resolution", "decision", "minutes", "notice", "letter",
    "opinions", "annex", "other",
)  # fmt: skip
# '45_TTr-SDL Đề án du lịch': a number, a symbol, and what follows is the title.
_NUMBERED = re.compile(r"(\d{1,5})[-_ .]((?:[A-ZĐ][^\W_]{0,9}-)+[A-ZĐ][^\W_]{0,9})(?:[-_ .]+(.*))?")


@dataclass(frozen=True, slots=True)
class PaperFields:
    """What the secretariat says about a paper."""

    title_vi: str = ""
    title_en: str = ""
    number: str = ""
    kind: str = "other"
    issuer: str = ""
    issued_on: date | None = None
    language: str = "vi"
    note: str = ""


def fields_of(paper: Paper) -> PaperFields:
    return PaperFields(**{name: getattr(paper, name) for name in PaperFields.__dataclass_fields__})


def fingerprint(paper: Paper) -> str:
    """Stands for a version: changes whenever somebody changes what the form shows, file or removal included."""
    seen = f"{fields_of(paper)}{paper.file_id}{paper.deleted_at}"
    return sha256(seen.encode()).hexdigest()[:16]


def fields_from_name(file_name: str, language: str) -> PaperFields:
    """What the name of a file tells: '45_TTr-SDL Đề án du lịch.pdf' is paper 45/TTr-SDL, 'Đề án du lịch'."""
    stem = re.sub(r"\.pdf$", "", file_name, flags=re.IGNORECASE).strip()
    numbered = _NUMBERED.fullmatch(stem)
    number = f"{numbered[1]}/{numbered[2]}" if numbered else ""
    rest = (numbered[3] or "") if numbered else stem
    title = (" ".join(rest.replace("_", " ").split()) or number)[:TITLE_LIMIT]
    fields = PaperFields(number=number, kind=_kind_from(number), language=language)
    return replace(fields, title_en=title) if language == "en" else replace(fields, title_vi=title)


_KIND_OF_CODE = {
    "ttr": "submission", "bc": "report", "kh": "plan", "nq": "resolution", "qđ": "decision", "tb": "notice",
    "bb": "minutes", "đa": "scheme", "ctr": "programme", "cv": "letter",
}  # fmt: skip


def _kind_from(number: str) -> str:
    """45/TTr-SDL is a submission: the codes of Decree 30/2020."""
    code = number.partition("/")[2].partition("-")[0].casefold()
    return _KIND_OF_CODE.get(code, "other")


async def attach_paper(
    session: AsyncSession,
    meeting_id: int,
    item_id: int,
    data: PaperFields,
    *,
    file_id: int | None,
    by: int,
    now: datetime,
) -> Paper:
    """Last among the papers of the item; without a file only the paper's existence is known. Raises Missing,
    NoLongerDraft or Invalid."""
    await take_draft(session, meeting_id)
    get_item(await find_items(session, meeting_id), item_id)
    await check_paper(session, meeting_id, data, paper_id=None)
    position = len(await _papers_of(session, meeting_id, item_id))
    paper = Paper(meeting_id=meeting_id, item_id=item_id, position=position, file_id=file_id, **asdict(data))
    session.add(paper)
    await session.flush()
    _note(session, paper, "added", by, now, f"{paper.number} {paper.title_vi or paper.title_en}".strip())
    return paper


async def edit_paper(
    session: AsyncSession,
    meeting_id: int,
    paper_id: int,
    data: PaperFields,
    *,
    seen: str,
    file_id: int | None = None,
    by: int,
    now: datetime,
) -> Paper:
    """`seen` is the fingerprint of the paper when the form was opened; `file_id` replaces the file. Raises Missing,
    NoLongerDraft, Invalid or Stale."""
    paper = await _paper(session, meeting_id, paper_id)
    if fingerprint(paper) != seen:
        raise Stale(paper)
    await check_paper(session, meeting_id, data, paper_id)
    values = asdict(data) | ({"file_id": file_id} if file_id is not None else {})
    changes = set_fields(paper, values)
    if changes:
        _note(session, paper, "changed", by, now, "; ".join(changes))
    return paper


async def move_paper(
    session: AsyncSession, meeting_id: int, paper_id: int, step: str, *, by: int, now: datetime
) -> Paper:
    """One place 'up' or 'down' among the papers of its item. Raises Missing or NoLongerDraft."""
    paper = await _paper(session, meeting_id, paper_id)
    order = await _papers_of(session, meeting_id, paper.item_id)
    at = next(i for i, other in enumerate(order) if other.id == paper_id)
    to = at + {"up": -1, "down": 1}.get(step, 0)
    if to != at and 0 <= to < len(order):
        order.insert(to, order.pop(at))
        _note(session, paper, "moved", by, now, f"position {at} -> {to}")
    _number(order)
    return paper


async def move_paper_to_item(
    session: AsyncSession, meeting_id: int, paper_id: int, item_id: int, *, by: int, now: datetime
) -> Paper:
    """Last among the papers of another item. Raises Missing or NoLongerDraft."""
    paper = await _paper(session, meeting_id, paper_id)
    get_item(await find_items(session, meeting_id), item_id)
    if paper.item_id != item_id:
        _note(session, paper, "moved", by, now, f"item {paper.item_id} -> {item_id}")
        paper.position = len(await _papers_of(session, meeting_id, item_id))
        paper.item_id = item_id
    return paper


async def remove_paper(session: AsyncSession, meeting_id: int, paper_id: int, *, by: int, now: datetime) -> Paper:
    """Put a paper aside; `restore_paper` brings it back. Raises Missing or NoLongerDraft."""
    paper = await _paper(session, meeting_id, paper_id)
    if paper.deleted_at is None:
        paper.deleted_at = now
        _note(session, paper, "deleted", by, now, f"{paper.number} {paper.title_vi or paper.title_en}".strip())
    return paper


async def restore_paper(session: AsyncSession, meeting_id: int, paper_id: int, *, by: int, now: datetime) -> Paper:
    """Raises Missing, NoLongerDraft, or Invalid when another paper has taken its number."""
    paper = await _paper(session, meeting_id, paper_id)
    if paper.deleted_at is None:
        return paper
    problem = await _number_problem(session, meeting_id, paper.number, paper_id)
    if problem:
        raise Invalid(problem)
    order = await _papers_of(session, meeting_id, paper.item_id)
    paper.deleted_at = None
    order.insert(min(paper.position, len(order)), paper)
    _number(order)
    _note(session, paper, "restored", by, now, f"{paper.number} {paper.title_vi or paper.title_en}".strip())
    return paper


async def _paper(session: AsyncSession, meeting_id: int, paper_id: int) -> Paper:
    await take_draft(session, meeting_id)
    paper = await find_paper(session, meeting_id, paper_id)
    if paper is None:
        raise Missing(f"paper {paper_id}")
    return paper


async def _papers_of(session: AsyncSession, meeting_id: int, item_id: int) -> list[Paper]:
    return [paper for paper, _ in await find_papers(session, meeting_id) if paper.item_id == item_id]


def _number(order: Sequence[Paper]) -> None:
    for position, paper in enumerate(order):
        paper.position = position


async def check_paper(session: AsyncSession, meeting_id: int, data: PaperFields, paper_id: int | None = None) -> None:
    """Raises Invalid; `paper_id` is the paper itself, which may keep its number."""
    problems = paper_problems(data)
    number = await _number_problem(session, meeting_id, data.number, paper_id)
    if number:
        problems.append(number)
    if problems:
        raise Invalid(*problems)


def paper_problems(data: PaperFields) -> list[Problem]:
    """What can be seen without the database."""
    problems = []
    if not data.title_vi and not data.title_en:
        problems.append(Problem("title_vi", Text("Hãy ghi tên tài liệu.", "Give the paper a title.")))
    if data.kind not in KINDS:
        problems.append(Problem("kind", Text("Hãy chọn loại tài liệu.", "Choose the kind of paper.")))
    limits = {"title_vi": TITLE_LIMIT, "title_en": TITLE_LIMIT, "issuer": NAME_LIMIT, "number": 100, "note": 500}
    return problems + [too_long(name, limit) for name, limit in limits.items() if len(getattr(data, name)) > limit]


async def _number_problem(session: AsyncSession, meeting_id: int, number: str, paper_id: int | None) -> Problem | None:
    """Two papers with one number cannot be told apart when they are quoted."""
    wanted = _plain(number)
    for other, _ in await find_papers(session, meeting_id) if wanted else ():
        if other.id != paper_id and _plain(other.number) == wanted:
            title = Text(other.title_vi, other.title_en)
            return Problem(
                "number",
                Text(
                    f"Số {number} đã có trong cuộc họp này: «{title.say('vi')}». Hãy kiểm tra lại số.",
                    f"{number} is in this meeting already: “{title.say('en')}”. Check the number.",
                ),
            )
    return None


def _plain(number: str) -> str:
    return "".join(number.split()).casefold()


def _note(session: AsyncSession, paper: Paper, action: str, by: int, now: datetime, detail: str) -> None:
    add_audit(session, at=now, by=by, action=action, subject="paper", subject_id=paper.id, detail=detail)
