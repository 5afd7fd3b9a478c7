"""The sentences of the rules: both languages say the same, each is used, and each that is used exists."""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import ecabinet
from ecabinet.rules.refused import refused
from ecabinet.rules.sentences import SENTENCES, joined, sentence
from ecabinet.rules.text import Text

SOURCES = sorted(Path(ecabinet.__file__).parent.rglob("*.py"))


def gaps(words: str) -> set[str]:
    """'{present} of {members}' -> present, members."""
    return {name for _, name, _, _ in Formatter().parse(words) if name is not None}


def constants(node: ast.AST) -> set[str]:
    return {n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def keys(argument: ast.AST) -> set[str]:
    """`"a"` -> a; `"a" if x else "b"` -> a, b; what is worked out elsewhere -> nothing."""
    if isinstance(argument, ast.IfExp):
        return keys(argument.body) | keys(argument.orelse)
    return {argument.value} if isinstance(argument, ast.Constant) else set()


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every call of `refused` and `sentence` in the product."""
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text())):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("refused", "sentence")
            ):
                yield f"{source.name}:{node.lineno}", node


def said() -> set[str]:
    """The words in code that could be a key: all but those of enums and of the sentences themselves."""
    found: set[str] = set()
    for source in SOURCES:
        if source.name != "sentences.py":
            tree = ast.parse(source.read_text())
            enums = [n for n in ast.walk(tree) if isinstance(n, ast.ClassDef) and "StrEnum" in ast.unparse(n)]
            found |= constants(tree) - set().union(*(constants(enum) for enum in enums))
    return found


@pytest.mark.parametrize("key", SENTENCES)
def test_both_languages_say_the_same(key: str) -> None:
    words = SENTENCES[key]
    assert words.vi and words.en
    assert gaps(words.vi) == gaps(words.en)


@pytest.mark.parametrize("key", SENTENCES)
def test_a_sentence_is_complete_with_its_words(key: str) -> None:
    filled = sentence(key, **dict.fromkeys(gaps(SENTENCES[key].vi), "X"))
    assert "{" not in filled.vi + filled.en


def test_every_reason_in_the_code_has_its_sentence_and_its_words() -> None:
    wrong = []
    for where, call in calls():
        given = {keyword.arg for keyword in call.keywords}
        for key in keys(call.args[0]):
            # Where `**facts` are handed over, what is missing shows when the sentence is said.
            if key not in SENTENCES or (None not in given and not gaps(SENTENCES[key].vi) <= given):
                wrong.append((where, key))
    assert wrong == []


def test_no_sentence_is_left_over() -> None:
    assert set(SENTENCES) - said() == set()


def test_a_refusal_says_its_sentence_in_both_languages() -> None:
    refusal = refused("another_poll_open", question=Text("Đề án", "Scheme"))
    assert refusal.text == Text("Đang có cuộc biểu quyết khác mở: Đề án.", "Another vote is open: Scheme.")


def test_a_text_in_one_language_stands_in_for_the_other() -> None:
    assert joined([Text("Một", "One"), Text("Hai"), Text(en="Three")]) == Text("Một; Hai; Three", "One; Hai; Three")
