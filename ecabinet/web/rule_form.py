"""The form of a body's rule set, read back into a `RuleSet`."""

from dataclasses import replace

from ecabinet.office.problems import Invalid, Problem
from ecabinet.rules.rule_set import Base, Comparison, Majority, RuleSet, Share, TieRule
from ecabinet.rules.text import Text
from ecabinet.web.forms import Form

LARGEST_DAYS = 60


def read_rules(form: Form, old: RuleSet) -> RuleSet:
    """The typed settings over the old ones, whose articles stay. Raises Invalid with everything that is wrong."""
    problems: list[Problem] = []
    rules = replace(
        old,
        quorum=_quorum(form, problems),
        majority=_majority(form, problems),
        tie=TieRule.CHAIR_SIDE if form.text("tie") == TieRule.CHAIR_SIDE else TieRule.FAILS,
        other_opinion=form.has("other_opinion"),
        ballot_change=form.has("ballot_change"),
        substitutes_vote=form.has("substitutes_vote"),
        live_tally=form.has("live_tally"),
        secretariat_runs=form.has("secretariat_runs"),
        roman_numbers=form.has("roman_numbers"),
        notice_working_days=_days(form, "notice_working_days", problems),
        special_notice_days=_days(form, "special_notice_days", problems),
    )
    if problems:
        raise Invalid(*problems)
    return rules


def typed_rules(form: Form) -> dict[str, str]:
    """The fields exactly as typed, to be shown again."""
    return {name: value for name, value in form.data.items() if isinstance(value, str)}


def rules_in_words(rules: RuleSet) -> dict[str, object]:
    """One short value per setting, for comparing two rule sets."""
    quorum, majority = rules.quorum, rules.majority
    sign = ">" if majority.comparison is Comparison.MORE_THAN else "≥"
    share = f"{majority.share.numerator}/{majority.share.denominator}"
    return {
        "quorum": f"{quorum.numerator}/{quorum.denominator}" if quorum else "",
        "majority": f"{sign} {share} {majority.base.replace('_', ' ')}",
        "tie": rules.tie.replace("_", " "),
        "other_opinion": rules.other_opinion,
        "ballot_change": rules.ballot_change,
        "substitutes_vote": rules.substitutes_vote,
        "live_tally": rules.live_tally,
        "secretariat_runs": rules.secretariat_runs,
        "roman_numbers": rules.roman_numbers,
        "notice_working_days": rules.notice_working_days,
        "special_notice_days": rules.special_notice_days,
    }


def _quorum(form: Form, problems: list[Problem]) -> Share | None:
    return _share(form, "quorum", problems) if form.text("quorum") == "share" else None


def _majority(form: Form, problems: list[Problem]) -> Majority:
    share = _share(form, "majority", problems)
    try:
        return Majority(Base(form.text("base")), Comparison(form.text("comparison")), share or Share(1, 2))
    except ValueError:
        problems.append(
            Problem(
                "majority",
                Text(
                    "Không ai đạt được nhiều hơn toàn bộ: chọn 'ít nhất' cho 1/1.",
                    "Nobody can reach more than the whole: choose 'at least' for 1/1.",
                ),
            )
        )
        return Majority()


def _share(form: Form, name: str, problems: list[Problem]) -> Share | None:
    try:
        return Share(form.integer(f"{name}_numerator") or 0, form.integer(f"{name}_denominator") or 0)
    except ValueError:
        problems.append(
            Problem(
                name,
                Text("Ghi một phân số từ 1/1000 đến 1/1, ví dụ 2/3.", "Write a fraction of the whole, such as 2/3."),
            )
        )
        return None


def _days(form: Form, name: str, problems: list[Problem]) -> int:
    days = form.integer(name)
    if days is None or days > LARGEST_DAYS:
        problems.append(
            Problem(
                name, Text(f"Ghi số ngày từ 0 đến {LARGEST_DAYS}.", f"Write a number of days from 0 to {LARGEST_DAYS}.")
            )
        )
        return 0
    return days
