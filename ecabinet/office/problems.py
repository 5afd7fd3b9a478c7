"""What is wrong with something that was typed or imported, said so that the person can mend it."""

from dataclasses import dataclass

from ecabinet.rules.text import Text


@dataclass(frozen=True, slots=True)
class Problem:
    """`field` names the input; `row` is the line of a table, counted as the spreadsheet shows it."""

    field: str
    text: Text
    row: int | None = None


class Invalid(Exception):
    """Nothing was stored; `problems` tells everything that is wrong at once."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(f"{problem.field}: {problem.text.en}" for problem in problems))
        self.problems = problems


class Stale(Exception):
    """Somebody else changed the row since the form was opened; `current` is the row as it stands now."""

    def __init__(self, current: object) -> None:
        super().__init__("changed by somebody else in the meantime")
        self.current = current
