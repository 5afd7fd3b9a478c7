"""Every sentence that the rules say, in Vietnamese and English: refusals, explanations, next steps."""

from collections.abc import Sequence

from ecabinet.rules.text import Text

SENTENCES: dict[str, Text] = {
    # -- refusals: who may do what
    "not_in_meeting": Text("Bạn không tham dự cuộc họp này.", "You do not take part in this meeting."),
    "only_chair": Text(
        "Chỉ người chủ trì cuộc họp thực hiện được việc này.",
        "Only the person who presides over the meeting can do this.",
    ),
    "only_running": Text(
        "Chỉ người chủ trì hoặc thư ký được giao điều hành mới thực hiện được việc này.",
        "Only the person who presides, or the secretariat on the chair's behalf, can do this.",
    ),
    "only_secretariat": Text(
        "Chỉ thư ký cuộc họp thực hiện được việc này.", "Only the secretariat of the meeting can do this."
    ),
    "not_presiding_candidate": Text(
        "Chỉ Chủ tịch hoặc Phó Chủ tịch được phân công mới chủ trì được phiên họp.",
        "Only the Chair or a deputy whom the Chair assigns can preside.",
    ),
    # -- refusals: stage
    "already_called": Text("Cuộc họp đã được triệu tập.", "The meeting has been called already."),
    "not_called": Text("Cuộc họp chưa được triệu tập.", "The meeting has not been called yet."),
    "meeting_over": Text(
        "Cuộc họp đã kết thúc; không ghi thêm được nữa.", "The meeting is over; nothing more can be recorded in it."
    ),
    "not_in_session": Text(
        "Phiên họp đang không diễn ra. Hãy khai mạc hoặc tiếp tục phiên họp trước.",
        "The meeting is not in session. Open or resume the session first.",
    ),
    "already_in_session": Text("Phiên họp đã khai mạc.", "The session has been opened already."),
    "not_suspended": Text("Phiên họp không tạm dừng.", "The session is not suspended."),
    "poll_still_open": Text(
        "Còn cuộc biểu quyết đang mở. Hãy đóng biểu quyết trước.", "A vote is still open. Close the vote first."
    ),
    "poll_unpublished": Text(
        "Còn cuộc biểu quyết đã đóng mà chưa công bố kết quả: {question}. Hãy công bố hoặc hủy trước.",
        "The result of a closed vote is not published yet: {question}. Publish it or declare it void first.",
    ),
    "inquorate": Text(
        "Chưa đủ số thành viên: có mặt {present}/{members}, cần ít nhất {needed}. Hãy chờ thêm {missing} thành viên điểm danh.",
        "No quorum: {present} of {members} members are present, at least {needed} are needed. Wait for {missing} more to check in.",
    ),
    "reason_missing": Text("Hãy ghi lý do.", "Give a reason."),
    # -- refusals: agenda
    "no_such_item": Text("Nội dung này không có trong chương trình.", "There is no such item on the agenda."),
    "item_is_heading": Text(
        "Đây là đề mục; hãy chọn một nội dung bên trong.", "This item is a heading; choose one of the items in it."
    ),
    "item_not_waiting": Text("Nội dung này không ở trạng thái chờ.", "This item is not waiting."),
    "item_waiting": Text("Nội dung này đang ở trạng thái chờ.", "This item is waiting already."),
    "item_under_way": Text(
        "Nội dung này đang được xem xét; hãy kết thúc hoặc hoãn nội dung trước.",
        "This item is under way; finish or postpone it first.",
    ),
    "item_not_under_way": Text("Nội dung này chưa được xem xét.", "This item is not under way."),
    "item_moves_into_itself": Text(
        "Không chuyển được một nội dung vào bên trong chính nó.", "An item cannot be moved into itself."
    ),
    "title_missing": Text("Hãy ghi tên nội dung.", "Give the item a title."),
    "too_deep": Text(
        "Chương trình có nhiều nhất {limit} cấp (1, 1.1, 1.1.1). Hãy đặt nội dung ở cấp cao hơn.",
        "An agenda has at most {limit} levels (1, 1.1, 1.1.1). Put the item at a higher one.",
    ),
    "item_exists": Text("Nội dung này đã có trong chương trình.", "This item is on the agenda already."),
    "paper_exists": Text("Tài liệu này đã có trong nội dung.", "The item has this paper already."),
    "no_such_paper": Text("Nội dung không có tài liệu này.", "The item has no such paper."),
    "text_too_long": Text(
        "Văn bản dài quá {limit} ký tự. Hãy rút gọn.", "The text is longer than {limit} characters. Shorten it."
    ),
    "minutes_out_of_range": Text(
        "Thời lượng phải từ 1 đến 600 phút.", "The planned time must be between 1 and 600 minutes."
    ),
    # -- refusals: presence
    "no_such_person": Text(
        "Người này không có trong danh sách dự họp.", "This person is not on the list of the meeting."
    ),
    "person_exists": Text(
        "Người này đã có trong danh sách dự họp.", "This person is on the list of the meeting already."
    ),
    "not_present": Text("Chưa điểm danh có mặt.", "Not checked in."),
    "screen_cannot_act": Text("Màn hình phòng họp chỉ hiển thị.", "The screen in the room only shows."),
    "role_not_for_late": Text(
        "Sau khi triệu tập chỉ bổ sung được khách mời, người dự thay, thư ký hoặc màn hình.",
        "After the call only invitees, substitutes, secretaries and screens can be added.",
    ),
    "stands_for_unknown": Text(
        "Hãy chọn thành viên mà người này dự thay.", "Choose the member whom this person stands in for."
    ),
    # -- refusals: polls
    "no_such_poll": Text("Không có cuộc biểu quyết này.", "There is no such vote."),
    "poll_exists": Text("Mã cuộc biểu quyết đã được dùng.", "The id of this vote is in use already."),
    "question_missing": Text("Hãy ghi nội dung biểu quyết.", "Word the question of the vote."),
    "options_too_few": Text("Cần ít nhất hai phương án khác nhau.", "At least two different options are needed."),
    "options_too_many": Text("Nhiều nhất {limit} phương án.", "At most {limit} options."),
    "list_has_no_sides": Text(
        "Danh sách phương án không có tán thành hay không tán thành; hãy tính trên số phiếu biểu quyết.",
        "A list of options has nobody for or against; count it of the ballots cast.",
    ),
    "choices_out_of_range": Text(
        "Số phương án được chọn phải từ 1 đến {limit}.", "The number of choices must be between 1 and {limit}."
    ),
    "poll_not_draft": Text(
        "Cuộc biểu quyết đã mở; không sửa được nữa.", "The vote has been opened; it can no longer be changed."
    ),
    "poll_not_open": Text("Cuộc biểu quyết không mở.", "The vote is not open."),
    "poll_closed": Text(
        "Biểu quyết đã đóng; phiếu này không được ghi nhận.", "The vote has closed; this ballot was not recorded."
    ),
    "poll_not_closed": Text("Cuộc biểu quyết chưa đóng.", "The vote is not closed yet."),
    "poll_void": Text("Cuộc biểu quyết đã bị hủy.", "The vote was declared void."),
    "another_poll_open": Text("Đang có cuộc biểu quyết khác mở: {question}.", "Another vote is open: {question}."),
    "item_must_be_under_way": Text(
        "Hãy chuyển sang nội dung này trước khi mở biểu quyết.", "Start the item before opening its vote."
    ),
    "voters_missing": Text(
        "Còn {count} thành viên có mặt chưa biểu quyết: {names}. Hãy xác nhận nếu vẫn đóng.",
        "{count} members who are present have not voted: {names}. Confirm if the vote is to be closed all the same.",
    ),
    "voters_uncounted": Text(
        "Còn {count} thành viên có mặt không biểu quyết trên máy và cũng không được kiểm. Hãy xác nhận nếu vẫn đóng.",
        "{count} members who are present neither voted on a tablet nor were counted. Confirm if the vote is to be closed all the same.",
    ),
    "replaces_unknown": Text(
        "Cuộc biểu quyết được thay thế phải cùng nội dung và đã đóng, đã công bố hoặc đã hủy.",
        "The vote that is repeated must belong to the same item and be closed, published or void.",
    ),
    # -- refusals: ballots
    "not_a_member": Text(
        "Chỉ thành viên được biểu quyết; bạn tham dự với tư cách khác.",
        "Only members vote; you attend in another capacity.",
    ),
    "not_in_electorate": Text(
        "Bạn không có trong danh sách biểu quyết khi cuộc biểu quyết mở.",
        "You were not on the roll when this vote was opened.",
    ),
    "not_checked_in": Text("Hãy điểm danh có mặt trước khi biểu quyết.", "Check in before you vote."),
    "seat_is_taken": Text("Thành viên đã có mặt và tự biểu quyết.", "The member is present and votes in person."),
    "ballot_unchangeable": Text(
        "Bạn đã biểu quyết; cuộc họp này không cho đổi phiếu.",
        "You have voted; this body does not allow a ballot to be changed.",
    ),
    "choice_unknown": Text("Phương án không có trong cuộc biểu quyết.", "This option does not belong to the vote."),
    "choice_count": Text("Hãy chọn từ 1 đến {limit} phương án.", "Choose between 1 and {limit} options."),
    "opinion_missing": Text("Hãy ghi ý kiến khác của bạn.", "Write down your other opinion."),
    # -- refusals: counts on paper
    "count_exceeds": Text(
        "Số phiếu kiểm {total} nhiều hơn số thành viên có mặt chưa biểu quyết trên máy ({left}). Hãy kiểm lại.",
        "A count of {total} is more than the members present who have not voted on a tablet ({left}). Count again.",
    ),
    "count_empty": Text("Hãy ghi ít nhất một phiếu được kiểm.", "Enter at least one vote that was counted."),
    "count_inconsistent": Text(
        "Số phiếu của các phương án không khớp với {voters} người được kiểm, mỗi người chọn nhiều nhất {limit}. Hãy kiểm lại.",
        "The numbers do not fit {voters} people counted, each with at most {limit} choices. Count again.",
    ),
    "count_stands": Text(
        "Thư ký đã nhập kết quả kiểm phiếu bằng tay; phiếu trên máy tạm không nhận. Hãy giơ tay hoặc báo thư ký.",
        "A count by hand has been entered; tablets are not accepted meanwhile. Raise your hand or tell the secretariat.",
    ),
    "count_negative": Text("Số phiếu không được âm.", "A count cannot be negative."),
    "count_chair_missing": Text(
        "Số tán thành bằng số không tán thành: hãy ghi rõ Chủ tịch biểu quyết về phía nào.",
        "As many are for as against: say on which side the Chair voted.",
    ),
    "count_chair_not_counted": Text(
        "Chủ tịch vắng mặt, đã biểu quyết trên máy hoặc không có trong số phiếu của phương án này. Hãy ghi lại phía của Chủ tịch.",
        "The Chair is absent, has voted on a tablet, or is not among the votes of this option. Correct the Chair's side.",
    ),
    "no_count": Text("Chưa có kết quả kiểm phiếu để xác nhận.", "There is no count to confirm."),
    "count_same_person": Text(
        "Người xác nhận phải khác người nhập kết quả kiểm phiếu.",
        "The count must be confirmed by somebody other than who entered it.",
    ),
    "count_unconfirmed": Text(
        "Kết quả kiểm phiếu chờ người thứ hai xác nhận.", "The count waits for a second person to confirm it."
    ),
    # -- refusals of the room
    "malformed": Text("Thông điệp không hợp lệ: {detail}.", "The message is malformed: {detail}."),
    "unknown_command": Text("Không có lệnh «{name}».", "There is no command '{name}'."),
    "id_in_use": Text(
        "Mã thông điệp này đã được người khác dùng. Hãy thử lại.",
        "This message id was used by somebody else. Try again.",
    ),
    "not_recorded": Text(
        "Chưa ghi được vào sổ (ổ đĩa hoặc cơ sở dữ liệu gặp lỗi). Máy sẽ gửi lại; nếu vẫn lỗi, báo thư ký.",
        "It could not be recorded (disk or database trouble). The tablet sends it again; if it keeps failing, tell the secretariat.",
    ),
    "too_many_messages": Text(
        "Gửi quá nhiều thông điệp; kết nối được đóng lại và sẽ tự nối lại.",
        "Too many messages; the connection is closed and comes back by itself.",
    ),
    # -- rules before the vote
    "rule_all_members": Text(
        "Thông qua khi {share} {base} ({members}): {needed}.", "Passes with {share} {base} ({members}): {needed}."
    ),
    "rule_of_base": Text("Thông qua khi {share} {base}.", "Passes with {share} {base}."),
    # -- results
    "result_passed": Text(
        "Thông qua: {for_} tán thành, cần {needed} ({share} {base}: {base_size}).",
        "Passed: {for_} for, {needed} needed ({share} {base}: {base_size}).",
    ),
    "result_rejected": Text(
        "Không thông qua: {for_} tán thành, cần {needed} ({share} {base}: {base_size}).",
        "Not passed: {for_} for, {needed} needed ({share} {base}: {base_size}).",
    ),
    "result_tie_passed": Text(
        "Thông qua: {for_} tán thành và {against} không tán thành ngang nhau, theo phía Chủ tịch đã biểu quyết tán thành.",
        "Passed: {for_} for and {against} against are equal; the side for which the Chair voted prevails, and the Chair voted for.",
    ),
    "result_tie_rejected": Text(
        "Không thông qua: {for_} tán thành và {against} không tán thành ngang nhau, Chủ tịch không biểu quyết tán thành.",
        "Not passed: {for_} for and {against} against are equal, and the Chair did not vote for.",
    ),
    "result_tie_fails": Text(
        "Không thông qua: {for_} tán thành và {against} không tán thành ngang nhau.",
        "Not passed: {for_} for and {against} against are equal.",
    ),
    "result_chosen": Text(
        "Được chọn: {chosen} (cần {needed}: {share} {base}: {base_size}).",
        "Chosen: {chosen} ({needed} needed: {share} {base}: {base_size}).",
    ),
    "result_none_chosen": Text(
        "Không phương án nào đạt {needed} phiếu ({share} {base}: {base_size}).",
        "No option reached {needed} votes ({share} {base}: {base_size}).",
    ),
    "result_inquorate": Text(
        "Không có giá trị: khi đóng biểu quyết chỉ {present}/{members} thành viên có mặt, cần {quorum}.",
        "Without effect: only {present} of {members} members were present at closing, {quorum} are needed.",
    ),
    # -- the next step: why
    "next_open_session": Text(
        "Đủ số thành viên: có mặt {present}/{members}, cần {needed}.",
        "Quorate: {present} of {members} present, {needed} needed.",
    ),
    "next_wait_quorum": Text(
        "Có mặt {present}/{members}; cần thêm {missing} thành viên để đủ số.",
        "{present} of {members} present; {missing} more are needed for a quorum.",
    ),
    "next_resume": Text("Phiên họp đang tạm dừng.", "The session is suspended."),
    "next_close_poll_all": Text(
        "Tất cả {count} thành viên có mặt đã biểu quyết.", "All {count} members present have voted."
    ),
    "next_close_poll_missing": Text("Đã biểu quyết {voted}/{count}.", "{voted} of {count} have voted."),
    "next_confirm_count": Text(
        "Kết quả kiểm phiếu chờ người thứ hai xác nhận.", "The count waits for a second person to confirm it."
    ),
    "next_publish": Text(
        "Biểu quyết đã đóng; đại biểu chờ kết quả.", "The vote is closed; the members wait for the result."
    ),
    "next_open_poll": Text("Nội dung này cần biểu quyết: {question}", "This item needs a vote: {question}"),
    "next_item": Text("Tiếp theo: {number}. {title}", "Next: {number}. {title}"),
    "next_first_item": Text("Bắt đầu từ: {number}. {title}", "Begin with: {number}. {title}"),
    "next_finish_item": Text("Đây là nội dung cuối cùng của chương trình.", "This is the last item of the agenda."),
    "next_close_session": Text("Mọi nội dung đã được xem xét.", "Every item has been dealt with."),
    "next_minutes": Text(
        "Phiên họp đã bế mạc; biên bản có thể lập.", "The session is closed; the minutes can be drawn up."
    ),
    "next_cancelled": Text("Cuộc họp đã bị hủy: {reason}", "The meeting was cancelled: {reason}"),
}


def sentence(key: str, **params: object) -> Text:
    """The sentence `key` with its words filled in; a Text among the params is said in each language."""
    words = SENTENCES[key]
    return Text(words.vi.format(**_said(params, "vi")), words.en.format(**_said(params, "en")))


def joined(texts: Sequence[Text]) -> Text:
    return Text("; ".join(text.say("vi") for text in texts), "; ".join(text.say("en") for text in texts))


def _said(params: dict[str, object], language: str) -> dict[str, object]:
    return {name: value.say(language) if isinstance(value, Text) else value for name, value in params.items()}
