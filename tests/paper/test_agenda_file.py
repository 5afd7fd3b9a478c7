"""Reading agenda.yaml: short forms, defaults, and every fault with its line and remedy."""

from datetime import date, time
from pathlib import Path
from time import process_time as time_now

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ecabinet.paper.agenda_file import AgendaFileInvalid, read_agenda
from ecabinet.paper.plain_yaml import emit
from ecabinet.rules.rule_set import Base, Comparison, Majority, RuleSet, Share, TieRule
from ecabinet.rules.text import Text
from tests.paper.agendas import SMALLEST, problems, read, told, write


def test_the_smallest_file_needs_four_lines(tmp_path: Path) -> None:
    agenda = read(tmp_path, SMALLEST)
    assert (agenda.body.code, agenda.body.name) == ("ubnd", Text(vi="UBND tỉnh"))
    assert (agenda.meeting.key, agenda.meeting.title) == ("k", Text(vi="Phiên họp"))
    assert (agenda.meeting.kind, agenda.meeting.language, agenda.meeting.day) == ("ordinary", "vi", None)
    assert (agenda.people, agenda.items, agenda.agencies) == ((), (), {})


def test_a_lone_text_is_in_the_language_of_the_document(tmp_path: Path) -> None:
    agenda = read(
        tmp_path,
        "body: {code: c, name: {vi: Nội các, en: Cabinet}, language: en}\n"
        "meeting: {key: k, title: Meeting}\n"
        "items: [Apologies, {title: {vi: Biên bản}, papers: [{title: Biên bản, language: vi}]}]\n",
    )
    assert agenda.meeting.title == Text(en="Meeting")
    assert [item.title for item in agenda.items] == [Text(en="Apologies"), Text(vi="Biên bản")]
    assert [(paper.title, paper.language) for paper in agenda.every_paper()] == [(Text(vi="Biên bản"), "vi")]


@pytest.mark.parametrize(
    ("lines", "day", "clock", "when"),
    [
        ("date: 24/12/2020, time: 8h00", date(2020, 12, 24), time(8), ""),
        ("date: 2020-12-24, time: '08:30'", date(2020, 12, 24), time(8, 30), ""),
        ("date: 2020-12-24", date(2020, 12, 24), None, ""),
        ("when: sáng 30/3", None, None, "sáng 30/3"),
        ("when: 04-05", None, None, "04-05"),
        ("date: , time: , when:", None, None, ""),
    ],
)
def test_time_is_known_wholly_or_told_in_words(
    tmp_path: Path, lines: str, day: date | None, clock: time | None, when: str
) -> None:
    meeting = read(tmp_path, SMALLEST.replace("key: k", f"key: k, {lines}")).meeting
    assert (meeting.day, meeting.clock, meeting.when) == (day, clock, when)


def test_numbers_stand_as_they_were_written(tmp_path: Path) -> None:
    agenda = read(tmp_path, SMALLEST.replace("key: k", "key: k, number: 07") + "items: [2021, {title: 1.10}]\n")
    assert agenda.meeting.number == "07"
    assert [item.title.vi for item in agenda.items] == ["2021", "1.10"]


def test_facts_are_kept_as_they_are(tmp_path: Path) -> None:
    agenda = read(tmp_path, SMALLEST.replace("key: k", "key: k, facts: {a: null, b: [1, 2.5, true], c: {d: ''}}"))
    assert agenda.meeting.facts == {"a": None, "b": [1, 2.5, True], "c": {"d": ""}}


def test_rules_are_those_of_a_peoples_committee_but_for_what_is_said(tmp_path: Path) -> None:
    rules = "rules: {quorum: 1/4, majority: {base: for_and_against}, tie: fails, articles: {}}"
    agenda = read(tmp_path, SMALLEST.replace("name: UBND tỉnh", f"name: UBND tỉnh, {rules}"))
    assert agenda.body.rules is not None
    assert RuleSet.from_json(agenda.body.rules) == RuleSet(
        quorum=Share(1, 4), majority=Majority(base=Base.FOR_AND_AGAINST), tie=TieRule.FAILS, articles={}
    )


