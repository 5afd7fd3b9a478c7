"""Official documents, asserted on the PDF: Decree 30/2020, annexes I and III, and the plain layout."""

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from ecabinet.paper.document import AttendanceRow, AttendanceTable, Facts, OfficialDocument, Paragraph
from ecabinet.paper.official import to_html, to_pdf
from ecabinet.paper.typeset import FontsOnly
from ecabinet.paper.workers import Limits, Workers
from ecabinet.resources import FONTS
from tests.paper.documents import (
    BOTTOM,
    COUNCIL,
    HEIGHT,
    LEFT,
    MIDDLE,
    MINUTES,
    MM,
    RIGHT,
    SUBMISSION,
    TOP,
    WIDTH,
    find,
    only,
    pages_of,
    pdf_of,
    rules_under,
    size_of,
)


@pytest.mark.parametrize("document", [MINUTES, SUBMISSION, COUNCIL], ids=["minutes", "submission", "council"])
def test_every_page_is_upright_a4(document: OfficialDocument) -> None:
    for page in pages_of(document):
        assert page.get_size() == pytest.approx((WIDTH, HEIGHT), abs=0.1)


def test_text_keeps_the_margins_20_15_20_30() -> None:
    text = pages_of(MINUTES)[1].get_textpage()
    boxes = [text.get_rect(number) for number in range(text.count_rects())]
    body = [box for box in boxes if BOTTOM < box[3] < TOP + 4]
    assert min(left for left, *_ in body) == pytest.approx(LEFT, abs=1)
    assert max(right for _, _, right, _ in body) == pytest.approx(RIGHT, abs=1)
    assert max(top for *_, top in body) == pytest.approx(TOP, abs=6)
    assert min(bottom for _, bottom, _, _ in body) > BOTTOM


def test_the_head_is_in_the_upper_corners() -> None:
    nation, motto = (
        only(SUBMISSION, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        only(SUBMISSION, "Độc lập - Tự do - Hạnh phúc"),
    )
    assert nation.top == pytest.approx(TOP, abs=6)
    assert nation.top - nation.bottom < 15  # one line
    assert nation.left > 100 * MM
    assert nation.right <= RIGHT + 3 * MM
    assert motto.middle == pytest.approx(nation.middle, abs=1)
    assert only(SUBMISSION, "UBND TỈNH THỪA THIÊN HUẾ").bottom == pytest.approx(nation.bottom, abs=4)
    assert only(SUBMISSION, "SỞ DU LỊCH").bottom == pytest.approx(motto.bottom, abs=4)


def test_the_line_under_the_motto_is_as_long_as_the_motto() -> None:
    motto = only(SUBMISSION, "Độc lập - Tự do - Hạnh phúc")
    (width,) = rules_under(SUBMISSION, motto)
    assert width == pytest.approx(motto.right - motto.left, abs=3)


@pytest.mark.parametrize("text", ["SỞ DU LỊCH", "Về việc thông qua Đề án phát triển du lịch"])
def test_the_line_under_agency_and_summary_is_a_third_to_a_half_of_it(text: str) -> None:
    words = only(SUBMISSION, text)
    (width,) = rules_under(SUBMISSION, words)
    assert 1 / 3 <= width / (words.right - words.left) <= 1 / 2


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12),
        ("Độc lập - Tự do - Hạnh phúc", 13),
        ("UBND TỈNH THỪA THIÊN HUẾ", 12),
        ("SỞ DU LỊCH", 12),
        ("Số: 45/TTr-SDL", 13),
        ("Thừa Thiên Huế, ngày 05 tháng 02 năm 2026", 13),
        ("TỜ TRÌNH", 14),
        ("Về việc thông qua Đề án phát triển du lịch", 14),
        ("Căn cứ Luật Du lịch", 14),
        ("GIÁM ĐỐC", 14),
        ("Nơi nhận:", 12),
        ("- Như trên;", 11),
        ("- Lưu: VT.", 11),
    ],
)
def test_sizes_are_those_of_annex_i(text: str, points: float) -> None:
    assert size_of(SUBMISSION, text) == points


def test_number_and_date_stand_in_one_row() -> None:
    number, dated = only(SUBMISSION, "Số: 45/TTr-SDL"), only(SUBMISSION, "Thừa Thiên Huế, ngày 05 tháng 02 năm 2026")
    assert number.bottom == pytest.approx(dated.bottom, abs=4)
    assert number.middle == pytest.approx(only(SUBMISSION, "SỞ DU LỊCH").middle, abs=1)


