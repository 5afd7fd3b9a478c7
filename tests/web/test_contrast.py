"""The colours of the tokens: readable by everybody, AAA where one votes, and one dark mode in both its places."""

import re

import pytest

from ecabinet.resources import TEMPLATES

SOURCE = (TEMPLATES.parent / "static" / "css" / "tokens.css").read_text()
GROUNDS = ("page", "surface", "sunken")
TONES = ("good", "warn", "bad", "primary")
VOTES = ("for", "against", "abstain")


def colours(selector: str) -> dict[str, str]:
    block = re.search(re.escape(selector) + r" \{(.*?)\n *\}", SOURCE, re.DOTALL)
    assert block, selector
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block[1]))


LIGHT = colours(":root")
DARK = colours(':root[data-theme="dark"]')

READABLE = [
    *((ink, ground, 4.5) for ink in ("ink", "ink-soft", "primary", *TONES) for ground in GROUNDS),
    *((tone, f"{tone}-wash", 4.5) for tone in TONES),
    *(("ink", f"{wash}-wash", 4.5) for wash in (*TONES, *VOTES, "accent")),
    ("ink-soft", "abstain-wash", 4.5),
    ("on-primary", "primary", 4.5),
    ("on-primary", "primary-strong", 4.5),
    # Gold is for large type and marks only.
    *(("accent", ground, 3) for ground in GROUNDS),
    # Edges of fields, and what has the focus.
    *((edge, ground, 3) for edge in ("line-strong", "focus-color") for ground in ("page", "surface")),
    *(("on-vote", f"{vote}-strong", 7) for vote in VOTES),
]


@pytest.mark.parametrize(("name", "mode"), [("light", LIGHT), ("dark", DARK)])
@pytest.mark.parametrize(("ink", "ground", "least"), READABLE)
def test_words_stand_out_from_their_ground(
    name: str, mode: dict[str, str], ink: str, ground: str, least: float
) -> None:
    assert contrast(mode[ink], mode[ground]) >= least


def test_the_device_and_the_person_get_the_same_dark() -> None:
    assert colours(':root:not([data-theme="light"])') == DARK


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def contrast(one: str, other: str) -> float:
    """From 1 to 21, as WCAG 2.2 defines it."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    red, green, blue = (linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