def test_a_body_without_a_quorum_says_none(tmp_path: Path) -> None:
    rules = "rules: {quorum: none, majority: {comparison: at_least, share: 2/3}}"
    body = read(tmp_path, SMALLEST.replace("name: UBND tỉnh", f"name: UBND tỉnh, {rules}")).body
    assert body.rules is not None
    read_rules = RuleSet.from_json(body.rules)
    assert read_rules.quorum is None
    assert read_rules.majority == Majority(comparison=Comparison.AT_LEAST, share=Share(2, 3))


ITEMS = "items: [Khai mạc, {title: Hai, items: [{title: Một, key: hai-mot}, Hai hai]}, Bế mạc]\n"


@pytest.mark.parametrize(
    ("said", "admitted"),
    [
        ("", None),
        (", items: []", ()),
        (", items: [2]", ("hai",)),
        (", items: [2.1, khai-mac]", ("khai-mac", "hai-mot")),
        (", items: [hai, 2.2]", ("hai",)),
        (", items: [3, 2, 1]", None),
    ],
)
def test_an_invitee_is_admitted_by_key_or_number(tmp_path: Path, said: str, admitted: tuple[str, ...] | None) -> None:
    person = f"people: [{{username: mttq, office: Mặt trận, role: invitee{said}}}]\n"
    assert read(tmp_path, SMALLEST + ITEMS + person).people[0].items == admitted


def test_keys_are_made_of_titles_and_never_twice(tmp_path: Path) -> None:
    agenda = read(
        tmp_path, SMALLEST + "items: [Đề án Du lịch, Đề án du lịch, {title: x, key: de-an-du-lich}, '2021', '!']\n"
    )
    assert [item.key for item in agenda.items] == ["de-an-du-lich-2", "de-an-du-lich-3", "de-an-du-lich", "n-2021", "n"]


FAULTS = [
    ("meeting: {key: k, title: T}", (1, "agenda.yaml: “body” is missing")),
    ("body: {code: c, name: N}\nmeeting: {key: k}", (2, "meeting: “title” is missing")),
    (SMALLEST + "itms: []", (3, "nothing is called “itms” here")),
    (SMALLEST + "format: 2", (3, "format: “2” is not possible")),
    (SMALLEST + "items: {a: b}", (3, "items: the value is lines of `name: value`, wanted is a list (each line begins with “- ”)")),
    (SMALLEST + "items:\n  -", (4, "items › 1: the value is empty, wanted is text or lines of `name: value`")),
    (SMALLEST + "items:\n  - title: ''", (4, "items › 1 › title: is empty")),
    (SMALLEST + "items:\n  - title: T\n    kind: decison", (5, "items › 1 › kind: “decison” is not possible")),
    (SMALLEST + "items:\n  - title: T\n    minutes: 9000", (5, "items › 1 › minutes: 9000 is not between 1 and 600")),
    (SMALLEST + "items:\n  - title: T\n    minutes: 9 phút", (5, "items › 1 › minutes: the value is text, wanted is a whole number")),
    (SMALLEST + f"items:\n  - {'x' * 1001}", (4, "items › 1: is longer than the limit of 1000")),
    (SMALLEST + "items:\n  - {title: A, key: a}\n  - {title: B, key: a}", (5, "key “a” is used in line 4 already")),
    (SMALLEST + "items: [{title: 1, items: [{title: 2, items: [{title: 3, items: [4]}]}]}]", (3, "item 1.1.1.1 is on level 4")),
    (SMALLEST + "agencies:\n  Sở Y tế: Sở Y tế", (4, "agencies › Sở Y tế: “Sở Y tế” has not the right form")),
    (SMALLEST + "items:\n  - title: T\n    agency: so-y-te", (5, "agencies names no “so-y-te”")),
    (SMALLEST.replace("key: k", "key: k, date: 31/02/2020"), (2, "there is no day 31/02/2020")),
    (SMALLEST.replace("key: k", "key: k, date: 12/2020"), (2, "meeting › date: “12/2020” has not the right form")),
    (SMALLEST.replace("key: k", "key: k, time: 8h00"), (2, "there is a time and no date")),
    (SMALLEST.replace("key: k", "key: k, date: 24/12/2020, when: sáng"), (2, "when stands beside date or time")),
    (SMALLEST.replace("key: k", "key: Kỳ họp"), (2, "meeting › key: “Kỳ họp” has not the right form")),
    (SMALLEST + "people:\n  - {username: a, office: A}\n  - {username: a, office: B}", (5, "username “a” is used in line 4 already")),
    (SMALLEST + "people:\n  - {username: a, office: A, role: chair}\n  - {username: b, office: B, role: chair}", (5, "there is a chair in line 4 already")),
    (SMALLEST + "people:\n  - {username: a, office: A, role: substitute}", (4, "a substitute does not say for whom")),
    (SMALLEST + "people:\n  - {username: a, office: A, role: substitute, for: b}", (4, "people names no member “b”")),
    (SMALLEST + "people:\n  - {username: a, office: A, for: a}", (4, "“for” is only for role: substitute")),
    (SMALLEST + "people:\n  - {username: a, office: A, role: invitee, items: [7]}", (4, "no item has the key or number “7”")),
    (SMALLEST.replace("name: UBND tỉnh", "name: U, rules: {quorum: 3/2}"), (1, "the rules contradict each other (3/2 is no share of a whole)")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "fault"), FAULTS)
