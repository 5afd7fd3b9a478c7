"""The two languages of the pages: which one a person reads, its translations, dates and numbers."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from babel.dates import format_date
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import NullTranslations
from starlette.requests import HTTPConnection

from ecabinet.office.local_time import ZONE
from ecabinet.resources import LOCALE
from ecabinet.store.tables import Person

LANGUAGES = ("vi", "en")
_LOCALES = {"vi": "vi_VN", "en": "en_GB"}


class Catalogue(NullTranslations):
    """Vietnamese for the English of the templates; what has none stays English (a test allows none)."""

    def __init__(self, words: dict[str, str | Sequence[str]]) -> None:
        super().__init__()
        self.words = words

    def gettext(self, message: str) -> str:
        found = self.words.get(message, message)
        return found if isinstance(found, str) else found[0]

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Vietnamese has one form for every number."""
        found = self.words.get(msgid1)
        if found is None:
            return msgid1 if n == 1 else msgid2
        return found if isinstance(found, str) else found[0]

    def pgettext(self, context: str, message: str) -> str:
        found = self.words.get(f"{context}\x04{message}", message)
        return found if isinstance(found, str) else found[0]

    # Jinja asks for these older names first, which Babel's class answers past the ones above.
    ugettext, ungettext, upgettext = gettext, ngettext, pgettext


@cache
def catalogue(language: str) -> Catalogue:
    """The merged catalogue of a language; English is what the templates say already."""
    return Catalogue({} if language == "en" else _read_folder(LOCALE / language))


def _read_folder(folder: Path) -> dict[str, str | Sequence[str]]:
    words: dict[str, str | Sequence[str]] = {}
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=folder.name):
                if message.id and message.string:
                    key = message.id if isinstance(message.id, str) else message.id[0]
                    words[f"{message.context}\x04{key}" if message.context else key] = message.string
    return words


def preferred_language(connection: HTTPConnection, person: Person | None) -> str:
    """The person's own, else what the visitor chose on the sign-in page; Vietnamese first."""
    if person is not None and person.language in LANGUAGES:
        return person.language
    chosen = connection.cookies.get("language", "")
    return chosen if chosen in LANGUAGES else "vi"


def day(moment: date | datetime | None) -> str:
    """24/11/2026, in both languages."""
    return _local(moment).strftime("%d/%m/%Y") if moment else ""


def clock(moment: datetime | None) -> str:
    return _local(moment).strftime("%H:%M") if moment else ""


def long_day(moment: date | datetime | None, language: str) -> str:
    """'Thứ Ba, ngày 24 tháng 11 năm 2026', 'Tuesday 24 November 2026'."""
    if not moment:
        return ""
    pattern = "EEEE, 'ngày' d 'tháng' M 'năm' y" if language == "vi" else "EEEE d MMMM y"
    return format_date(_local(moment), pattern, locale=_LOCALES[language])


def number(value: int | float, language: str) -> str:
    """1.242 in Vietnamese, 1,242 in English."""
    return format_decimal(value, locale=_LOCALES[language])


def say(thing: Any, language: str, name: str = "") -> str:
    """The side of a bilingual thing: a Text, or the columns NAME_vi and NAME_en of a row, the other standing in."""
    if not name:
        return str(thing.say(language)) if hasattr(thing, "say") else str(thing)
    other = "en" if language == "vi" else "vi"
    return getattr(thing, f"{name}_{language}") or getattr(thing, f"{name}_{other}") or ""


def _local(moment: Any) -> Any:
    return moment.astimezone(ZONE) if isinstance(moment, datetime) else moment
