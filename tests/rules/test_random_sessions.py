"""Random sessions of random bodies: whatever people send, the record, the results and the views agree."""

import json
from dataclasses import dataclass, field, replace
from operator import is_
from typing import Any

from hypothesis import HealthCheck, given, settings

from ecabinet.rules import commands as c
from ecabinet.rules import events as e
from ecabinet.rules.apply import replay
from ecabinet.rules.audience import Audience
from ecabinet.rules.meeting import Participant, blank
from ecabinet.rules.next_step import next_step
from ecabinet.rules.polls import PollState
from ecabinet.rules.refused import Refused
from ecabinet.rules.rule_set import RuleSet
from ecabinet.rules.text import Text
from ecabinet.rules.view import part_views, personal_part, view
from tests.rules.random_steps import MEMBERS, PEOPLE, RULES, STEPS, VOTERS, WEIGHTS, Follow, current_poll, resolved
from tests.rules.recount import recount
from tests.rules.sessions import CHAIR, HEAD, OTHERS, SECOND_SECRETARY, SECRETARY, SUBSTITUTE, Session, called, role_of


@dataclass
class Tablets:
    """What the tablets show: kept by changed parts alone, and compared with a fresh view after each command."""

    session: Session
    seen: int = 0
    shown: dict[Audience | int, dict[str, Any]] = field(default_factory=dict)
    built: dict[Audience, dict[str, tuple[tuple[object, ...], Any]]] = field(default_factory=dict)

    def built_by_need(self, audience: Audience) -> dict[str, Any]:
        """The parts when each is built again only if one of its sources is another object, as the Room does it."""
        before, now = self.built.get(audience, {}), dict[str, tuple[tuple[object, ...], Any]]()
        for part in part_views(self.session.meeting, audience):
            sources, kept = before.get(part.name, ((), None))
            is_same = len(sources) == len(part.sources) and all(map(is_, sources, part.sources))
            now[part.name] = (part.sources, kept if is_same else part.build())
        self.built[audience] = now
        return {name: part for name, (_, part) in now.items()}

    def fresh(self) -> dict[Audience | int, dict[str, Any]]:
        """The parts of each audience, and of each person the part `me`."""
        meeting = self.session.meeting
        people = [person for person in PEOPLE if person in meeting.participants]
        audiences = {self.session.audience(person) for person in people}
        mine = {person: {"me": personal_part(meeting, person)} for person in people}
        return {audience: view(meeting, audience) for audience in audiences} | mine

    def follow(self) -> None:
        """Push what changed; an event of which nobody is told is none."""
        if self.seen == len(self.session.events):
            return
        self.seen = len(self.session.events)
        told = False
        for whom, fresh in self.fresh().items():
            shown = self.shown.setdefault(whom, {})
            changed = {name: part for name, part in fresh.items() if shown.get(name) != part}
            told = told or bool(changed or shown.keys() - fresh.keys())
            shown.update(json.loads(json.dumps(changed)))
            for name in shown.keys() - fresh.keys():
                del shown[name]
            assert shown == fresh
            if isinstance(whom, Audience):
                assert self.built_by_need(whom) == fresh
        assert told, self.session.events[-1]


Accepted = dict[tuple[str, int], tuple[str, tuple[str, ...]]]


def send(session: Session, kind: type[c.Command], by: int, fields: dict[str, Any], accepted: Accepted) -> None:
    """Keeps (ballot id, choice) by poll and seat of what was accepted, as the voters do with their receipts."""
    fields = resolved(session.meeting, fields)
    if isinstance(session.decide(kind, by=by, **fields), Refused):
        return
    for happened in session.do(kind, by=by, **fields):
        if isinstance(happened, e.BallotCast):
            taken = (happened.poll, happened.seat) in accepted
            assert session.meeting.rules.ballot_change or not taken, "a second ballot where none may be changed"
            accepted[happened.poll, happened.seat] = (happened.ballot, happened.choice)


def follow(session: Session, step: Follow, accepted: Accepted) -> None:
    """Take the step that is proposed. What is offered as ready is done: no button leads to a refusal."""
    proposed, by = next_step(session.meeting), session.meeting.presiding or CHAIR
    if not proposed.do:
        return
    standing = session.meeting.polls[current_poll(session.meeting)].count if "poll" in proposed.args else None
    if proposed.do == "confirm_count" and standing is not None and standing.entered_by == by:
        by = SECOND_SECRETARY
    expected = "" if proposed.ready else "inquorate"
    assert session.reason(c.COMMANDS[proposed.do], by=by, **proposed.args) == expected
    send(session, c.COMMANDS[proposed.do], by, dict(proposed.args), accepted)
    if proposed.do == "open_poll" and proposed.ready:
        vote(session, step, accepted)


def vote(session: Session, step: Follow, accepted: Accepted) -> None:
    poll = session.poll(current_poll(session.meeting))
    for voter, place in zip(VOTERS, step.votes, strict=True):
        if place is not None and place < len(poll.options):
            ballot = {"poll": poll.id, "choice": (poll.options[place].id,), "opinion": "Làm rõ"}
            send(session, c.CastBallot, voter, ballot, accepted)
    if step.hands is not None:
        counts = {poll.options[place].id: number for place, number in step.hands["counts"].items()}
        send(session, c.EnterCount, SECRETARY, {"poll": poll.id} | step.hands | {"counts": counts}, accepted)


def agree(session: Session, accepted: Accepted) -> None:
    boxes, tallies = recount(session.events)
    polls = session.meeting.polls
    assert {poll: dict(box.papers) for poll, box in boxes.items()} == {
        poll: {seat: choice for (of, seat), (_, choice) in accepted.items() if of == poll} for poll in polls
    }
    kept = {(poll.id, seat): ballot.id for poll in polls.values() for seat, ballot in poll.ballots.items()}
    assert kept == {key: ballot for key, (ballot, _) in accepted.items()}
    results = {poll.id: poll.result for poll in polls.values() if poll.result is not None}
    assert {id_: (dict(r.counts), r.base_size, r.verdict) for id_, r in results.items()} == tallies
    announced = {event.poll: event for event in session.events if isinstance(event, e.ResultPublished)}
    assert announced.keys() >= {poll.id for poll in polls.values() if poll.state is PollState.PUBLISHED}
    for id_, event in announced.items():
        assert (dict(event.counts), event.base_size, event.verdict) == tallies[id_]
    for counts, base, _ in tallies.values():
        # No share of the whole passes the whole.
        assert all(
            weight <= base for option, weight in counts.items() if option == "for" or option.startswith("choice")
        )


@given(rules=RULES, weights=WEIGHTS, steps=STEPS)
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_people_send_record_results_and_views_agree(
    rules: RuleSet, weights: list[int], steps: list[Any]
) -> None:
    members = tuple(
        Participant(n, role_of(n), Text(f"Ủy viên {n}"), weight=w) for n, w in zip(MEMBERS, weights, strict=True)
    )
    others = tuple(replace(p, stands_for=MEMBERS[-1]) if p.stands_for else p for p in OTHERS)
    session = called(rules=rules, participants=members + others)
    # All but the last, who has sent a substitute.
    session.check_in((*MEMBERS[:-1], SUBSTITUTE))
    tablets, accepted = Tablets(session), Accepted()
    tablets.follow()
    for step in steps:
        if isinstance(step, Follow):
            follow(session, step, accepted)
        else:
            send(session, *step, accepted)
        tablets.follow()
    agree(session, accepted)
    assert replay(blank(HEAD, RuleSet()), session.events) == session.meeting
