"""The administrator's pages of bodies: names, members, rules."""

import pytest

from ecabinet.rules.rule_set import Base, Comparison, Majority, RuleSet, Share, TieRule
from ecabinet.store.people import find_members, get_body
from ecabinet.web.rule_form import rules_in_words
from tests.web.conftest import Browser, House

NAMES: dict[str, object] = {
    "code": "ubnd-tinh",
    "name_vi": "UBND tỉnh",
    "symbol": "UBND",
    "language": "vi",
    "is_active": "1",
}
RULES: dict[str, object] = {
    "version": "1",
    "quorum": "share",
    "quorum_numerator": "2",
    "quorum_denominator": "3",
    "comparison": "more_than",
    "majority_numerator": "1",
    "majority_denominator": "2",
    "base": "all_members",
    "tie": "chair_side",
    "ballot_change": "1",
    "secretariat_runs": "1",
    "notice_working_days": "3",
    "special_notice_days": "1",
}


async def with_body(house: House) -> Browser:
    browser = await house.signed_in("quantri")
    await browser.get("/admin/bodies/new")
    answer = await browser.post("/admin/bodies", NAMES)
    assert answer.headers["location"] == "/admin/bodies/1/members?done=added"
    return browser


async def rules_of(house: House) -> RuleSet:
    async with house.app.state.database.reading() as session:
        return RuleSet.from_json((await get_body(session, 1)).rule_set)


async def members_of(house: House) -> list[tuple[str, str, int]]:
    async with house.app.state.database.reading() as session:
        return [(person.username, row.role, row.weight) for row, person in await find_members(session, 1)]


async def test_unchanged_rules_are_those_of_a_peoples_committee(house: House) -> None:
    browser = await with_body(house)
    assert "Điều 114 khoản 3" in (await browser.get("/admin/bodies/1/rules")).text
    assert (await browser.post("/admin/bodies/1/rules", RULES)).status_code == 303
    assert await rules_of(house) == RuleSet()


@pytest.mark.parametrize(
    ("typed", "rules"),
    [
        ({"quorum": "none"}, RuleSet(quorum=None)),
        ({"quorum_numerator": "1", "quorum_denominator": "2"}, RuleSet(quorum=Share(1, 2))),
        (
            {"comparison": "at_least", "majority_numerator": "3", "majority_denominator": "4", "base": "present"},
            RuleSet(majority=Majority(Base.PRESENT, Comparison.AT_LEAST, Share(3, 4))),
        ),
        (
            {"comparison": "at_least", "majority_numerator": "1", "majority_denominator": "1", "base": "ballots_cast"},
            RuleSet(majority=Majority(Base.BALLOTS_CAST, Comparison.AT_LEAST, Share(1, 1))),
        ),
        ({"base": "for_and_against"}, RuleSet(majority=Majority(Base.FOR_AND_AGAINST))),
        ({"tie": "fails"}, RuleSet(tie=TieRule.FAILS)),
        ({"other_opinion": "1"}, RuleSet(other_opinion=True)),
        ({"substitutes_vote": "1"}, RuleSet(substitutes_vote=True)),
        ({"live_tally": "1"}, RuleSet(live_tally=True)),
        ({"roman_numbers": "1"}, RuleSet(roman_numbers=True)),
        (
            {"notice_working_days": "5", "special_notice_days": "0"},
            RuleSet(notice_working_days=5, special_notice_days=0),
        ),
    ],
)
async def test_every_setting_can_be_set(house: House, typed: dict[str, object], rules: RuleSet) -> None:
    browser = await with_body(house)
    assert (await browser.post("/admin/bodies/1/rules", RULES | typed)).status_code == 303
    assert await rules_of(house) == rules


