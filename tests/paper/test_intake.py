"""Taking in a PDF: what is let in with which facts, what is refused with which reason."""

import asyncio
import hashlib
from pathlib import Path
from random import Random

import pikepdf
import pytest
from pikepdf import Dictionary, Name, Pdf, String

from ecabinet.paper.intake import PdfFacts, check_pdf
from ecabinet.paper.refusals import SENTENCES, PaperRefused
from ecabinet.paper.workers import Workers
from tests.paper import pdfs

MEGABYTE = 1024 * 1024
REPORT = pdfs.typeset("<title>Báo cáo kinh tế - xã hội</title><p>Tăng cường bảo mật thông tin.</p>")
SCAN = pdfs.typeset("<svg width='100' height='100'><rect width='99' height='99'/></svg>")
MARKED = "<p>UBND TỈNH</p><p style='color: red'>{}</p><p>Số: 12/BC-UBND</p>"


async def reason_for(
    workers: Workers, source: bytes | Path, max_bytes: int = 50 * MEGABYTE, max_pages: int = 2000
) -> str:
    """The reason of the refusal; '' when the file is let in."""
    try:
        await check_pdf(workers, source, max_bytes, max_pages)
    except PaperRefused as refusal:
        assert refusal.text.vi and refusal.text.en
        return refusal.reason
    return ""


async def test_check_pdf_tells_the_facts(workers: Workers) -> None:
    digest = hashlib.sha256(REPORT).hexdigest()
    assert await check_pdf(workers, REPORT, MEGABYTE) == PdfFacts(
        1, len(REPORT), digest, "Báo cáo kinh tế - xã hội", True
    )


async def test_check_pdf_reads_a_file_from_its_path(workers: Workers, tmp_path: Path) -> None:
    path = tmp_path / "không dấu.pdf"
    path.write_bytes(REPORT)
    assert await check_pdf(workers, path, MEGABYTE) == await check_pdf(workers, REPORT, MEGABYTE)


