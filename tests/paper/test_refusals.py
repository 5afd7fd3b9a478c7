"""Every refusal that the paper floor can give has a sentence in both languages, and no sentence is left over."""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from ecabinet.paper import refusals
from ecabinet.paper.refusals import SENTENCES, PaperRefused

OTHERS = [path for path in Path(refusals.__file__).parent.glob("*.py") if path.name != "refusals.py"]


def strings_below(*nodes: ast.AST) -> Iterator[str]:
    for node in (inner for outer in nodes for inner in ast.walk(outer)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def calls() -> Iterator[ast.Call]:
    for path in OTHERS:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "PaperRefused":
                yield node


def names_in(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_every_sentence_is_used() -> None:
    written = {text for path in OTHERS for text in strings_below(ast.parse(path.read_text(encoding="utf-8")))}
    assert set(SENTENCES) - written == set()


def test_every_reason_has_a_sentence() -> None:
    given = {call.args[0].value for call in calls() if isinstance(call.args[0], ast.Constant)}
    assert len(given) > 20
    assert given - set(SENTENCES) == set()


@pytest.mark.parametrize("reason", SENTENCES)
def test_a_sentence_says_the_same_in_both_languages_and_what_to_do(reason: str) -> None:
    words = SENTENCES[reason]
    assert names_in(words.vi) == names_in(words.en)
    assert words.vi.rstrip(".").count(". ") + words.vi.count(": ") >= 1  # what is wrong, then what to do
    assert words.en.endswith(".") and words.vi.endswith(".")


def test_numbers_are_written_as_the_language_writes_them() -> None:
    text = PaperRefused("pdf_too_many_pages", pages=12_420, limit=2000).text
    assert "12.420 trang" in text.vi and "12,420 pages" in text.en


def test_a_name_that_looks_like_a_placeholder_stays_a_name() -> None:
    assert "{limit}" in PaperRefused("zip_unsafe_name", name="{limit}").text.en
