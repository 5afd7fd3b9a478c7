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
    result = []
    for given, title in listed:
        key = given or _free(made_key(title), taken)
        taken.add(key)
        result.append(key)
    return result


def _free(key: str, taken: set[str]) -> str:
    candidate, count = key, 1
    while candidate in taken:
        count += 1
        candidate = f"{key}-{count}"
    return candidate