def test_title_summary_and_addressee_are_centred() -> None:
    for text in ("TỜ TRÌNH", "Về việc thông qua Đề án phát triển du lịch", "Kính gửi: Ủy ban nhân dân tỉnh"):
        assert only(SUBMISSION, text).middle == pytest.approx(MIDDLE, abs=1)


def test_first_lines_are_indented_by_1_27_cm() -> None:
    for text in (
        "Căn cứ Luật Du lịch;",
        "Theo đề nghị của Phòng Quản lý du lịch.",
        "I. SỰ CẦN THIẾT",
        "- Một",
        "2. Hai",
        "3. Ba",
    ):
        assert only(SUBMISSION, text).left == pytest.approx(LEFT + 12.7 * MM, abs=1.5)


def test_page_number_is_centred_in_the_top_margin_from_the_second_page_on() -> None:
    for number, page in enumerate(pages_of(MINUTES), 1):
        above = page.get_textpage().get_text_bounded(bottom=TOP + 4).strip()
        assert above == ("" if number == 1 else str(number))
    two = next(words for words in find(MINUTES, "2") if words.page == 2 and words.bottom > TOP + 4)
    assert two.middle == pytest.approx(MIDDLE, abs=1)
    assert len(pages_of(MINUTES)) > 1


def test_minutes_have_no_place_and_date_beside_their_number() -> None:
    assert find(MINUTES, "ngày 24 tháng 11") == []
    assert only(MINUTES, "Số: 12/BB-UBND").page == 1


def test_a_long_agency_name_is_set_in_two_even_lines() -> None:
    first, second = only(MINUTES, "ỦY BAN NHÂN DÂN"), only(MINUTES, "TỈNH THỪA THIÊN HUẾ")
    assert first.bottom > second.top - 2
    assert first.middle == pytest.approx(second.middle, abs=1)


def test_secretary_signs_left_chair_right_recipients_under_the_secretary() -> None:
    secretary, chair, label = only(MINUTES, "THƯ KÝ"), only(MINUTES, "CHỦ TỌA"), only(MINUTES, "Nơi nhận:")
    assert secretary.middle < MIDDLE < chair.middle
    assert secretary.bottom == pytest.approx(chair.bottom, abs=4)
    assert label.top < secretary.bottom - 20 * MM
    assert label.left == pytest.approx(LEFT, abs=1)


def test_one_signature_stands_right_of_the_recipients() -> None:
    authority, office = only(SUBMISSION, "TM. BAN LÃNH ĐẠO"), only(SUBMISSION, "GIÁM ĐỐC")
    assert office.middle == pytest.approx(authority.middle, abs=1)
    assert authority.left > MIDDLE
    assert only(SUBMISSION, "Nơi nhận:").top == pytest.approx(authority.top, abs=4)


def test_signatures_never_stand_alone_on_a_page() -> None:
    """Whatever the length of the text, something of it is on the page of the signatures."""
    for lines in range(20, 34):
        document = replace(MINUTES, blocks=tuple(Paragraph(f"Dòng {number}") for number in range(lines)))
        last = [page.get_textpage().get_text_bounded() for page in pages_of(document)][-1]
        assert "Dòng" in last and "THƯ KÝ" in last


def test_a_vote_shows_counts_base_threshold_and_verdict_as_given() -> None:
    text = "".join(page.get_textpage().get_text_bounded() for page in pages_of(MINUTES))
    said = " ".join(text.split())
    for words in (
        "Tán thành 13",
        "Không biểu quyết 1.242",
        "Cơ sở tính: 25 (tổng số thành viên).",
        "Kết quả: Thông qua.",
    ):
        assert said.count(words) == 2


def test_draft_mark_is_boxed_in_the_head_and_on_later_pages() -> None:
    long = replace(SUBMISSION, blocks=(Paragraph("Một đoạn dài. " * 600),))
    assert [words.page for words in find(long, "DỰ THẢO")] == list(range(1, len(pages_of(long)) + 1))


