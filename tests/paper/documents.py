"""Three official documents, and where on their pages the words and lines stand."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

import pypdfium2
import pypdfium2.raw as pdfium

from ecabinet.paper.document import (
    AttendanceRow,
    AttendanceTable,
    Bases,
    BulletList,
    Facts,
    Heading,
    NumberedList,
    OfficialDocument,
    Paragraph,
    Run,
    Signature,
    Table,
    VoteRow,
    VoteTable,
)
from ecabinet.paper.official import to_pdf
from ecabinet.resources import FONTS

MM = 72 / 25.4
WIDTH, HEIGHT = 210 * MM, 297 * MM
LEFT, RIGHT, TOP, BOTTOM = 30 * MM, WIDTH - 15 * MM, HEIGHT - 20 * MM, 20 * MM
MIDDLE = (LEFT + RIGHT) / 2

VOTE = VoteTable(
    question="Thông qua Đề án phát triển du lịch",
    rows=(VoteRow("Tán thành", 13), VoteRow("Không tán thành", 6), VoteRow("Không biểu quyết", 1242)),
    base="25 (tổng số thành viên)",
    threshold="13 (quá nửa tổng số thành viên)",
    verdict="Thông qua",
    explanation="Có 13/25 thành viên tán thành.",
)
MINUTES = OfficialDocument(
    language="vi",
    issuer="Ủy ban nhân dân tỉnh Thừa Thiên Huế",
    kind_title="BIÊN BẢN",
    number_symbol="12/BB-UBND",
    place="Huế",
    dated=date(2026, 11, 24),
    summary="Phiên họp thường kỳ tháng 11 năm 2026",
    blocks=(
        Facts((("Thời gian bắt đầu", "08 giờ 00 phút"), ("Địa điểm", "Phòng họp số 1"))),
        AttendanceTable("Có mặt 2/3.", (AttendanceRow("Chủ tịch", "Có mặt"), AttendanceRow("Phó Chủ tịch", "Vắng"))),
        *(Paragraph(f"Đoạn {number}. " + "Ủy ban nhân dân tỉnh thảo luận và thống nhất. " * 6) for number in range(12)),
        VOTE,
        replace(VOTE, question="Thông qua kế hoạch đầu tư công"),
    ),
    signatures=(Signature("Thư ký"), Signature("Chủ tọa")),
    recipients=("Như thành phần dự họp", "Lưu: VT, TH"),
    footer_note="Tài liệu minh họa",
)
SUBMISSION = OfficialDocument(
    language="vi",
    superior="UBND tỉnh Thừa Thiên Huế",
    issuer="Sở Du lịch",
    kind_title="TỜ TRÌNH",
    number_symbol="45/TTr-SDL",
    place="Thừa Thiên Huế",
    dated=date(2026, 2, 5),
    summary="Về việc thông qua Đề án phát triển du lịch",
    addressed_to=("Ủy ban nhân dân tỉnh",),
    blocks=(
        Bases(("Căn cứ Luật Du lịch", "Theo đề nghị của Phòng Quản lý du lịch")),
        Heading("I. SỰ CẦN THIẾT"),
        Paragraph((Run("Điều 1. ", bold=True), Run("Phê duyệt ☑ A ☐ B ✓ đ Đ ₫ ằẳẵặ ểễệ ỗộ ữự ỹỵ"))),
        BulletList(("Một",)),
        NumberedList(("Hai", "Ba"), start=2),
        Table(("Năm", "Vốn"), (("2027", "1.242"),), ("centre", "right")),
    ),
    signatures=(Signature("Giám đốc", authority="TM. Ban lãnh đạo"),),
    recipients=("Như trên", "Lưu: VT"),
    draft_mark="DỰ THẢO",
)
COUNCIL = OfficialDocument(
    language="en",
    layout="plain",
    superior="Welwyn Hatfield Borough Council",
    issuer="Cabinet",
    kind_title="MINUTES",
    place="Council Chamber",
    dated=date(2020, 11, 3),
    summary="Meeting of the Cabinet, Tuesday 3 November 2020",
    blocks=(Facts((("In the chair", "Leader of the Council"),)), VOTE, Paragraph("The meeting ended at 18:10.")),
    signatures=(Signature("Secretary"), Signature("Chair")),
)


@dataclass(frozen=True)
class Words:
    """A stretch of text on the page; points from the lower left corner."""

    page: int
    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@cache
def pdf_of(document: OfficialDocument) -> bytes:
    return to_pdf(document, FONTS)


def pages_of(document: OfficialDocument) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(pdf_of(document))


def find(document: OfficialDocument, text: str) -> list[Words]:
    return list(_found(document, text))


def _found(document: OfficialDocument, text: str) -> Iterator[Words]:
    for number, page in enumerate(pages_of(document), 1):
        textpage = page.get_textpage()
        search = textpage.search(text, match_case=True)
        while place := search.get_next():
            boxes = [textpage.get_rect(rectangle) for rectangle in range(textpage.count_rects(*place))]
            lefts, bottoms, rights, tops = zip(*boxes, strict=True)
            yield Words(number, text, min(lefts), min(bottoms), max(rights), max(tops))


def only(document: OfficialDocument, text: str) -> Words:
    (found,) = find(document, text)
    return found


def size_of(document: OfficialDocument, text: str) -> float:
    place = only(document, text)
    page = pages_of(document)[place.page - 1].get_textpage()
    first, _ = page.search(text, match_case=True).get_next()
    return round(pdfium.FPDFText_GetFontSize(page, first) * page_scale(page, first), 1)


def page_scale(page: pypdfium2.PdfTextPage, index: int) -> float:
    """WeasyPrint draws letters of the size 1 in a scaled space, or at their size: the matrix tells."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(page, index, matrix)
    return abs(matrix.d)


def rules_under(document: OfficialDocument, words: Words) -> list[float]:
    """The widths of the horizontal lines drawn within 8 points beneath the words."""
    page = pages_of(document)[words.page - 1]
    boxes = [drawn.get_bounds() for drawn in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH])]
    return [
        right - left
        for left, bottom, right, _ in boxes
        if words.bottom - 8 < bottom < words.bottom and left >= words.left - 2 and right <= words.right + 2
    ]
