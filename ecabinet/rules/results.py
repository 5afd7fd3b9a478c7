"""The one function that gives the result of a poll: counts, base, threshold, quorum, verdict, and the sentence that explains it."""

from collections.abc import Mapping
from dataclasses import replace

from ecabinet.rules.meeting import Meeting
from ecabinet.rules.polls import Poll, Result, Side, Verdict
from ecabinet.rules.quorum import quorum_is_met, quorum_needed, total_weight, weight_of
from ecabinet.rules.rule_set import Base, Comparison, Majority, Share, TieRule
from ecabinet.rules.sentences import joined, sentence
from ecabinet.rules.text import Text

BASE_WORDS = {
    Base.ALL_MEMBERS: Text("tổng số thành viên", "all members"),
    Base.PRESENT: Text("số thành viên có mặt", "the members present"),
    Base.BALLOTS_CAST: Text("số phiếu biểu quyết", "the ballots cast"),
    Base.FOR_AND_AGAINST: Text("tổng số tán thành và không tán thành", "the votes for and against"),
}


VERDICT_WORDS = {
    Verdict.PASSED: Text("Thông qua", "Passed"),
    Verdict.REJECTED: Text("Không thông qua", "Not passed"),
    Verdict.CHOSEN: Text("Đã chọn", "Chosen"),
    Verdict.NONE_CHOSEN: Text("Không phương án nào được chọn", "No option chosen"),
    Verdict.INQUORATE: Text("Không có giá trị", "Without effect"),
}


def result_of(meeting: Meeting, poll: Poll) -> Result:
    """The result of `poll` with the ballots (or the confirmed count) and the presence that it holds."""
    counts = _counts(meeting, poll)
    present = weight_of(meeting, _took_part(poll))
    voted = _voters(meeting, poll)
    if poll.count is not None:
        # Somebody counted by hand may have left before closing; the count still stands in the base.
        present = max(present, _voters(meeting, poll))
    base_size = _base_size(poll, counts, meeting, present)
    quorum_met = quorum_is_met(meeting.rules.quorum, present, total_weight(meeting))
    verdict, tied, chosen = _verdict(meeting, poll, counts, base_size, quorum_met)
    draft = Result(
        counts=tuple(counts.items()),
        voted=voted,
        members=total_weight(meeting),
        present=present,
        base_size=base_size,
        needed=poll.majority.needed(base_size),
        majority=poll.majority,
        quorum_needed=quorum_needed(meeting.rules.quorum, total_weight(meeting)),
        quorum_met=quorum_met,
        verdict=verdict,
        tied=tied,
        chosen=chosen,
        sentence=Text(),
        article=meeting.rules.article("majority"),
    )
    return _with_sentence(draft, poll)


def rule_sentence(meeting: Meeting, poll: Poll) -> Text:
    """The rule in one line, before the vote: 'passes with more than 1/2 of all 25 members: 13'."""
    share = _share_words(poll.majority)
    base = BASE_WORDS[poll.majority.base]
    if poll.majority.base is Base.ALL_MEMBERS:
        members = total_weight(meeting)
        return sentence(
            "rule_all_members", share=share, base=base, members=members, needed=poll.majority.needed(members)
        )
    return sentence("rule_of_base", share=share, base=base)


def _counts(meeting: Meeting, poll: Poll) -> dict[str, int]:
    """Ballots, plus the confirmed count of those who voted by hand or on paper instead: a count that replaced the ballots
    would drop what was acknowledged."""
    counts = {option.id: 0 for option in poll.options}
    for seat, ballot in poll.ballots.items():
        for option in ballot.choice:
            counts[option] += meeting.participants[seat].weight
    for option, weight in poll.count.counts.items() if poll.count else ():
        counts[option] += weight
    return counts


def _took_part(poll: Poll) -> tuple[int, ...]:
    """Present at closing, and whoever cast a ballot and left before that: an acknowledged ballot is counted, and what is
    counted stands in every base and in the quorum. Otherwise leaving early could carry a motion or break one."""
    present = frozenset(poll.present)
    return tuple(seat for seat in poll.electorate if seat in present or seat in poll.ballots)


def _base_size(poll: Poll, counts: Mapping[str, int], meeting: Meeting, present: int) -> int:
    match poll.majority.base:
        case Base.ALL_MEMBERS:
            return weight_of(meeting, poll.electorate)
        case Base.PRESENT:
            return present
        case Base.BALLOTS_CAST:
            return _ballots_cast(meeting, poll, counts)
        case Base.FOR_AND_AGAINST:
            return _side(poll, counts, Side.FOR) + _side(poll, counts, Side.AGAINST)