async def test_check_pdf_sees_that_a_scan_has_no_text(workers: Workers) -> None:
    assert not (await check_pdf(workers, SCAN, MEGABYTE)).has_text


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Microsoft Word - Tờ trình.docx", "Tờ trình.docx"),
        ("To\u031b\u0300 tri\u0300nh", "Tờ trình"),
        ("a\r\nSet-Cookie:\0 x\u202e", "a Set-Cookie: x"),
        ("x" * 1000, "x" * 300),
        ("", ""),
    ],
)
async def test_check_pdf_cleans_the_title(workers: Workers, title: str, shown: str) -> None:
    pdf = pdfs.changed(REPORT, lambda opened: opened.docinfo.__setitem__("/Title", title))
    assert (await check_pdf(workers, pdf, MEGABYTE)).title == shown


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (b"", "empty_file"),
        (b"\0 \n" * 10, "empty_file"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "web_page_not_pdf"),
        (b"<?xml version='1.0'?><!-- x --><svg onload='alert(1)'/>", "web_page_not_pdf"),
        (b"<html>" + REPORT, "web_page_not_pdf"),
        (b"GIF89a" + REPORT, "image_not_pdf"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "image_not_pdf"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "image_not_pdf"),
        (pdfs.zipped(**{"a.pdf": REPORT}), "zip_not_pdf"),
        (b"Rar!\x1a\x07\0" + bytes(100), "zip_not_pdf"),
        (pdfs.zipped(**{"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), "word_not_pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "word_not_pdf"),
        (b"{\\rtf1 x}", "word_not_pdf"),
        ("Biên bản cuộc họp".encode(), "not_a_pdf"),
        (b"MZ\x90\0" + bytes(100), "not_a_pdf"),
        (REPORT + pdfs.zipped(x=b"x" * 100), "pdf_with_something_behind"),
        (REPORT + b"\n<script>alert(1)</script>", "pdf_with_something_behind"),
        (b"%PDF-1.7\n<html><script>alert(1)</script></html>", "pdf_broken"),
        (REPORT[: len(REPORT) // 3], "pdf_broken"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 100, "pdf_broken"),
        (pdfs.raw(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"), "pdf_without_pages"),
        (pdfs.raw(b"<</Type/Catalog/Pages 2 0 R>>", b"42"), "pdf_broken"),
        (pdfs.raw(b"[1 2 3]"), "pdf_broken"),
        (pdfs.raw(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 1>>"), "pdf_broken"),
    ],
    ids=lambda value: value if isinstance(value, str) else "file",
)
async def test_check_pdf_refuses_what_is_no_sound_pdf(workers: Workers, source: bytes, reason: str) -> None:
    assert await reason_for(workers, source) == reason


@pytest.mark.parametrize("make", [pdfs.exponential_pages, pdfs.content_bomb, pdfs.deep_nesting])
async def test_check_pdf_survives_files_made_to_overload_it(workers: Workers, make: type) -> None:
    reasons = ("needs_too_much_memory", "takes_too_long", "reader_died", "pdf_broken", "pdf_too_many_pages")
    assert await reason_for(workers, await asyncio.to_thread(make)) in reasons
    assert await reason_for(workers, REPORT) == ""


async def test_check_pdf_counts_the_pages_that_are_there(workers: Workers) -> None:
    assert (await check_pdf(workers, pdfs.page_count_lies(2_000_000_000), MEGABYTE)).pages == 1


@pytest.mark.parametrize("seed", range(40))
async def test_check_pdf_says_something_clear_about_any_damage(workers: Workers, seed: int) -> None:
    """Either it is read, or the refusal has words; a bug would come back as JobFailed."""
    random = Random(seed)
    damaged = bytearray(REPORT)
    for _ in range(random.choice((1, 10, 300))):
        damaged[random.randrange(5, len(damaged))] = random.randrange(256)
    assert await reason_for(workers, bytes(damaged)) in {"", *SENTENCES}


async def test_check_pdf_refuses_a_file_that_is_too_large(workers: Workers) -> None:
    with pytest.raises(PaperRefused) as caught:
        await check_pdf(workers, REPORT + b"\n" * 3 * MEGABYTE, 2 * MEGABYTE)
    assert (caught.value.reason, caught.value.params) == ("file_too_large", {"size_mb": 4, "limit_mb": 2})


async def test_check_pdf_refuses_too_many_pages(workers: Workers) -> None:
    three = pdfs.typeset("<p>1</p>" + "<p style='break-before: page'>x</p>" * 2)
    assert await reason_for(workers, three, max_pages=3) == ""
    assert await reason_for(workers, three, max_pages=2) == "pdf_too_many_pages"


def encrypted(**passwords: str) -> bytes:
    return pdfs.changed(REPORT, lambda pdf: None, encryption=pikepdf.Encryption(**passwords))


async def test_check_pdf_refuses_a_password_but_not_mere_restrictions(workers: Workers) -> None:
    assert await reason_for(workers, encrypted(owner="x", user="y")) == "pdf_needs_password"
    assert await reason_for(workers, encrypted(owner="x", user="")) == ""


def follows(first: Dictionary, second: Dictionary) -> Dictionary:
    return Dictionary(S=first.S, URI=String("https://example.org"), Next=second)


HARMLESS = pdfs.action(Name.URI, URI=String("https://example.org"))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (pdfs.opens_with(pdfs.LAUNCH), "pdf_starts_programs"),
        (pdfs.opens_with(follows(HARMLESS, pdfs.LAUNCH)), "pdf_starts_programs"),
        (pdfs.link(pdfs.LAUNCH), "pdf_starts_programs"),
        (pdfs.page_event(pdfs.LAUNCH), "pdf_starts_programs"),
        (pdfs.bookmark(pdfs.LAUNCH), "pdf_starts_programs"),
        (pdfs.opens_with(pdfs.SCRIPT), "pdf_runs_script"),
        (pdfs.page_event(pdfs.SCRIPT), "pdf_runs_script"),
        (pdfs.document_script, "pdf_runs_script"),
        (pdfs.bookmarks_in_a_circle, "pdf_broken"),
        (pdfs.link(pdfs.SCRIPT), ""),
        (pdfs.link(HARMLESS), ""),
        (pdfs.bookmark(HARMLESS), ""),
    ],
)
async def test_check_pdf_refuses_actions_that_reach_out(workers: Workers, change: object, reason: str) -> None:
    assert await reason_for(workers, pdfs.changed(REPORT, change)) == reason  # type: ignore[arg-type]


def attach(pdf: Pdf) -> None:
    pdf.attachments["data.xml"] = b"<record/>"


async def test_check_pdf_lets_in_attached_files_and_damage_that_readers_repair(workers: Workers) -> None:
    assert await reason_for(workers, pdfs.changed(REPORT, attach)) == ""
    assert await reason_for(workers, REPORT.replace(b"startxref", b"startxxxx")) == ""
    assert await reason_for(workers, b"\xef\xbb\xbf\r\n" + REPORT + b"\0" * 500) == ""


@pytest.mark.parametrize(
    ("line", "marking"),
    [("MẬT", "MẬT"), ("TỐI MẬT", "TỐI MẬT"), ("TUYỆT  MẬT", "TUYỆT MẬT"), ("M Ậ T", "MẬT"), ("[MẬT]", "MẬT")],
)
async def test_check_pdf_refuses_a_state_secret_by_its_stamp(workers: Workers, line: str, marking: str) -> None:
    with pytest.raises(PaperRefused) as caught:
        await check_pdf(workers, pdfs.typeset(MARKED.format(line)), MEGABYTE)
    assert (caught.value.reason, caught.value.params) == ("state_secret", {"marking": marking})


@pytest.mark.parametrize(
    "line",
    [
        "Bảo mật",
        "BẢO MẬT",
        "mật",
        "Tài liệu MẬT phải được bảo quản",
        "KHÔNG MẬT",
        "Độ mật: không",
        "MẬT ĐỘ DÂN SỐ",
        "Mật",
    ],
)
async def test_check_pdf_reads_prose_about_secrecy_as_prose(workers: Workers, line: str) -> None:
    assert await reason_for(workers, pdfs.typeset(MARKED.format(line))) == ""