def test_a_fault_names_line_and_remedy_in_both_languages(tmp_path: Path, text: str, fault: tuple[int, str]) -> None:
    found = problems(tmp_path, text)
    assert [(problem.line, problem.text.en) for problem in found] == [fault]
    assert all(problem.text.vi and problem.remedy.vi and problem.remedy.en for problem in found)
    assert found[0].say("vi").startswith(f"agenda.yaml:{fault[0]}: ")


@pytest.mark.parametrize(
    ("wrong", "right"), [("titel", "title"), ("presentor", "presenter"), ("Papers", "papers"), ("minute", "minutes")]
)
def test_an_unknown_name_suggests_the_near_one(tmp_path: Path, wrong: str, right: str) -> None:
    found = problems(tmp_path, SMALLEST + f"items:\n  - title: T\n    {wrong}: x\n")
    assert found[0].remedy == Text(f"Có phải “{right}”?", f"Did you mean “{right}”?")


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    text = """
body: {name: [1], code: A B}
meeting: {title: true, kind: ordnary, key: k}
people:
  - {username: a, office: A, role: chairr}
  - {username: a, office: A, for: x}
items:
  - {titel: Một, minutes: 5000}
  - {title: Hai, papers: [{title: P, file: ../p.pdf}], agency: so-y-te}
"""
    assert [line for line, _ in told(tmp_path, text)] == [2, 2, 3, 3, 5, 6, 6, 8, 8, 8, 9, 9]


def test_a_thousand_faults_are_told_as_a_hundred(tmp_path: Path) -> None:
    assert len(problems(tmp_path, SMALLEST + "".join(f"x{n}: 1\n" for n in range(1000)))) == 100


@pytest.mark.parametrize(
    "name", ["../p.pdf", "/etc/p.pdf", "C:\\p.pdf", "a/p.pdf", "..", ".p.pdf", "p.pdf ", "p\u200e.pdf", "a\\..\\p.pdf"]
)
def test_a_paper_lies_in_the_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "p.pdf").write_bytes(b"%PDF-")
    paper = f"items: [{{title: T, papers: [{{title: P, file: {name!r}}}]}}]"
    found = told(tmp_path / "meeting", SMALLEST + paper.replace("'p.pdf '", '"p.pdf ."'))
    assert [fault.endswith("is no file name within this folder") for _, fault in found] == [True]


def test_a_link_out_of_the_folder_is_no_paper(tmp_path: Path) -> None:
    (tmp_path / "secret.pdf").write_bytes(b"%PDF-")
    folder = write(tmp_path / "meeting", SMALLEST + "items: [{title: T, papers: [{title: P, file: p.pdf}]}]")
    (folder / "p.pdf").symlink_to(tmp_path / "secret.pdf")
    with pytest.raises(AgendaFileInvalid, match="the folder has no file “p.pdf”"):
        read_agenda(folder)


def test_an_agenda_that_links_elsewhere_is_none(tmp_path: Path) -> None:
    outside = write(tmp_path / "outside", SMALLEST)
    folder = tmp_path / "meeting"
    folder.mkdir()
    (folder / "agenda.yaml").symlink_to(outside / "agenda.yaml")
    with pytest.raises(AgendaFileInvalid, match=r"has no file agenda\.yaml"):
        read_agenda(folder)


