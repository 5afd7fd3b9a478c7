"""The head of a paper written as Markdown: what stands around the text of an official document."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

from ecabinet.paper.document import Block, OfficialDocument, Signature
from ecabinet.paper.refusals import PaperRefused

LINE = "---\n"

TEXTS = ("number", "issuer", "superior", "place", "kind", "summary")
FLAGS = ("illustrative", "draft")
CHOICES = {"language": ("vi", "en"), "layout": ("decree30", "plain")}
KNOWN = (*TEXTS, "date", "to", "signer", "recipients", *FLAGS, *CHOICES)

ILLUSTRATIVE = {
    "vi": "Tài liệu minh họa, không phải văn bản của cơ quan nhà nước",
    "en": "Illustrative paper, not a document of any authority",
}
DRAFT = {"vi": "DỰ THẢO", "en": "DRAFT"}


def split(text: str) -> tuple[dict[str, Any], str]:
    """The head as a mapping, and the Markdown behind it."""
    if not text.startswith(LINE) or (end := text.find("\n" + LINE, len(LINE) - 1)) < 0:
        raise PaperRefused("markdown_head_missing")
    try:
        head = YAML(typ="safe", pure=True).load(text[len(LINE) : end + 1])
    except MarkedYAMLError as problem:
        line = problem.problem_mark.line + 2 if problem.problem_mark else 1
        raise PaperRefused("markdown_head_broken", line=line, detail=problem.problem or "?") from None
    if not isinstance(head, dict) or not head.get("kind") or not head.get("issuer"):
        raise PaperRefused("markdown_head_missing")
    return head, text[end + 1 + len(LINE) :]


def document_of(head: Mapping[str, Any], blocks: tuple[Block, ...]) -> OfficialDocument:
    _refuse_unknown(head)
    texts = {name: _text(head, name) for name in TEXTS}
    language = _choice(head, "language")
    return OfficialDocument(
        language="en" if language == "en" else "vi",
        layout="plain" if _choice(head, "layout") == "plain" else "decree30",
        issuer=texts["issuer"],
        superior=texts["superior"],
        kind_title=texts["kind"],
        number_symbol=texts["number"],
        place=texts["place"],
        summary=texts["summary"],
        dated=_date(head),
        addressed_to=_texts(head, "to"),
        blocks=blocks,
        signatures=_signatures(head),
        recipients=_texts(head, "recipients"),
        footer_note=ILLUSTRATIVE[language] if _flag(head, "illustrative") else "",
        draft_mark=DRAFT[language] if _flag(head, "draft") else "",
    )


def _refuse_unknown(head: Mapping[str, Any]) -> None:
    for name in head:
        if name not in KNOWN:
            raise PaperRefused("markdown_head_unknown", name=name, known=", ".join(KNOWN))


def _text(head: Mapping[str, Any], name: str) -> str:
    value = head.get(name, "")
    if isinstance(value, bool | list | dict):
        raise _wrong(name, value, "một dòng chữ / a line of text")
    return "" if value is None else str(value).strip()


def _texts(head: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = head.get(name) or []
    return tuple(str(one).strip() for one in (value if isinstance(value, list) else [value]))


def _flag(head: Mapping[str, Any], name: str) -> bool:
    value = head.get(name, False)
    if not isinstance(value, bool):
        raise _wrong(name, value, "true / false")
    return value


def _choice(head: Mapping[str, Any], name: str) -> str:
    value = head.get(name, CHOICES[name][0])
    if value not in CHOICES[name]:
        raise _wrong(name, value, " / ".join(CHOICES[name]))
    return str(value)


def _date(head: Mapping[str, Any]) -> date | None:
    value = head.get("date")
    if value is not None and type(value) is not date:
        raise _wrong("date", value, "2026-11-24")
    return value


def _signatures(head: Mapping[str, Any]) -> tuple[Signature, ...]:
    value = head.get("signer") or []
    return tuple(map(_signature, value if isinstance(value, list) else [value]))


def _signature(value: Any) -> Signature:
    if isinstance(value, str):
        return Signature(value)
    fields = {"title", "name", "authority", "note"}
    if not isinstance(value, dict) or not set(value) <= fields or "title" not in value:
        raise _wrong("signer", value, "title, name, authority, note")
    return Signature(**{name: str(text) for name, text in value.items()})


def _wrong(name: str, value: object, wanted: str) -> PaperRefused:
    return PaperRefused("markdown_head_value", name=name, value=str(value)[:100], wanted=wanted)
