"""The prose that the minutes begin with: drafted from the record, then edited by the secretary."""

from ecabinet.rules.meeting import Item, ItemKind, ItemState, Meeting, Stage
from ecabinet.rules.text import Text

_COURSE = {
    ItemKind.DECISION: Text(
        "{presenter} trình bày. Các đại biểu thảo luận và biểu quyết.",
        "{presenter} presented the item. It was discussed and put to the vote.",
    ),
    ItemKind.DISCUSSION: Text(
        "{presenter} trình bày. Các đại biểu thảo luận, cho ý kiến.",
        "{presenter} presented the item. It was discussed.",
    ),
    ItemKind.INFORMATION: Text("{presenter} báo cáo.", "{presenter} reported."),
    ItemKind.FORMAL: Text("{presenter} thực hiện.", "{presenter} took the item."),
}
_SET_ASIDE = {
    ItemState.WAITING: Text("Chưa xem xét tại phiên họp.", "Not reached at this session."),
    ItemState.POSTPONED: Text("Nội dung được hoãn sang phiên họp khác.", "The item was postponed to another session."),
    ItemState.WITHDRAWN: Text("Nội dung được rút khỏi chương trình.", "The item was withdrawn from the agenda."),
}
_NOBODY = Text("Người được phân công", "The person in charge")
_CONCLUSION = Text("Kết luận: {conclusion}", "Conclusion: {conclusion}")


def opening_words(meeting: Meeting) -> Text:
    if meeting.opened_at is None:
        return Text("Phiên họp chưa khai mạc.", "The session has not been opened.")
    return Text(
        "Chủ tọa tuyên bố lý do, kiểm tra số thành viên có mặt và khai mạc phiên họp.",
        "The presiding officer verified the attendance and opened the session.",
    )


def closing_words(meeting: Meeting) -> Text:
    if meeting.stage is Stage.CANCELLED:
        return Text(f"Cuộc họp bị hủy: {meeting.cancel_reason}", f"The meeting was cancelled: {meeting.cancel_reason}")
    if meeting.closed_at is None:
        return Text("Phiên họp chưa bế mạc.", "The session has not been closed.")
    return Text("Chủ tọa bế mạc phiên họp.", "The presiding officer closed the session.")


def item_words(item: Item) -> Text:
    """Who presented, what came of it, and the conclusion, as paragraphs."""
    if item.state in _SET_ASIDE:
        paragraphs = [_SET_ASIDE[item.state]]
    else:
        paragraphs = [_filled(_COURSE[item.kind], presenter=_presenter(item))]
    if item.conclusion:
        paragraphs.append(_filled(_CONCLUSION, conclusion=Text(item.conclusion, item.conclusion)))
    return Text("\n\n".join(p.vi for p in paragraphs), "\n\n".join(p.en for p in paragraphs))


def _presenter(item: Item) -> Text:
    if item.presenter.say("vi"):
        return item.presenter
    return item.agency if item.agency.say("vi") else _NOBODY


def _filled(words: Text, **params: Text) -> Text:
    said = {language: {name: text.say(language) for name, text in params.items()} for language in ("vi", "en")}
    return Text(words.vi.format(**said["vi"]), words.en.format(**said["en"]))