PAPER = SMALLEST + "items:\n  - title: T\n    papers:\n      - {title: P, file: 01-to-trinh.pdf}\n"


def test_an_absent_paper_suggests_the_near_one(tmp_path: Path) -> None:
    (tmp_path / "01-to-trinh-.pdf").write_bytes(b"%PDF-")
    assert problems(tmp_path, PAPER)[0].remedy.en == "Did you mean “01-to-trinh-.pdf”?"


def test_a_paper_that_the_build_makes_says_so(tmp_path: Path) -> None:
    (tmp_path / "01-to-trinh.md").write_text("---\n")
    assert problems(tmp_path, PAPER)[0].remedy.en == "Make the PDF from 01-to-trinh.md: run `make papers`."


def test_a_name_decomposed_by_macos_is_found(tmp_path: Path) -> None:
    (tmp_path / "To\u031b\u0300 tri\u0300nh.pdf").write_bytes(b"%PDF-")
    agenda = read(tmp_path, SMALLEST + "items: [{title: T, papers: [{title: P, file: Tờ trình.pdf}]}]")
    assert [paper.file for paper in agenda.every_paper()] == ["Tờ trình.pdf"]


def test_one_number_is_one_paper(tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        (tmp_path / name).write_bytes(b"%PDF-")
    paper = "{{title: P, number: 45/TTr-SDL, file: {}, issuer: {}}}"
    twice = (
        SMALLEST
        + "items:\n  - title: T\n    papers:\n"
        + "".join(f"      - {paper.format(name, 'Sở Du lịch')}\n" for name in ("a.pdf", "a.pdf", "b.pdf"))
    )
    assert told(tmp_path, twice) == [(8, "the number “45/TTr-SDL” belongs to another paper in line 6")]
    other_issuer = twice.replace("file: b.pdf, issuer: Sở Du lịch", "file: b.pdf, issuer: Sở Dân tộc")
    assert len(list(read(tmp_path, other_issuer).every_paper())) == 3


def test_an_empty_folder_and_an_empty_file_say_what_to_write(tmp_path: Path) -> None:
    with pytest.raises(AgendaFileInvalid, match=r"has no file agenda\.yaml"):
        read_agenda(tmp_path)
    for text in ("", "- a", "# only a comment"):
        assert told(tmp_path, text) == [(1, "the file holds no meeting")]


KEYS = st.sampled_from(
    "format body meeting people items agencies code name key title username office role for papers file date time rules quorum facts x".split()
)
VALUES = st.recursive(
    st.sampled_from(["", "k", "chair", "substitute", "invitee", "1/0", "2/3", "08:00", "2020-12-24", "24/12/2020", "p.pdf", 0, 7, 1.5, True, None]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=25,
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(tree=st.dictionaries(KEYS, VALUES, max_size=6))
def test_any_tree_is_read_or_refused(tmp_path: Path, tree: dict[str, object]) -> None:
    try:
        agenda = read(tmp_path, emit(tree))
    except AgendaFileInvalid as invalid:
        assert invalid.problems and all(problem.remedy.vi for problem in invalid.problems)
    else:
        assert agenda.body.code and agenda.meeting.key


MANY = {
    "unknown names": "".join(f"itemx{n}: 1\n" for n in range(14_000)),
    "unknown agencies": "agencies:\n"
    + "".join(f"  so-du-lich-{n}: x\n" for n in range(3000))
    + "items:\n"
    + "".join(f"  - {{title: a{n}, agency: so-du-lch-{n}}}\n" for n in range(3500)),
    "items of one title": "items:\n" + "  - x\n" * 29_000,
    "absent papers": "items:\n" + "  - {title: a, papers: [{title: b, file: x.pdf}]}\n" * 2500,
    "unknown items": "people:\n"
    + "".join(f"  - {{username: u{n}, office: a, role: invitee, items: [x{n}]}}\n" for n in range(2000))
    + "".join(f"  - {{username: v{n}, office: a}}\n" for n in range(1000)),
}


@pytest.mark.parametrize("name", MANY)
def test_thousands_of_faults_end_soon(name: str, tmp_path: Path) -> None:
    """Comparing every unknown name with every known one took hours before it was bounded."""
    begun = time_now()
    assert problems(tmp_path, SMALLEST + MANY[name])
    assert time_now() - begun < 20
