"""What can be wrong with a YAML file before it is read as an agenda, and what to do about it."""

from ruamel.yaml.error import MarkedYAMLError, YAMLError

from ecabinet.paper.agenda_problems import Problem, fault
from ecabinet.rules.text import Text


def unreadable(line: int, code: int) -> Problem:
    return fault(
        line,
        (
            f"có ký tự điều khiển không đọc được (mã {code})",
            f"holds a control character that cannot be read (code {code})",
        ),
        (
            "Xóa ký tự đó; nếu tệp lấy từ Word hãy chép lại dưới dạng văn bản thuần.",
            "Delete it; if it came from Word, paste as plain text.",
        ),
    )


def too_long(line: int, limit: int) -> Problem:
    return fault(
        line,
        (f"dài quá {limit} ký tự", f"longer than {limit} characters"),
        ("Chuyển nội dung dài vào một tài liệu PDF.", "Move long content into a PDF paper."),
    )


def too_large(size: int, limit: int) -> Problem:
    return fault(
        None,
        (f"tệp có {size} byte, quá giới hạn {limit}", f"the file has {size} bytes, over the limit of {limit}"),
        (
            "Chương trình họp chỉ là chữ: để nội dung tài liệu trong các tệp PDF.",
            "An agenda is text only: keep the papers in PDF files.",
        ),
    )


def wrong_encoding(data: bytes, error: UnicodeDecodeError) -> Problem:
    return fault(
        data.count(b"\n", 0, error.start) + 1,
        ("tệp không phải mã UTF-8", "the file is not UTF-8"),
        (
            "Lưu lại tệp với bảng mã UTF-8 (Notepad: Save As, Encoding: UTF-8).",
            "Save the file again as UTF-8 (Notepad: Save As, Encoding: UTF-8).",
        ),
    )


def second_document(line: int) -> Problem:
    return fault(
        line,
        ("có phần thứ hai sau dấu ---", "a second document begins after ---"),
        (
            "Mỗi cuộc họp một thư mục: xóa dấu --- và phần sau.",
            "One folder for each meeting: remove the --- and what follows.",
        ),
    )


def too_deep(line: int, limit: int) -> Problem:
    return fault(
        line,
        (f"lồng nhau quá {limit} cấp", f"nested more than {limit} levels deep"),
        ("Bớt số cấp lồng nhau.", "Use fewer levels."),
    )


def too_many(line: int, limit: int) -> Problem:
    return fault(
        line,
        (f"tệp có quá {limit} giá trị", f"the file has more than {limit} values"),
        ("Chia thành nhiều cuộc họp.", "Split it into several meetings."),
    )


def alias(line: int) -> Problem:
    return fault(
        line,
        ("không dùng được neo và tham chiếu (& và *)", "anchors and aliases (& and *) cannot be used"),
        (
            "Viết lại giá trị; nếu là chữ thì đặt trong dấu ngoặc kép.",
            "Write the value out; if it is text, put it in double quotes.",
        ),
    )


def tag(line: int, tag: str) -> Problem:
    return fault(
        line,
        (f"không dùng được nhãn {tag}", f"the tag {tag} cannot be used"),
        (
            "Xóa nhãn; nếu là chữ thì đặt trong dấu ngoặc kép.",
            "Remove the tag; if it is text, put it in double quotes.",
        ),
    )


def duplicate_key(line: int, key: str, first: int) -> Problem:
    return fault(
        line,
        (f"“{key}” đã có ở dòng {first}", f"“{key}” stands already in line {first}"),
        ("Giữ lại một dòng.", "Keep one of the two."),
    )


def key_is_no_word(line: int) -> Problem:
    return fault(
        line,
        ("tên mục phải là một từ", "the name before the colon must be a word"),
        ("Viết theo dạng `tên: giá trị`.", "Write `name: value`."),
    )


_SYNTAX = (
    ("mapping values are not allowed", Text("dấu hai chấm ở chỗ không ngờ", "a colon where none is expected"),
     Text("Đặt cả nội dung trong dấu ngoặc kép, ví dụ title: \"Đề án: giai đoạn 1\"; hoặc kiểm tra thụt lề.",
          "Put the whole text in double quotes, as in title: \"Scheme: part 1\"; or check the indentation.")),
    ("'\\t'", Text("có dấu Tab ở đầu dòng", "a tab character begins the line"),
     Text("Thụt lề bằng dấu cách, không dùng Tab.", "Indent with spaces, never with tabs.")),
    ("that cannot start any token", Text("ký tự đặc biệt đứng đầu giá trị", "a special character begins the value"),
     Text("Đặt giá trị trong dấu ngoặc kép.", "Put the value in double quotes.")),
    ("unexpected end of stream", Text("dấu ngoặc kép mở mà không đóng", "a quote is opened and never closed"),
     Text("Thêm dấu ngoặc kép ở cuối giá trị.", "Close the quote at the end of the value.")),
    ("expected <block end>", Text("thụt lề không khớp với dòng trên", "the indentation does not match the lines above"),
     Text("Các mục cùng cấp phải thụt lề bằng nhau; mục con thụt vào 2 dấu cách.",
          "Entries of one level are indented alike; entries below them by two spaces more.")),
    ("could not find expected ':'", Text("thiếu dấu hai chấm", "a colon is missing"),
     Text("Viết theo dạng `tên: giá trị`.", "Write `name: value`.")),
)  # fmt: skip


def syntax(error: YAMLError) -> Problem:
    mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
    said = (error.problem if isinstance(error, MarkedYAMLError) else None) or str(error).split("\n")[0]
    line = None if mark is None else mark.line + 1
    for sign, text, remedy in _SYNTAX:
        if sign in said:
            return fault(line, (text.vi, text.en), (remedy.vi, remedy.en))
    return fault(
        line,
        (f"không đọc được như YAML ({said})", f"cannot be read as YAML ({said})"),
        (
            "Kiểm tra thụt lề, dấu hai chấm và dấu ngoặc kép ở dòng này.",
            "Check indentation, colons and quotes in this line.",
        ),
    )
