"""The words of the pages: none without Vietnamese, and dates and numbers as each language writes them."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from starlette.requests import HTTPConnection

from ecabinet.resources import LOCALE, TEMPLATES
from ecabinet.store.tables import Person
from ecabinet.web import language as words

PYTHON = LOCALE.parent / "web"
JINJA = {"extensions": "jinja2.ext.i18n,jinja2.ext.do", "newstyle_gettext": "true", "silent": "false"}
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}

Message = tuple[str | None, str]


def said() -> Iterator[tuple[str, Message]]:
    """Where it is said, and (context, English) of everything that templates and pages say."""
    for folder, method in ((TEMPLATES, ("**.html", "jinja2")), (PYTHON, ("**.py", "python"))):
        for name, line, message, _, context in extract_from_dir(
            folder, [method], {"**.html": JINJA}, keywords=KEYWORDS  # type: ignore[arg-type]
        ):  # fmt: skip
            yield f"{folder.name}/{name}:{line}", (context, message if isinstance(message, str) else message[0])


def translated() -> Iterator[tuple[str, Message, Any]]:
    """File, (context, English), Vietnamese (a list where there is a plural) of every entry."""
    for path in sorted((LOCALE / "vi").glob("*.po")):
        with path.open("rb") as file:
            for entry in read_po(file, locale="vi", abort_invalid=True):
                if entry.id:
                    english = entry.id if isinstance(entry.id, str) else entry.id[0]
                    yield path.name, (entry.context, english), entry.string


SAID = dict((message, place) for place, message in said())
TRANSLATED = list(translated())


def test_everything_said_has_its_vietnamese() -> None:
    known = {message for _, message, vietnamese in TRANSLATED if vietnamese and all(vietnamese)}
    missing = [f"{place}: {message[1]}" for message, place in SAID.items() if message not in known]
    assert not missing, "no Vietnamese in ecabinet/locale/vi for\n" + "\n".join(missing)


def test_nothing_is_translated_that_nobody_says() -> None:
    assert [(name, message) for name, message, _ in TRANSLATED if message not in SAID] == []


def test_one_english_has_one_vietnamese() -> None:
    found = defaultdict(set)
    for name, message, vietnamese in TRANSLATED:
        found[message].add((name, str(vietnamese)))
    assert {message: places for message, places in found.items() if len({text for _, text in places}) > 1} == {}


def test_a_translation_keeps_the_placeholders() -> None:
    def placeholders(text: str) -> set[str]:
        return set(re.findall(r"%\((\w+)\)s", text))

    wrong = []
    for name, (_, english), vietnamese in TRANSLATED:
        text = vietnamese if isinstance(vietnamese, str) else vietnamese[0]
        if placeholders(english) != placeholders(text):
            wrong.append((name, english, text))
    assert wrong == []


def test_vietnamese_has_one_form_for_every_number() -> None:
    message, form = next((english, text[0]) for _, (_, english), text in TRANSLATED if not isinstance(text, str))
    vietnamese = words.catalogue("vi")
    assert [vietnamese.ngettext(message, "", number) for number in (0, 1, 25)] == [form] * 3
    assert [words.catalogue("en").ngettext("one", "many", number) for number in (0, 1, 2)] == ["many", "one", "many"]


MORNING = datetime(2026, 11, 24, 2, 5, tzinfo=UTC)
BEFORE_MIDNIGHT_UTC = datetime(2026, 11, 24, 17, 30, tzinfo=UTC)


def test_a_time_is_that_of_viet_nam() -> None:
    assert (words.day(MORNING), words.clock(MORNING)) == ("24/11/2026", "09:05")
    assert (words.day(BEFORE_MIDNIGHT_UTC), words.clock(BEFORE_MIDNIGHT_UTC)) == ("25/11/2026", "00:30")
    assert (words.day(date(2026, 3, 1)), words.day(None), words.clock(None)) == ("01/03/2026", "", "")


@pytest.mark.parametrize(
    ("language", "written"),
    [("vi", "Thứ Tư, ngày 25 tháng 11 năm 2026"), ("en", "Wednesday 25 November 2026")],
)
def test_a_day_in_words(language: str, written: str) -> None:
    assert words.long_day(BEFORE_MIDNIGHT_UTC, language) == written
    assert words.long_day(date(2026, 11, 25), language) == written


@pytest.mark.parametrize(
    ("language", "thousand", "part"),
    [("vi", "1.242", "0,5"), ("en", "1,242", "0.5")],
)
def test_a_number(language: str, thousand: str, part: str) -> None:
    assert (words.number(1242, language), words.number(0.5, language)) == (thousand, part)


def test_a_bilingual_thing_speaks_the_other_language_when_it_must() -> None:
    person = Person(username="gd", office_vi="Giám đốc Sở Du lịch", office_en="")
    assert words.say(person, "en", "office") == "Giám đốc Sở Du lịch"
    person.office_en = "Director of Tourism"
    assert (words.say(person, "vi", "office"), words.say(person, "en", "office")) == (
        "Giám đốc Sở Du lịch",
        "Director of Tourism",
    )


@pytest.mark.parametrize(
    ("cookie", "own", "expected"),
    [("", None, "vi"), ("language=en", None, "en"), ("language=fr", None, "vi"), ("language=en", "vi", "vi")],
)
def test_a_persons_own_language_goes_before_the_visitors_choice(cookie: str, own: str | None, expected: str) -> None:
    visitor = HTTPConnection({"type": "http", "headers": [(b"cookie", cookie.encode())]})
    person = Person(username="gd", office_vi="", language=own) if own else None
    assert words.preferred_language(visitor, person) == expected
