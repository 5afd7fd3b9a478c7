"""The strict YAML: what it reads, what it refuses, and that hostile files end quickly."""

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecabinet.paper.plain_yaml import emit
from ecabinet.paper.strict_yaml import MAX_BYTES, NOT_TEXT, plain, read_yaml


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1276", 1276),
        ("-3", -3),
        ("010", "010"),
        ("99.36", 99.36),
        ("1.2.3", "1.2.3"),
        ("true", True),
        ("yes", "yes"),
        ("null", None),
        ("", None),
        ("08:00", "08:00"),
        ("2020-12-24", "2020-12-24"),
        ("45/TTr-SDL", "45/TTr-SDL"),
        ('"1276"', "1276"),
        (".inf", ".inf"),
        ("9" * 400, "9" * 400),
        ("Hue\u0302\u0301", "Huế"),
    ],
)
def test_scalars_read_as_yaml_1_2_without_surprises(written: str, value: object) -> None:
    root, problems = read_yaml(f"a: {written}\n".encode())
    assert (root and plain(root), problems) == ({"a": value}, [])


def test_a_byte_order_mark_is_no_fault() -> None:
    root, problems = read_yaml("\ufeffa: 1\n".encode())
    assert (root and plain(root), problems) == ({"a": 1}, [])


@pytest.mark.parametrize(
    ("text", "line", "fault"),
    [
        ("a: b: c", 1, "a colon where none is expected"),
        ("a:\n\t- b", 2, "a tab character begins the line"),
        ("a: 1\nb: 'x", 2, "a quote is opened and never closed"),
        ("a: @x", 1, "a special character begins the value"),
        ("- a\nb: c", 2, "the indentation does not match the lines above"),
        ("a: 1\n---\nb: 2", 2, "a second document begins after ---"),
        ("a: 1\na: 2", 2, "“a” stands already in line 1"),
        ("? [a]\n: b", 1, "the name before the colon must be a word"),
        ("a: !!python/object:os.system x", 1, "the tag tag:yaml.org,2002:python/object:os.system cannot be used"),
        ("a: &x 1", 1, "anchors and aliases (& and *) cannot be used"),
        ('a: "\\0"', 1, "holds a control character that cannot be read (code 0)"),
        ('a: "\\ud800"', 1, "holds a control character that cannot be read (code 55296)"),
        ("a: 1\nb: \x00", 2, "holds a control character that cannot be read (code 0)"),
        (f"{'k' * 201}: 1", 1, "longer than 200 characters"),
    ],
)
def test_a_fault_names_its_line(text: str, line: int, fault: str) -> None:
    _, problems = read_yaml(text.encode())
    assert [(problem.line, problem.text.en) for problem in problems] == [(line, fault)]
    assert all(problem.text.vi and problem.remedy.vi and problem.remedy.en for problem in problems)


def test_duplicates_and_ornaments_are_told_all_at_once() -> None:
    _, problems = read_yaml(b"a: &x 1\nb: *x\na: 2\nc: !t z\n")
    assert [problem.line for problem in problems] == [1, 2, 3, 4]


@pytest.mark.parametrize("data", ["Thừa Thiên Huế".encode("utf-16"), b"a: Hu\xea\xec (cp1258)", b"a: \xff"])
def test_another_encoding_is_named_as_such(data: bytes) -> None:
    root, problems = read_yaml(data)
    assert root is None
    assert [problem.text.en for problem in problems] == ["the file is not UTF-8"]


LAUGHS = "a0: &a0 ha\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 40))
HOSTILE = {
    "billion laughs": LAUGHS,
    "too large": "a: " + "x" * MAX_BYTES,
    "deep flow": "[" * 99_000,
    "deep braces": "{" * 99_000,
    "deep block": "\n".join(" " * level + "a:" for level in range(1000)),
    "dashes": "\n".join(["- " * 40_000] * 10),
    "many entries": "- a\n" * 200_000,
    "many keys": "".join(f"k{number}: v\n" for number in range(80_000)),
    "one key": ":\n" * 400_000,
    "comments": "#\n" * 400_000,
    "blank flow": "a: [" + "\n" * 900_000,
    "one long block": "a: |\n" + " x\n" * 300_000,
    "escape beyond Unicode": 'a: "\\UFFFFFFFF"',
    "unknown directive": "%YAML 9.9\n---\na: 1",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_soon_and_clearly(name: str) -> None:
    begun = time.process_time()
    root, problems = read_yaml(HOSTILE[name].encode())
    assert problems or root is None or plain(root) == {"a": 1}
    # Seconds of CPU on a machine that may be slow and shared; without its bound the deep flow took 325.
    assert time.process_time() - begun < 20


WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=20) | st.sampled_from(
    "- a|a: b|a #b|yes|null|1|01|1.0|2020-01-01||  x |x:|#|&a|*a|!x|%|@|`|'|\"|\\|{}|[a|a, b|? x|> x|é: |a\nb|a\x85b".split(
        "|"
    )
)
NUMBERS = st.integers(-(10**14), 10**14) | st.decimals(-1000, 1000, places=8).map(float)
TREES = st.recursive(
    WORDS | NUMBERS | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=15,
)


@settings(deadline=None)
@given(st.dictionaries(WORDS, TREES, min_size=1, max_size=4))
def test_what_is_written_reads_back_as_the_same(tree: dict[str, object]) -> None:
    tree = readable(tree)
    text = emit(tree)
    root, problems = read_yaml(text.encode())
    assert not problems
    assert root is not None and plain(root) == tree
    assert emit(plain(root)) == text


@settings(deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_no_bytes_raise_anything(data: bytes) -> None:
    root, problems = read_yaml(data)
    assert problems or root is None or plain(root) is None or isinstance(plain(root), str | int | float | list | dict)


def readable(value: object) -> object:
    """As the reader leaves it: composed letters, no control characters."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", NOT_TEXT.sub("", value))
    if isinstance(value, list):
        return [readable(entry) for entry in value]
    if isinstance(value, dict):
        return {readable(key): readable(entry) for key, entry in value.items()}
    return value
