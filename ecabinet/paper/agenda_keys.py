"""Keys of items and papers that nobody gave one: made from the title, the same every time."""

import re
import unicodedata
from collections.abc import Iterable

from ecabinet.rules.text import Text

_LENGTH = 48


def fold(text: str) -> str:
    """Small ASCII words with hyphens: 'Đề án du lịch' -> 'de-an-du-lich'."""
    flat = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return re.sub(r"[^a-z0-9]+", "-", "".join(c for c in flat if not unicodedata.combining(c))).strip("-")


def made_key(title: Text) -> str:
    """At most 48 characters, cut between words, beginning with a letter."""
    folded = fold(title.vi or title.en)
    if len(folded) > _LENGTH:
        folded = folded[: _LENGTH + 1].rpartition("-")[0] or folded[:_LENGTH]
    return folded if folded[:1].isalpha() else f"n-{folded}".rstrip("-")


def keys(entries: Iterable[tuple[str, Text]]) -> list[str]:
    """The key of each (given key or '', title); a made key that is taken gets -2, -3 ..."""
    listed = list(entries)
    taken = {given for given, _ in listed if given}
    last: dict[str, int] = {}
    return [given or _free(made_key(title), taken, last) for given, title in listed]


def _free(key: str, taken: set[str], last: dict[str, int]) -> str:
    """`last` remembers the count of each key, so that a thousand items of one title take no million steps."""
    count = last.get(key, 0) + 1
    while (candidate := key if count == 1 else f"{key}-{count}") in taken:
        count += 1
    last[key] = count
    taken.add(candidate)
    return candidate
