"""Reading a stranger's PDF, inside a worker: qpdf for the structure and PDFium for the text; both have to accept it."""

import hashlib
import io
import unicodedata
from collections.abc import Iterator

import pikepdf
import pypdfium2

from ecabinet.paper.intake import PdfFacts
from ecabinet.paper.kinds import Kind, kind_of
from ecabinet.paper.pdf_actions import refuse_dangerous_actions
from ecabinet.paper.refusals import PaperRefused

# How many pages are searched for a text layer: a scanned cover before a typed report is common.
TEXT_SAMPLE = 5
LONGEST_TITLE = 300

MARKINGS = {"MẬT": "MẬT", "TỐIMẬT": "TỐI MẬT", "TUYỆTMẬT": "TUYỆT MẬT"}

REFUSED_KINDS = {
    Kind.EMPTY: "empty_file",
    Kind.OFFICE: "word_not_pdf",
    Kind.OLD_OFFICE: "word_not_pdf",
    Kind.ZIP: "zip_not_pdf",
    Kind.ARCHIVE: "zip_not_pdf",
    Kind.IMAGE: "image_not_pdf",
    Kind.WEB_PAGE: "web_page_not_pdf",
    Kind.OTHER: "not_a_pdf",
}


def facts_of(data: bytes, max_pages: int) -> PdfFacts:
    """PaperRefused for a file that may not be taken in; `intake.py` tells what is let in and why."""
    _refuse_other_kinds(data)
    title = _structure(data, max_pages)
    pages, has_text = _text_of_pages(data, max_pages)
    return PdfFacts(pages, len(data), hashlib.sha256(data).hexdigest(), title, has_text)


def _refuse_other_kinds(data: bytes) -> None:
    kind = kind_of(data)
    if kind is not Kind.PDF:
        raise PaperRefused(REFUSED_KINDS[kind])
    behind = data[data.rfind(b"%%EOF") + 5 :] if b"%%EOF" in data else b""
    if kind_of(behind) in (Kind.OFFICE, Kind.ZIP, Kind.ARCHIVE, Kind.WEB_PAGE):
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
