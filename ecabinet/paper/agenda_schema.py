"""The structure of agenda.yaml: checked by agenda_schema.json, and every fault told with its line and remedy."""

import json
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from ecabinet.paper.agenda_problems import MAX_PROBLEMS, Problem, fault, near
from ecabinet.paper.strict_yaml import Node

SCHEMA_PATH = Path(__file__).with_suffix(".json")
# Under this name any value is kept as it is, an empty one too.
_FREE = "facts"

_TYPES = {
    "string": ("chữ", "text"),
    "number": ("số", "a number"),
    "integer": ("số nguyên", "a whole number"),
    "boolean": ("true hoặc false", "true or false"),
    "array": ("danh sách (mỗi dòng bắt đầu bằng “- ”)", "a list (each line begins with “- ”)"),
    "object": ("các dòng `tên: giá trị`", "lines of `name: value`"),
}

Words = tuple[str, str]


@cache
def schema() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(SCHEMA_PATH.read_text("utf-8"))
    return content


def structure_problems(root: Node) -> list[Problem]:
    """Every place where the tree does not follow the schema."""
    validator = Draft202012Validator(schema())
    found = (problem for error in validator.iter_errors(_pruned(root)) for problem in _told(root, error))
    return list(islice(found, MAX_PROBLEMS))


def _pruned(node: Node, free: bool = False) -> Any:
    """The tree as plain values, without what was left empty (an empty fact is a fact)."""
    if isinstance(node.value, list):
        return [_pruned(child, free) for child in node.value]
    if not isinstance(node.value, dict):
        return node.value.strip() if isinstance(node.value, str) else node.value
    return {
        key: _pruned(child, free or key == _FREE)
        for key, child in node.value.items()
        if free or child.value is not None
    }


def _told(root: Node, error: ValidationError) -> Iterator[Problem]:
    path = list(error.absolute_path)
    if error.validator == "additionalProperties":
        yield from _unknown_names(root, path, error)
        return
    line = _line_at(root, path)
    if "propertyNames" in error.absolute_schema_path:
        line = _node_at(root, path).line_of(str(error.instance))
        path.append(str(error.instance))
    text, remedy = _SENTENCES[str(error.validator)](error)
    where = " › ".join(str(step + 1) if isinstance(step, int) else step for step in path) or "agenda.yaml"
    yield fault(line, (f"{where}: {text[0]}", f"{where}: {text[1]}"), remedy)


def _unknown_names(root: Node, path: list[Any], error: ValidationError) -> Iterator[Problem]:
    known = list(error.schema["properties"])
    node = _node_at(root, path)
    for name in error.instance:
        if name in known:
            continue
        meant = near(name.lower(), known)
        yield fault(
            node.line_of(name),
            (f"không có mục nào tên “{name}” ở đây", f"nothing is called “{name}” here"),
            (f"Có phải “{meant}”?", f"Did you mean “{meant}”?")
            if meant
            else (f"Dùng được: {', '.join(known)}.", f"Possible here: {', '.join(known)}."),
        )


def _node_at(root: Node, path: list[Any]) -> Node:
    node = root
    for step in path:
        node = node.value[step]
    return node


def _line_at(root: Node, path: list[Any]) -> int:
    if not path:
        return root.line
    parent = _node_at(root, path[:-1])
    return parent.line_of(path[-1]) if isinstance(path[-1], str) else _node_at(root, path).line


def _missing(error: ValidationError) -> tuple[Words, Words]:
    name = next(name for name in error.validator_value if name not in error.instance and f"'{name}'" in error.message)
    return (f"thiếu “{name}”", f"“{name}” is missing"), (f"Thêm dòng `{name}: ...`.", f"Add a line `{name}: ...`.")


def _wrong_type(error: ValidationError) -> tuple[Words, Words]:
    allowed = [error.validator_value] if isinstance(error.validator_value, str) else error.validator_value
    # Where text is allowed a number is only text that looks like one.
    names = [_TYPES[name] for name in allowed if name != "number" or "string" not in allowed]
    if error.instance is None:
        found = ("trống", "empty")
    elif isinstance(error.instance, bool):
        found = ("true/false", "true/false")
    else:
        kinds = {str: "string", int: "integer", float: "number", list: "array", dict: "object"}
        found = _TYPES[kinds[type(error.instance)]]
    wanted = (" hoặc ".join(name[0] for name in names), " or ".join(name[1] for name in names))
    quote = isinstance(error.instance, bool | int | float) and "string" in allowed
    return (
        (f"giá trị là {found[0]}, cần {wanted[0]}", f"the value is {found[1]}, wanted is {wanted[1]}"),
        ("Đặt giá trị trong dấu ngoặc kép.", "Put the value in double quotes.")
        if quote
        else (f"Viết lại thành {wanted[0]}.", f"Write it as {wanted[1]}."),
    )


def _not_listed(error: ValidationError) -> tuple[Words, Words]:
    allowed = [str(value) for value in error.validator_value]
    meant = near(str(error.instance).lower(), allowed)
    choice = ", ".join(allowed)
    return (
        (f"“{_short(error)}” không dùng được", f"“{_short(error)}” is not possible"),
        (f"Có phải “{meant}”? Dùng được: {choice}.", f"Did you mean “{meant}”? Possible: {choice}.")
        if meant
        else (f"Dùng được: {choice}.", f"Possible: {choice}."),
    )


def _wrong_form(error: ValidationError) -> tuple[Words, Words]:
    remedy = error.schema["x-remedy"]
    return (
        (f"“{_short(error)}” chưa đúng dạng", f"“{_short(error)}” has not the right form"),
        (remedy["vi"], remedy["en"]),
    )


def _too_little(error: ValidationError) -> tuple[Words, Words]:
    return ("trống", "is empty"), ("Điền giá trị, hoặc bỏ dòng này.", "Fill it in, or leave the line out.")


def _too_much(error: ValidationError) -> tuple[Words, Words]:
    limit = error.validator_value
    return (
        (f"dài quá giới hạn {limit}", f"is longer than the limit of {limit}"),
        (
            f"Rút gọn còn nhiều nhất {limit}; nội dung dài để trong tài liệu PDF.",
            f"Cut it to {limit} at most; long content goes into a PDF.",
        ),
    )


def _out_of_range(error: ValidationError) -> tuple[Words, Words]:
    low, high = error.schema["minimum"], error.schema["maximum"]
    return (
        (f"{error.instance} nằm ngoài khoảng {low} đến {high}", f"{error.instance} is not between {low} and {high}"),
        (f"Viết một số từ {low} đến {high}.", f"Write a number from {low} to {high}."),
    )


def _short(error: ValidationError) -> str:
    said = str(error.instance)
    return said if len(said) <= 60 else said[:57] + "..."


_SENTENCES: dict[str, Callable[[ValidationError], tuple[Words, Words]]] = {
    "required": _missing,
    "type": _wrong_type,
    "enum": _not_listed,
    "pattern": _wrong_form,
    "minLength": _too_little,
    "minProperties": _too_little,
    "maxLength": _too_much,
    "maxItems": _too_much,
    "maxProperties": _too_much,
    "minimum": _out_of_range,
    "maximum": _out_of_range,
}