@pytest.mark.parametrize("document", [MINUTES, SUBMISSION, COUNCIL], ids=["minutes", "submission", "council"])
def test_pdf_is_tagged_archivable_and_carries_its_fonts(document: OfficialDocument) -> None:
    with pikepdf.open(io.BytesIO(pdf_of(document))) as pdf:
        assert str(pdf.Root.Lang) == document.language
        assert pdf.Root.MarkInfo.Marked and "/StructTreeRoot" in pdf.Root and "/OutputIntents" in pdf.Root
        with pdf.open_metadata() as metadata:
            assert metadata.pdfa_status == "3A"
        fonts = [
            font
            for font in pdf.objects
            if isinstance(font, pikepdf.Dictionary) and font.get("/Type") == "/FontDescriptor"
        ]
        assert fonts and all("/FontFile2" in font or "/FontFile3" in font for font in fonts)
        names = {str(font.FontName).split("+")[1].split("-")[0] for font in fonts}
    assert names == {"Tinos", "DejaVu"} if document is SUBMISSION else {"Tinos"}


def test_vietnamese_letters_and_signs_survive() -> None:
    text = pages_of(SUBMISSION)[0].get_textpage().get_text_bounded()
    assert "☑ A ☐ B ✓ đ Đ ₫ ằẳẵặ ểễệ ỗộ ữự ỹỵ" in text


def test_the_same_document_gives_the_same_bytes() -> None:
    assert to_pdf(MINUTES, FONTS) == to_pdf(MINUTES, FONTS)


def test_plain_layout_has_its_own_head_and_foot() -> None:
    head, title = only(COUNCIL, "Welwyn Hatfield Borough Council"), only(COUNCIL, "MINUTES")
    assert head.left == pytest.approx(title.left, abs=1)
    assert only(COUNCIL, "Council Chamber, 3 November 2020").bottom < title.bottom
    assert only(COUNCIL, "Secretary").left < only(COUNCIL, "Chair").left
    assert only(COUNCIL, "Page 1 of 1").bottom < BOTTOM + 4
    assert find(COUNCIL, "CỘNG HÒA") == []
    assert find(COUNCIL, "1,242")


def test_decree_layout_in_english() -> None:
    english = replace(SUBMISSION, language="en", kind_title="SUBMISSION")
    assert only(english, "SOCIALIST REPUBLIC OF VIET NAM").right <= RIGHT + 3 * MM
    assert only(english, "Thừa Thiên Huế, 5 February 2026")


def test_lines_that_were_typed_stay_lines() -> None:
    typed = replace(COUNCIL, blocks=(Paragraph("It was agreed:\n- to wait\n- to ask again"),))
    tops = [only(typed, text).top for text in ("It was agreed:", "- to wait", "- to ask again")]
    assert tops[0] > tops[1] > tops[2]


def test_a_day_that_is_not_known_stays_open() -> None:
    assert "Huế, ngày      tháng      năm" in to_html(replace(SUBMISSION, place="Huế", dated=None))
    assert "ngày" not in to_html(replace(SUBMISSION, place="", dated=None, blocks=()))


def test_text_is_never_markup() -> None:
    hostile = "<script>alert(1)</script><img src='file:///etc/passwd'>&amp;{{ 7 * 7 }}"
    html = to_html(replace(COUNCIL, issuer=hostile, blocks=(Paragraph(hostile), Facts(((hostile, hostile),)))))
    assert "<script" not in html and "<img" not in html and "49" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize("url", ["file:///etc/passwd", "http://127.0.0.1:1/x", "ftp://x/y", "data:text/plain,x"])
def test_nothing_but_fonts_is_fetched(url: str) -> None:
    with pytest.raises(OSError, match="may not load"):
        FontsOnly(FONTS).fetch(url)
    with pytest.raises(OSError, match="may not load"):
        FontsOnly(FONTS).fetch(f"{FONTS.as_uri()}/../manifest.json")


def test_without_the_built_fonts_the_machines_own_serve(tmp_path: Path) -> None:
    text = pypdfium2.PdfDocument(to_pdf(COUNCIL, tmp_path))[0].get_textpage().get_text_bounded()
    assert "MINUTES" in text


async def test_a_worker_sets_long_minutes_within_the_usual_limits(workers: Workers) -> None:
    members = tuple(AttendanceRow(f"Ủy viên, Giám đốc Sở số {number}", "Có mặt") for number in range(25))
    long = replace(MINUTES, blocks=(AttendanceTable("Có mặt 25/25.", members), *MINUTES.blocks * 6))
    pdf = await workers.run(to_pdf, long, FONTS, limits=Limits())
    assert len(pypdfium2.PdfDocument(pdf)) > 8
