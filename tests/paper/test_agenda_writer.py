"""The canonical form: the same meeting is always the same bytes, and reads back as the same meeting."""

import unicodedata
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ecabinet.paper.agenda_file import read_agenda, sample_folders
from ecabinet.paper.agenda_keys import made_key
from ecabinet.paper.agenda_parts import (
    AgendaBody,
    AgendaFile,
    AgendaMeeting,
    AgendaPerson,
    ItemEntry,
    PaperEntry,
)
from ecabinet.paper.agenda_writer import write_agenda
from ecabinet.rules.rule_set import RuleSet, TieRule
from ecabinet.rules.text import Text
from tests.paper.agendas import AGENDAS, SMALLEST, copy_of, read, write

BY_HAND = """# Written by a secretary, in an order of her own.
items:
  - Khai mạc
  - {title: "Đề án: du lịch", minutes: 30, agency: so-du-lich, kind: decision, facts: {b: 1, a: [x, {z: null}]}}
people:
  - {role: invitee, username: mttq, office: Mặt trận, items: [2]}
  - {username: chutich, office: {en: Chair, vi: Chủ tịch}, role: chair}
agencies: {so-du-lich: Sở Du lịch}
meeting: {title: Phiên họp, time: 8h00, date: 24/12/2020, key: k}
body: {name: UBND, code: ubnd, rules: {tie: fails}}
"""

CANONICAL = """format: 1
body:
  code: ubnd
  name: UBND
  rules:
    tie: fails
meeting:
  key: k
  kind: ordinary
  title: Phiên họp
  date: "2020-12-24"
  time: "08:00"
agencies:
  so-du-lich: Sở Du lịch
people:
  - username: mttq
    office: Mặt trận
    role: invitee
    items:
      - de-an-du-lich
  - username: chutich
    office:
      vi: Chủ tịch
      en: Chair
    role: chair
items:
  - kind: discussion
    title: Khai mạc
  - kind: decision
    title: "Đề án: du lịch"
    agency: so-du-lich
    minutes: 30
    facts:
      b: 1
      a:
        - x
        - z: null
"""


def test_a_file_by_hand_has_one_canonical_form(tmp_path: Path) -> None:
    agenda = read(tmp_path, BY_HAND)
    assert write_agenda(agenda) == CANONICAL
    assert read(tmp_path, CANONICAL) == agenda


@pytest.mark.parametrize("sample", sample_folders(AGENDAS), ids=lambda sample: sample.name)
def test_every_sample_stands_in_its_canonical_form(sample: Path, tmp_path: Path) -> None:
    agenda = read_agenda(copy_of(sample, tmp_path))
    assert write_agenda(agenda) == (sample / "agenda.yaml").read_text()
    assert agenda.meeting.key == sample.name


def test_a_key_is_written_only_where_the_reader_would_make_another(tmp_path: Path) -> None:
    agenda = read(tmp_path, SMALLEST + "items: [Một, Một, {title: Hai, key: mot-3}, {title: Ba, key: ba}]\n")
    text = write_agenda(agenda)
    assert [line.strip() for line in text.split("\n") if " key: m" in line] == ["- key: mot-2", "- key: mot-3"]
    assert read(tmp_path, text) == agenda


LINES = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=30).map(
    lambda text: " ".join(text.split())
)
NAMES = LINES.filter(bool)
TEXTS = st.builds(Text, NAMES, st.just("") | NAMES) | st.builds(Text, st.just(""), NAMES)
KEYS = st.from_regex(r"[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,3}){0,2}", fullmatch=True)
PAPERS = st.builds(
    PaperEntry,
    key=KEYS,
    title=TEXTS,
    number=LINES,
    kind=st.sampled_from(["other", "submission", "report"]),
    issued_on=st.none() | st.dates(min_value=date(1945, 9, 2)),
    language=st.sampled_from(["vi", "en"]),
    note=LINES,
)
FACTS = st.dictionaries(
    NAMES, st.none() | st.booleans() | st.integers(0, 10**9) | LINES | st.lists(LINES, max_size=2), max_size=3
)
ITEMS = st.recursive(
    st.builds(ItemEntry, key=KEYS, title=TEXTS, minutes=st.none() | st.integers(1, 600), facts=FACTS),
    lambda inner: st.builds(
        ItemEntry,
        key=KEYS,
        title=TEXTS,
        presenter=st.just(Text()) | TEXTS,
        papers=st.lists(PAPERS, max_size=2, unique_by=lambda paper: paper.key).map(tuple),
        items=st.lists(inner, max_size=3).map(tuple),
    ),
    max_leaves=6,
)
AGENDA_FILES = st.builds(
    AgendaFile,
    body=st.builds(
        AgendaBody,
        code=KEYS,
        name=TEXTS,
        language=st.sampled_from(["vi", "en"]),
        rules=st.none() | st.just(RuleSet(quorum=None, tie=TieRule.FAILS, articles={}).to_json()),
    ),
    meeting=st.builds(
        AgendaMeeting,
        key=KEYS,
        title=TEXTS,
        day=st.just(date(2020, 12, 24)),
        clock=st.none() | st.just(time(8, 5)),
        language=st.sampled_from(["vi", "en"]),
        facts=FACTS,
    ),
    people=st.lists(
        st.builds(AgendaPerson, username=KEYS, office=TEXTS), max_size=3, unique_by=lambda p: p.username
    ).map(tuple),
    items=st.lists(ITEMS, max_size=3).map(tuple),
)


def is_readable(agenda: AgendaFile) -> bool:
    """Keys are unique, no more than three levels, and a number of a paper is not taken twice."""
    found = [item.key for item in agenda.every_item()]
    numbers = [paper.number for paper in agenda.every_paper() if paper.number]
    shallow = not any(c.items for a in agenda.items for b in a.items for c in b.items)
    return shallow and len(set(found)) == len(found) and len(set(numbers)) == len(numbers)


@settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=40)
@given(agenda=AGENDA_FILES.filter(is_readable))
def test_whatever_is_written_reads_back_as_the_same(agenda: AgendaFile, tmp_path: Path) -> None:
    text = write_agenda(agenda)
    if unicodedata.normalize("NFC", text) != text:
        return  # The reader composes letters, so such a text is no value it could have given.
    again = read_agenda(write(tmp_path, text))
    assert again == agenda
    assert write_agenda(again) == text


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Đề án phát triển du lịch", "de-an-phat-trien-du-lich"),
        ("  7a. Covid-19 Update ", "n-7a-covid-19-update"),
        ("???", "n"),
        ("một " * 40, "mot-mot-mot-mot-mot-mot-mot-mot-mot-mot-mot-mot"),
        ("x" * 90, "x" * 48),
    ],
)
def test_a_made_key_is_short_and_plain(title: str, key: str) -> None:
    assert made_key(Text(vi=title)) == key
