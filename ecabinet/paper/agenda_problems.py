"""What is wrong in an agenda folder: file, line, the fault and its remedy, all of them at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice

from ecabinet.rules.text import Text

AGENDA_NAME = "agenda.yaml"
# Nobody mends more at one go, and a hostile file could make one for each of its bytes.
MAX_PROBLEMS = 100


@dataclass(frozen=True, slots=True)
class Problem:
    """`line` counts from 1, None where the fault is of the whole file; the remedy may be part of the text."""

    file: str
    line: int | None
    text: Text
    remedy: Text

    def say(self, language: str) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        remedy = self.remedy.say(language)
        return f"{where}: {self.text.say(language)}" + (f" → {remedy}" if remedy else "")


class AgendaFileInvalid(Exception):
    """The folder cannot be read as an agenda; `problems` holds every fault (the first hundred), by line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        ordered = sorted(set(problems), key=lambda problem: (problem.line or 0, problem.file, problem.text.en))
        self.problems: Sequence[Problem] = ordered[:MAX_PROBLEMS]
        super().__init__("\n".join(problem.say("en") for problem in self.problems))


def near(word: str, known: Iterable[str]) -> str:
    """The known word that was probably meant, or ''. Of many known words only the first are compared: each costs time."""
    matches = get_close_matches(word[:80], list(islice(known, 200)), n=1, cutoff=0.6)
    return matches[0] if matches else ""


def fault(line: int | None, text: tuple[str, str], remedy: tuple[str, str]) -> Problem:
    """A problem of agenda.yaml from (Vietnamese, English) pairs."""
    return Problem(AGENDA_NAME, line, Text(*text), Text(*remedy))
