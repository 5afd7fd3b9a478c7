"""The samples: facts with their source, nothing invented, and an illustrative session that fits together."""

import re
from datetime import date
from pathlib import Path

import pytest

from ecabinet.paper.agenda_checks import read_date
from ecabinet.paper.agenda_file import read_agenda, sample_folders
from ecabinet.paper.agenda_parts import AgendaFile, PaperEntry
from ecabinet.paper.markdown_head import split
from ecabinet.paper.strict_yaml import plain, read_yaml
from ecabinet.rules.meeting import ItemKind
from tests.paper.agendas import AGENDAS, copy_of

SAMPLES = sample_folders(AGENDAS)
ILLUSTRATIVE = AGENDAS / "tth-ubnd-2020-12"
NUMBER = re.compile(r"\d+(/\d{4})?/[\wĐ]+(-[\wĐ]+)+")


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> AgendaFile:
    return read_agenda(copy_of(ILLUSTRATIVE, tmp_path_factory.mktemp("agendas")))


def references() -> dict[str, date]:
    root, problems = read_yaml((AGENDAS / "references" / "tth-documents.yaml").read_bytes())
    assert root is not None and not problems
    return {entry["number"]: date.fromisoformat(entry["date"]) for entry in plain(root)["documents"]}


def test_there_are_fourteen_meetings() -> None:
    assert len(SAMPLES) == 14


@pytest.mark.parametrize("sample", [s for s in SAMPLES if s != ILLUSTRATIVE], ids=lambda sample: sample.name)
def test_a_real_meeting_names_its_source_and_holds_no_papers_or_people(sample: Path) -> None:
    agenda = read_agenda(sample)
    assert agenda.meeting.reality == "real"
    assert agenda.meeting.source
    assert agenda.meeting.facts["completeness"]
    assert agenda.people == ()
    assert [paper.file for paper in agenda.every_paper() if paper.file] == []


def test_meetings_known_by_their_header_alone_stay_without_items() -> None:
    header_only = [read_agenda(s) for s in SAMPLES if s != ILLUSTRATIVE]
    assert sum(agenda.items == () for agenda in header_only) == 7


def test_the_illustrative_session_says_so_everywhere(session: AgendaFile) -> None:
    assert session.meeting.reality == "illustrative"
    heads = [split(source.read_text())[0] for source in ILLUSTRATIVE.glob("*.md")]
    assert [head["illustrative"] for head in heads] == [True] * 25


def test_it_has_twenty_five_members_and_every_role(session: AgendaFile) -> None:
    roles = [person.role for person in session.people]
    assert {role: roles.count(role) for role in roles} == {
        "chair": 1,
        "deputy": 4,
        "member": 20,
        "secretariat": 2,
        "substitute": 1,
        "invitee": 5,
        "screen": 1,
    }
    roles_of = {person.username: person.role for person in session.people}
    demo = {"chutich": "chair", "thuky": "secretariat", "gd-dulich": "member", "mttq": "invitee", "manhinh": "screen"}
    assert {username: roles_of[username] for username in demo} == demo


def test_people_are_named_by_office_alone(session: AgendaFile) -> None:
    assert [person.name for person in session.people if person.name] == []


def test_its_agenda_has_twelve_items_of_every_kind(session: AgendaFile) -> None:
    assert len(session.items) == 12
    assert {item.kind for item in session.every_item()} == set(ItemKind)
    assert any(item.items for item in session.items)
    assert all(item.title.vi and item.title.en for item in session.every_item())


def test_its_planned_time_is_that_of_the_printed_agenda(session: AgendaFile) -> None:
    printed = (ILLUSTRATIVE / "01-chuong-trinh-phien-hop.md").read_text()
    minutes = [int(row) for row in re.findall(r"\| (\d+) \|$", printed, re.MULTILINE)]
    assert minutes == [sum(leaf.minutes or 0 for leaf in item.items or (item,)) for item in session.items]


def test_every_markdown_is_a_paper_of_the_agenda(session: AgendaFile) -> None:
    papers = {paper.file: paper for paper in session.every_paper() if paper.file}
    sources = {source.with_suffix(".pdf").name: source for source in ILLUSTRATIVE.glob("*.md")}
    assert set(papers) == set(sources)
    assert [name for name, paper in papers.items() if not agrees(paper, split(sources[name].read_text())[0])] == []


def agrees(paper: PaperEntry, head: dict[str, object]) -> bool:
    """The head of the paper and the agenda say the same number and day; a draft has neither."""
    if head.get("draft"):
        return paper.number == "" and paper.issued_on is None
    # Minutes print no date of their own (Decree 30/2020, annex III).
    day = None if paper.kind == "minutes" else paper.issued_on
    return (paper.number, day) == (head.get("number", ""), head.get("date"))


def test_papers_reach_the_members_three_working_days_before(session: AgendaFile) -> None:
    """Law 77/2015, art. 114.4; the session is on a Thursday, so at the latest on Monday 21 December."""
    days = [paper.issued_on for paper in session.every_paper() if paper.issued_on]
    assert max(days) <= date(2020, 12, 21)


def test_what_is_cited_as_real_is_real(session: AgendaFile) -> None:
    known = references()
    assert all(NUMBER.fullmatch(number) for number in known)
    # Two are known through the documents that name them.
    known |= {"13/2019/QĐ-UBND": date(2019, 3, 13), "967/TTr-STTTT": date(2017, 9, 15)}
    cited = [text for item in session.every_item() for text in item.facts.get("documents_cited", [])]
    assert len(cited) == 10
    for number, day in (text.removesuffix(")").split(" (") for text in cited):
        assert known[number] == read_date(day) <= date(2020, 12, 24)
