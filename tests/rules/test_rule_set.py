"""The rule set of a body as JSON: kept with the body, frozen into the first event of a meeting."""

import json
from typing import Any

import pytest

from ecabinet.rules.rule_set import Base, Comparison, Majority, RuleSet, Share, TieRule
from ecabinet.rules.text import Text

OTHER = RuleSet(
    quorum=None,
    majority=Majority(Base.PRESENT, Comparison.AT_LEAST, Share(2, 3)),
    tie=TieRule.FAILS,
    other_opinion=True,
    ballot_change=False,
    substitutes_vote=True,
    articles={"quorum": Text("Điều 5 Quy chế", "Rule 5")},
)


@pytest.mark.parametrize("rules", [RuleSet(), OTHER], ids=["the law", "another body"])
def test_a_rule_set_comes_back_as_it_was_written(rules: RuleSet) -> None:
    assert RuleSet.from_json(json.loads(json.dumps(rules.to_json()))) == rules


def test_missing_settings_are_those_of_the_law() -> None:
    assert RuleSet.from_json({}) == RuleSet()
    assert (RuleSet().quorum, RuleSet().majority, RuleSet().tie) == (Share(2, 3), Majority(), TieRule.CHAIR_SIDE)


NONE_OF_IT: list[tuple[dict[str, Any], type[Exception]]] = [
    ({"quorum": {"numerator": 4, "denominator": 3}}, ValueError),
    ({"tie": "coin"}, ValueError),
    (
        {"majority": {"base": "present", "comparison": "more_than", "share": {"numerator": 1, "denominator": 1}}},
        ValueError,
    ),
    ({"secrecy": "secret"}, TypeError),
]


@pytest.mark.parametrize(("data", "error"), NONE_OF_IT)
def test_what_is_no_setting_is_refused(data: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        RuleSet.from_json(data)


def test_a_body_without_a_source_names_none() -> None:
    assert (OTHER.article("quorum"), OTHER.article("majority")) == (Text("Điều 5 Quy chế", "Rule 5"), None)
    assert RuleSet().article("quorum") == Text(
        "Điều 114 khoản 3 Luật Tổ chức chính quyền địa phương 77/2015/QH13",
        "Law 77/2015/QH13 on local government, art. 114.3",
    )
