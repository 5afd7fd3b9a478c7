"""Papers written as Markdown: every part becomes a block, a wrong head says what to mend, the same text the same bytes."""

import io
import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from ecabinet.paper.document import (
    Bases,
    Block,
    BulletList,
    Heading,
    NumberedList,
    OfficialDocument,
    Paragraph,
    Run,
    Signature,
    Table,
)
from ecabinet.paper.markdown_pdf import make_papers, markdown_to_pdf, to_document
from ecabinet.paper.refusals import PaperRefused
from ecabinet.resources import FONTS

HEAD = """\
---
kind: TỜ TRÌNH
issuer: Sở Du lịch
superior: UBND tỉnh
number: 45/TTr-SDL
place: Huế
date: 2026-02-05
summary: Về việc thông qua Đề án
to: [Ủy ban nhân dân tỉnh]
signer: {authority: KT. GIÁM ĐỐC, title: PHÓ GIÁM ĐỐC}
recipients: [Như trên, "Lưu: VT"]
illustrative: true
draft: true
---
"""
SHORT = "---\nkind: BÁO CÁO\nissuer: Sở Du lịch\n{}---\n{}"


def blocks(markdown: str) -> tuple[Block, ...]:
    return to_document(SHORT.format("", markdown)).blocks


def test_the_head_gives_everything_around_the_text() -> None:
    assert to_document(HEAD) == OfficialDocument(
        language="vi",
        layout="decree30",
        kind_title="TỜ TRÌNH",
        issuer="Sở Du lịch",
        superior="UBND tỉnh",
        number_symbol="45/TTr-SDL",
        place="Huế",
        dated=date(2026, 2, 5),
        summary="Về việc thông qua Đề án",
        addressed_to=("Ủy ban nhân dân tỉnh",),
        signatures=(Signature("PHÓ GIÁM ĐỐC", authority="KT. GIÁM ĐỐC"),),
        recipients=("Như trên", "Lưu: VT"),
        footer_note="Tài liệu minh họa, không phải văn bản của cơ quan nhà nước",
        draft_mark="DỰ THẢO",
    )


def test_english_plain_papers_and_two_signatures() -> None:
    document = to_document(
        SHORT.format("language: en\nlayout: plain\nsigner: [Secretary, Chair]\nillustrative: true\n", "")
    )
    assert document == replace(
        to_document(SHORT.format("", "")),
        language="en",
        layout="plain",
        signatures=(Signature("Secretary"), Signature("Chair")),
        footer_note="Illustrative paper, not a document of any authority",
    )


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("Một đoạn\nhai dòng", (Paragraph("Một đoạn hai dòng"),)),
        ("**Điều 1.** Phê *duyệt*", (Paragraph((Run("Điều 1.", bold=True), Run(" Phê "), Run("duyệt", italic=True))),)),
        ("# QUYẾT NGHỊ:", (Heading("QUYẾT NGHỊ:", 1, centred=True),)),
        ("## I\n### 1\n#### a\n###### b", (Heading("I", 1), Heading("1", 2), Heading("a", 3), Heading("b", 3))),
        ("> Căn cứ Luật A;\n> Theo đề nghị của B.", (Bases(("Căn cứ Luật A", "Theo đề nghị của B")),)),
        ("- a\n  - b\n- c", (BulletList(("a",)), BulletList(("b",), "+"), BulletList(("c",)))),
        ("3. a\n4. b\n\n   c\n5. d", (NumberedList(("a", "b"), 3), Paragraph("c"), NumberedList(("d",), 5))),
        (
            "| a | b | c |\n|:-:|---|--:|\n| 1 | **2** | 3 |\n",
            (Table(("a", "b", "c"), (("1", (Run("2", bold=True),), "3"),), ("centre", "left", "right")),),
        ),
        ("<b onclick=x>a</b>", (Paragraph("<b onclick=x>a</b>"),)),
        ("[chữ](javascript:x) ![hình](http://example.org/x.png)", (Paragraph("[chữ](javascript:x) "),)),
        ("***\n", ()),
    ],
)
def test_every_part_of_markdown_becomes_a_block(markdown: str, expected: tuple[Block, ...]) -> None:
    assert blocks(markdown) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "markdown_head_missing"),
        ("# Báo cáo", "markdown_head_missing"),
        ("---\nkind: x\n", "markdown_head_missing"),
        ("---\nkind: x\n---\n", "markdown_head_missing"),
        ("---\n- a\n---\n", "markdown_head_missing"),
        ("---\nkind: x\nissuer: [a\n---\n", "markdown_head_broken"),
        (SHORT.format("numbr: 1\n", ""), "markdown_head_unknown"),
        (SHORT.format("date: 5/2/2026\n", ""), "markdown_head_value"),
        (SHORT.format("draft: perhaps\n", ""), "markdown_head_value"),
        (SHORT.format("layout: fancy\n", ""), "markdown_head_value"),
        (SHORT.format("number: [1]\n", ""), "markdown_head_value"),
        (SHORT.format("signer: {name: x}\n", ""), "markdown_head_value"),
    ],
)
def test_a_wrong_head_is_refused_with_what_to_mend(text: str, reason: str) -> None:
    with pytest.raises(PaperRefused) as caught:
        to_document(text)
    assert caught.value.reason == reason
    assert caught.value.text.vi and caught.value.text.en


def test_a_broken_head_names_its_line() -> None:
    with pytest.raises(PaperRefused) as caught:
        to_document("---\nkind: x\nissuer: a\n  b: c\n---\n")
    assert caught.value.params["line"] == 4


def test_the_same_text_gives_the_same_bytes() -> None:
    text = HEAD + "> Căn cứ\n\n| a |\n|---|\n| 1.242 ☑ |\n"
    assert markdown_to_pdf(text, FONTS) == markdown_to_pdf(text, FONTS)


def test_an_illustrative_paper_says_so_on_every_page() -> None:
    pdf = pypdfium2.PdfDocument(io.BytesIO(markdown_to_pdf(HEAD + "Một đoạn dài.\n\n" * 60, FONTS)))
    assert len(pdf) > 1
    assert all("Tài liệu minh họa" in page.get_textpage().get_text_bounded() for page in pdf)


def test_make_papers_makes_what_is_missing_or_old_and_nothing_else(tmp_path: Path) -> None:
    source = tmp_path / "phiên họp" / "to-trinh.md"
    source.parent.mkdir()
    source.write_text(HEAD + "Nội dung", encoding="utf-8")
    (tmp_path / "README.md").write_text("# No paper", encoding="utf-8")
    paper = source.with_suffix(".pdf")
    assert make_papers(tmp_path, FONTS) == [paper]
    assert make_papers(tmp_path, FONTS) == []
    os.utime(paper, (0, 0))
    assert make_papers(tmp_path, FONTS) == [paper]
    assert sorted(path.name for path in source.parent.iterdir()) == ["to-trinh.md", "to-trinh.pdf"]


def test_make_papers_names_the_file_with_a_wrong_head(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\nkind: x\n---\n", encoding="utf-8")
    with pytest.raises(PaperRefused) as caught:
        make_papers(tmp_path, FONTS)
    assert caught.value.__notes__ == [str(tmp_path / "a.md")]
