"""A text in the two languages of the house."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """Vietnamese and English; where one is missing the other stands in."""

    vi: str = ""
    en: str = ""

    def say(self, language: str) -> str:
        wanted, other = (self.en, self.vi) if language == "en" else (self.vi, self.en)
        return wanted or other
