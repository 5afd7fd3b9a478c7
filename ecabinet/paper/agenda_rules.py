"""A body's rules as agenda.yaml writes them ('2/3', none) and as the rule set keeps them."""

import json
from typing import Any

from ecabinet.paper.strict_yaml import Node
from ecabinet.rules.rule_set import RuleSet
from ecabinet.rules.text import Text


def words(node: Node | None, language: str) -> Text:
    """A text of one language, or a mapping of both."""
    if node is None:
        return Text()
    if isinstance(node.value, dict):
        return Text(vi=node.text("vi"), en=node.text("en"))
    return Text(en=node.as_line()) if language == "en" else Text(vi=node.as_line())


def rules_from_node(node: Node, language: str) -> dict[str, Any]:
    """`RuleSet.to_json()`; raises ValueError on settings that contradict each other."""
    settings: dict[str, Any] = {}
    for name, child in node.value.items():
        if child.value is None:
            continue
        match name:
            case "quorum":
                settings[name] = None if child.raw == "none" else _share(child.raw)
            case "majority":
                settings[name] = _majority(child)
            case "articles":
                texts = {rule: words(text, language) for rule, text in child.value.items()}
                settings[name] = {rule: {"vi": text.vi, "en": text.en} for rule, text in texts.items()}
            case _:
                settings[name] = child.value
    rules: dict[str, Any] = json.loads(json.dumps(RuleSet.from_json(settings).to_json()))
    return rules


def rules_as_written(rules: dict[str, Any]) -> dict[str, Any]:
    """The inverse, as far as the rules differ from the default."""
    default = RuleSet().to_json()
    changed = {name: value for name, value in rules.items() if value != default.get(name)}
    return {name: _written(name, value, default) for name, value in changed.items()}


def _written(name: str, value: Any, default: dict[str, Any]) -> Any:
    if name == "quorum":
        return "none" if value is None else _fraction(value)
    if name == "majority":
        parts = {part: said for part, said in value.items() if said != default[name][part]}
        return {part: _fraction(said) if part == "share" else str(said) for part, said in parts.items()}
    if name == "articles":
        return {rule: Text(**text) for rule, text in value.items()}
    return str(value) if isinstance(value, str) else value


def _majority(node: Node) -> dict[str, Any]:
    parts: dict[str, Any] = RuleSet().to_json()["majority"]
    for name, child in node.value.items():
        if child.value is not None:
            parts[name] = _share(child.raw) if name == "share" else child.raw
    return parts


def _share(fraction: str) -> dict[str, int]:
    numerator, denominator = fraction.strip().split("/")
    return {"numerator": int(numerator), "denominator": int(denominator)}


def _fraction(share: dict[str, int]) -> str:
    return f"{share['numerator']}/{share['denominator']}"
