"""One example of every command on the wire: shown in docs/protocol.md, carried by the AsyncAPI file, sent by the tests.

In order they are one session: the ids refer to a meeting with items 1 (formal), 2 and 3 (for decision), members 1 to 5,
a deputy 2 and an invitee 7.
"""

from typing import Any

EXAMPLES: dict[str, dict[str, Any]] = {
    "check_in": {},
    "check_out": {},
    "mark_presence": {"person": 4, "status": "excused", "note": "Đi công tác"},
    "assign_presiding": {"person": 2},
    "admit_invitee": {"person": 7, "items": [2]},
    "open_session": {},
    "start_item": {"item": 1},
    "finish_item": {"item": 1},
    "return_item": {"item": 1},
    "suspend_session": {},
    "resume_session": {},
    "add_item": {
        "title": {"vi": "Nội dung phát sinh", "en": "Urgent item"},
        "kind": "decision",
        "presenter": {"vi": "Sở Tài chính", "en": "Department of Finance"},
        "planned_minutes": 10,
    },
    "edit_item": {"item": 2, "title": {"vi": "Đề án du lịch", "en": "Tourism scheme"}, "planned_minutes": 20},
    "move_item": {"item": 3, "before": 2},
    "note_item": {"item": 2, "note": "Sở Tài chính đề nghị làm rõ nguồn vốn."},
    "conclude_item": {"item": 2, "conclusion": "Thống nhất chủ trương."},
    "draft_poll": {
        "poll": "phuong-an",
        "item": 2,
        "question": {"vi": "Chọn phương án", "en": "Choose an option"},
        "choices": [{"vi": "Phương án 1", "en": "Option 1"}, {"vi": "Phương án 2", "en": "Option 2"}],
        "max_choices": 1,
        "majority": {"base": "present", "comparison": "more_than", "share": {"numerator": 1, "denominator": 2}},
    },
    "open_poll": {"poll": "item-2"},
    "cast_ballot": {"poll": "item-2", "choice": ["for"]},
    "enter_count": {"poll": "item-2", "counts": {"for": 1}, "method": "hands"},
    "confirm_count": {"poll": "item-2"},
    "discard_count": {"poll": "item-2"},
    "close_poll": {"poll": "item-2", "confirmed": True},
    "publish_result": {"poll": "item-2"},
    "void_poll": {"poll": "phuong-an", "reason": "Nhập nhầm phương án"},
    "remove_paper": {"item": 2, "paper": 31},
    "postpone_item": {"item": 3},
    "withdraw_item": {"item": 3},
    "close_session": {},
    "cancel_meeting": {"reason": "Chủ tịch đi công tác đột xuất"},
}


def example_message(name: str) -> dict[str, Any]:
    """The example as a tablet sends it."""
    return {"id": f"0b9f-{name}", "do": name, **EXAMPLES[name]}
