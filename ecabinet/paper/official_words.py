"""The fixed words of official documents in both languages, and how a date and a number are written in them."""

from datetime import date

WORDS: dict[str, dict[str, str]] = {
    "vi": {
        "nation": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "motto": "Độc lập - Tự do - Hạnh phúc",
        "number": "Số:",
        "to": "Kính gửi:",
        "recipients": "Nơi nhận:",
        "row": "TT",
        "name": "Họ và tên",
        "office": "Chức vụ",
        "attendance": "Tham dự",
        "note": "Ghi chú",
        "vote": "Biểu quyết:",
        "option": "Phương án",
        "count": "Số phiếu",
        "members": "Thành viên",
        "base": "Cơ sở tính",
        "threshold": "Cần để thông qua",
        "verdict": "Kết quả:",
        "page": "Trang",
        "of": "/",
    },
    "en": {
        "nation": "SOCIALIST REPUBLIC OF VIET NAM",
        "motto": "Independence - Freedom - Happiness",
        "number": "No.",
        "to": "To:",
        "recipients": "Recipients:",
        "row": "No.",
        "name": "Name",
        "office": "Office",
        "attendance": "Attendance",
        "note": "Note",
        "vote": "Vote:",
        "option": "Option",
        "count": "Votes",
        "members": "Members",
        "base": "Counted against",
        "threshold": "Needed to pass",
        "verdict": "Result:",
        "page": "Page",
        "of": "of",
    },
}

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


# What fits on a line of the left head in capitals of 12 pt.
HEAD_LINE = 26


def balanced(name: str) -> str:
    """A long name of an agency in two lines of like length, as one sets it by hand; its own line breaks are kept."""
    if len(name) <= HEAD_LINE or "\n" in name:
        return name
    spaces = [place for place, letter in enumerate(name) if letter == " "]
    middle = min(spaces, key=lambda place: abs(len(name) - 1 - 2 * place), default=None)
    return name if middle is None else f"{name[:middle]}\n{name[middle + 1 :]}"


def place_and_date(language: str, place: str, dated: date | None) -> str:
    """Days below 10 and the months 1 and 2 get a zero, so that no figure can be put before them (annex I, II.4)."""
    if language == "en":
        return ", ".join(part for part in (place, english_date(dated)) if part)
    if dated is None:
        day = "ngày      tháng      năm" if place else ""
    else:
        month = f"{dated.month:02}" if dated.month < 3 else str(dated.month)
        day = f"ngày {dated.day:02} tháng {month} năm {dated.year}"
    return ", ".join(part for part in (place, day) if part)


def english_date(dated: date | None) -> str:
    return "" if dated is None else f"{dated.day} {MONTHS[dated.month - 1]} {dated.year}"


def recipient_lines(recipients: tuple[str, ...]) -> list[str]:
    """'- Như trên;' and so on; the last ends with a full stop (annex I, II.9b)."""
    bare = [recipient.strip().lstrip("-").strip().rstrip(";.") for recipient in recipients]
    return [f"- {line}{'.' if number == len(bare) else ';'}" for number, line in enumerate(bare, 1)]