@pytest.mark.parametrize("unticked", ["ballot_change", "secretariat_runs"])
async def test_what_is_on_by_default_can_be_switched_off(house: House, unticked: str) -> None:
    browser = await with_body(house)
    typed = {name: value for name, value in RULES.items() if name != unticked}
    await browser.post("/admin/bodies/1/rules", typed)
    assert await rules_of(house) == RuleSet(**{unticked: False})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"quorum_numerator": "4"}, "Ghi một phân số"),
        ({"quorum_denominator": "0"}, "Ghi một phân số"),
        ({"majority_numerator": "x"}, "Ghi một phân số"),
        ({"majority_numerator": "2"}, "Không ai đạt được nhiều hơn toàn bộ"),
        ({"base": "everybody"}, "Không ai đạt được nhiều hơn toàn bộ"),
        ({"notice_working_days": "-1"}, "Ghi số ngày từ 0 đến 60"),
        ({"special_notice_days": "61"}, "Ghi số ngày từ 0 đến 60"),
    ],
)
async def test_impossible_rules_are_refused_and_the_typing_stays(
    house: House, typed: dict[str, object], words: str
) -> None:
    browser = await with_body(house)
    answer = await browser.post("/admin/bodies/1/rules", RULES | {"live_tally": "1"} | typed)
    assert answer.status_code == 422
    assert words in answer.text
    assert 'name="live_tally" value="1" checked' in answer.text
    assert await rules_of(house) == RuleSet()


def test_every_setting_is_compared_when_two_people_edit() -> None:
    assert rules_in_words(RuleSet()).keys() == RuleSet().to_json().keys() - {"articles"}


async def test_members_are_added_ordered_and_removed(house: House) -> None:
    browser = await with_body(house)
    ids = house.ids
    await browser.post("/admin/bodies/1/members", {"version": "1", "add": [str(ids["thuky"]), str(ids["gd-dulich"])]})
    assert await members_of(house) == [("thuky", "member", 1), ("gd-dulich", "member", 1)]
    thuky, dulich = ids["thuky"], ids["gd-dulich"]
    typed: dict[str, object] = {
        "version": "2",
        "person": [str(thuky), str(dulich)],
        f"role-{thuky}": "secretariat",
        f"order-{thuky}": "2",
        f"weight-{thuky}": "1",
        f"role-{dulich}": "chair",
        f"order-{dulich}": "1",
        f"weight-{dulich}": "3",
    }
    assert (await browser.post("/admin/bodies/1/members", typed)).status_code == 303
    assert await members_of(house) == [("gd-dulich", "chair", 3), ("thuky", "secretariat", 1)]
    await browser.post("/admin/bodies/1/members", typed | {"version": "3", f"remove-{thuky}": "1"})
    assert await members_of(house) == [("gd-dulich", "chair", 3)]


async def test_screen_is_not_offered_as_a_member(house: House) -> None:
    browser = await with_body(house)
    page = (await browser.get("/admin/bodies/1/members")).text
    assert "Giám đốc Sở Du lịch" in page and "Màn hình phòng họp" not in page


async def test_list_changed_by_somebody_else_is_not_overwritten(house: House) -> None:
    browser = await with_body(house)
    await browser.post("/admin/bodies/1/members", {"version": "1", "add": str(house.ids["thuky"])})
    answer = await browser.post("/admin/bodies/1/members", {"version": "1", "add": str(house.ids["gd-dulich"])})
    assert answer.status_code == 409
    assert "Những gì bạn nhập không bị mất" in answer.text and "Chánh Văn phòng" in answer.text
    assert await members_of(house) == [("thuky", "member", 1)]


async def test_rules_changed_by_somebody_else_are_compared(house: House) -> None:
    browser = await with_body(house)
    await browser.post("/admin/bodies/1/rules", RULES | {"tie": "fails"})
    answer = await browser.post("/admin/bodies/1/rules", RULES | {"live_tally": "1"})
    assert answer.status_code == 409
    assert "Người khác đã lưu" in answer.text and "fails" in answer.text
    assert await rules_of(house) == RuleSet(tie=TieRule.FAILS)
