"""Taking in a paper: whether it is a PDF that every tablet can open, and what is to be known of it.

What is refused and what is let in, with the reason:
- The content decides, never the name. HTML, SVG, archives, pictures and Word files are told apart, so that the person
  learns what to do; a PDF with one of them hidden behind its end is refused (it would be two files in one).
- A password to open: refused, the members do not have it. Restrictions without a password (no printing, no copying)
  are let in: everybody can read such a file.
- Damage that a reader repairs is let in unchanged, since writing a file anew breaks its signatures.
- A Launch action anywhere on a page, a bookmark or the document: refused, no honest paper has one.
- JavaScript that runs by itself on opening: refused. JavaScript in the fields of a form is let in: old office forms
  have it, the tablet's reader never runs it, and the file is served under a sandboxing CSP.
- Attached files are let in: PDF/A-3 has them by design. They are never unpacked, listed or offered.
- A stamp of state secrecy (Law on protection of state secrets 29/2018/QH14, art. 8) alone on a line of the first page:
  refused in this networked system. A scanned page without a text layer cannot be checked; `has_text` tells so.
"""

import hashlib
import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2

from ecabinet.paper.kinds import Kind, kind_of
from ecabinet.paper.pdf_actions import refuse_dangerous_actions
from ecabinet.paper.refusals import PaperRefused
from ecabinet.paper.workers import Workers

MEGABYTE = 1024 * 1024
MAX_PAGES = 2000

# How many pages are searched for a text layer: a scanned cover before a typed report is common.
TEXT_SAMPLE = 5
LONGEST_TITLE = 300

MARKINGS = {"MẬT": "MẬT", "TỐIMẬT": "TỐI MẬT", "TUYỆTMẬT": "TUYỆT MẬT"}

REFUSED_KINDS = {
    Kind.EMPTY: "empty_file",
    Kind.OFFICE: "word_not_pdf",
    Kind.OLD_OFFICE: "word_not_pdf",
    Kind.ZIP: "zip_not_pdf",
    Kind.IMAGE: "image_not_pdf",
    Kind.WEB_PAGE: "web_page_not_pdf",
    Kind.OTHER: "not_a_pdf",
}


@dataclass(frozen=True, slots=True)
class PdfFacts:
    """`sha256` in hex; `title` as the file's own metadata give it, perhaps empty; `has_text` is false for a pure scan."""

    pages: int
    size_bytes: int
    sha256: str
    title: str
    has_text: bool


async def check_pdf(workers: Workers, source: Path | bytes, max_bytes: int, max_pages: int = MAX_PAGES) -> PdfFacts:
    """The facts of a PDF that may be taken in; PaperRefused for every other file."""
    refuse_size(source, max_bytes)
    return await workers.run(read_pdf, source, max_pages)


def refuse_size(source: Path | bytes, max_bytes: int) -> None:
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    if size == 0:
        raise PaperRefused("empty_file")
    if size > max_bytes:
        raise PaperRefused("file_too_large", size_mb=-(-size // MEGABYTE), limit_mb=max_bytes // MEGABYTE)


def read_pdf(source: Path | bytes, max_pages: int) -> PdfFacts:
    """Runs in a worker: two readers, qpdf for the structure and PDFium for the text, both have to accept the file."""
    data = source if isinstance(source, bytes) else source.read_bytes()
    _refuse_other_kinds(data)
    title = _structure(data, max_pages)
    pages, has_text = _text_of_pages(data, max_pages)
    return PdfFacts(pages, len(data), hashlib.sha256(data).hexdigest(), title, has_text)


def _refuse_other_kinds(data: bytes) -> None:
    kind = kind_of(data)
    if kind is not Kind.PDF:
        raise PaperRefused(REFUSED_KINDS[kind])
    behind = data[data.rfind(b"%%EOF") + 5 :] if b"%%EOF" in data else b""
    if kind_of(behind) in (Kind.OFFICE, Kind.ZIP, Kind.WEB_PAGE):
        raise PaperRefused("pdf_with_something_behind")


def _structure(data: bytes, max_pages: int) -> str:
    """The title, when qpdf can read the structure and nothing in it is dangerous."""
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
            _refuse_pages(len(pdf.pages), max_pages)
            refuse_dangerous_actions(pdf)
            return _title(pdf)
    except pikepdf.PasswordError:
        raise PaperRefused("pdf_needs_password") from None
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        # qpdf's words for damage, and what a file gets that has a number where a dictionary has to stand
        raise PaperRefused("pdf_broken") from None


def _refuse_pages(pages: int, max_pages: int) -> None:
    if pages == 0:
        raise PaperRefused("pdf_without_pages")
    if pages > max_pages:
        raise PaperRefused("pdf_too_many_pages", pages=pages, limit=max_pages)


def _title(pdf: pikepdf.Pdf) -> str:
    raw = pdf.docinfo.get("/Title", "") if "/Info" in pdf.trailer else ""
    words = "".join(" " if unicodedata.category(letter)[0] == "C" else letter for letter in str(raw))
    title = " ".join(unicodedata.normalize("NFC", words).split()).removeprefix("Microsoft Word - ")
    return title[:LONGEST_TITLE]


def _text_of_pages(data: bytes, max_pages: int) -> tuple[int, bool]:
    try:
        pdf = pypdfium2.PdfDocument(data)
        pages = len(pdf)
        _refuse_pages(pages, max_pages)
        texts = _texts(pdf, min(pages, TEXT_SAMPLE))
        first = next(texts)
        _refuse_marking(first)
        return pages, bool(first.strip()) or any(text.strip() for text in texts)
    except pypdfium2.PdfiumError:
        raise PaperRefused("pdf_broken") from None


def _texts(pdf: pypdfium2.PdfDocument, count: int) -> Iterator[str]:
    for index in range(count):
        yield pdf[index].get_textpage().get_text_bounded()


def _refuse_marking(text: str) -> None:
    """A stamp stands alone on its line and in capitals; 'bảo mật' in a sentence is none."""
    for line in text.splitlines():
        letters = "".join(c for c in unicodedata.normalize("NFC", line) if c.isalpha())
        if letters in MARKINGS:
            raise PaperRefused("state_secret", marking=MARKINGS[letters])