def _voters(meeting: Meeting, poll: Poll) -> int:
    by_hand = poll.count.voters if poll.count else 0
    return by_hand + weight_of(meeting, tuple(seat for seat, ballot in poll.ballots.items() if ballot.choice))


def _ballots_cast(meeting: Meeting, poll: Poll, counts: Mapping[str, int]) -> int:
    """'Not voting' is no ballot cast; in a free list a ballot with several choices is one."""
    return _voters(meeting, poll) - _side(poll, counts, Side.NOT_VOTING)


def _side(poll: Poll, counts: Mapping[str, int], side: Side) -> int:
    return sum(counts[option.id] for option in poll.options if option.side is side)


def _reached(majority: Majority, weight: int, base_size: int) -> bool:
    return weight > 0 and weight >= majority.needed(base_size)


def _verdict(
    meeting: Meeting, poll: Poll, counts: Mapping[str, int], base_size: int, quorum_met: bool
) -> tuple[Verdict, bool, tuple[str, ...]]:
    if not quorum_met:
        return Verdict.INQUORATE, False, ()
    if not poll.is_motion:
        chosen = tuple(option for option, weight in counts.items() if _reached(poll.majority, weight, base_size))
        return (Verdict.CHOSEN if chosen else Verdict.NONE_CHOSEN), False, chosen
    for_, against = _side(poll, counts, Side.FOR), _side(poll, counts, Side.AGAINST)
    # Equal sides are undecided only where more than half is asked for: at 2/3 they are simply too few, and 'at least 1/2'
    # has no tie. Nobody for and nobody against is no tie either: there is no side to prevail.
    tied = poll.majority.is_simple and for_ == against and for_ > 0
    if tied and poll.tie is TieRule.CHAIR_SIDE:
        passed = _chair_side(meeting, poll) is Side.FOR
    else:
        passed = _reached(poll.majority, for_, base_size)
    return (Verdict.PASSED if passed else Verdict.REJECTED), tied, ()


def _chair_side(meeting: Meeting, poll: Poll) -> Side | None:
    """The side of the Chair of the body, whoever presides: the law speaks of the Chair's vote (Law 77/2015, art. 117.3),
    and a deputy who presides has no second vote. An absent Chair has no side, so the motion is not carried. Where a body
    gives substitutes the vote, the ballot of the Chair's seat is the Chair's."""
    ballot = poll.ballots.get(meeting.chair_seat) if meeting.chair_seat is not None else None
    if ballot is not None:
        choice = ballot.choice[0]
    else:
        choice = poll.count.chair_choice if poll.count else ""
    option = poll.option(choice)
    return option.side if option else None


def _share_words(majority: Majority) -> Text:
    share: Share = majority.share
    if share.numerator == share.denominator:
        return Text("toàn bộ", "the whole of")
    if majority.is_simple:
        return Text("quá nửa", "more than half of")
    fraction = f"{share.numerator}/{share.denominator}"
    if majority.comparison is Comparison.MORE_THAN:
        return Text(f"trên {fraction}", f"more than {fraction} of")
    return Text(f"ít nhất {fraction}", f"at least {fraction} of")


def _with_sentence(result: Result, poll: Poll) -> Result:
    return replace(result, sentence=_explain(result, poll))


def _explain(result: Result, poll: Poll) -> Text:
    facts = {
        "present": result.present,
        "members": result.members,
        "quorum": result.quorum_needed,
        "needed": result.needed,
        "base_size": result.base_size,
        "base": BASE_WORDS[poll.majority.base],
        "share": _share_words(poll.majority),
    }
    if result.verdict is Verdict.INQUORATE:
        return sentence("result_inquorate", **facts)
    if not poll.is_motion:
        words = [option.words for option in poll.options if option.id in result.chosen]
        return (
            sentence("result_chosen", chosen=joined(words), **facts)
            if words
            else sentence("result_none_chosen", **facts)
        )
    counts = dict(result.counts)
    facts |= {"for_": _side(poll, counts, Side.FOR), "against": _side(poll, counts, Side.AGAINST)}
    return sentence(_motion_key(result, poll), **facts)


def _motion_key(result: Result, poll: Poll) -> str:
    if not result.tied:
        return "result_passed" if result.carried else "result_rejected"
    if poll.tie is TieRule.FAILS:
        return "result_tie_fails"
    return "result_tie_passed" if result.carried else "result_tie_rejected"
