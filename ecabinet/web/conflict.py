"""Two people edited one thing: what each of them wrote, side by side, and what is taken of it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ecabinet.web.forms import Form

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """One field; `pick` is what is proposed: the side that changed it, one's own where both did."""

    name: str
    theirs: str
    yours: str
    pick: str
    both: bool


def differences(theirs: Values, yours: Values, opened: Values) -> list[Difference]:
    """`opened` is what the form showed when it was opened; without it both sides count as changed."""
    return [
        _difference(name, theirs[name], yours[name], opened.get(name)) for name in theirs if theirs[name] != yours[name]
    ]


def _difference(name: str, theirs: str, yours: str, before: str | None) -> Difference:
    only_theirs, only_yours = yours == before, theirs == before
    return Difference(name, theirs, yours, "theirs" if only_theirs else "yours", not only_theirs and not only_yours)


def read_values(form: Form, names: Iterable[str], prefix: str = "") -> dict[str, str]:
    """The fields as typed, or as picked on a page that showed both sides."""
    return {name: _value(form, prefix + name) for name in names}


def _value(form: Form, name: str) -> str:
    pick = form.text(f"pick-{name}")
    return form.text(f"{pick}-{name}") if pick in ("theirs", "yours") else form.text(name)


def pack(values: Values) -> str:
    """For the hidden field `opened`."""
    return json.dumps(values, ensure_ascii=False)


def read_opened(form: Form) -> dict[str, str]:
    """It only chooses what is proposed: whatever a browser sends here can do no harm."""
    try:
        data = json.loads(form.secret("opened") or "{}")
    except (ValueError, RecursionError):
        return {}
    return {str(name): str(value) for name, value in data.items()} if isinstance(data, dict) else {}
