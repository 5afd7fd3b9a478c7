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
- A stamp of state secrecy (MẬT, TỐI MẬT, TUYỆT MẬT by the Law on the protection of state secrets) alone on a line of
  the first page: refused in this networked system. A scanned page cannot be checked; `has_text` tells so.
"""

from dataclasses import dataclass
from pathlib import Path

from ecabinet.paper.refusals import PaperRefused
from ecabinet.paper.workers import Workers

MEGABYTE = 1024 * 1024
MAX_PAGES = 2000


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
    """Runs in a worker. The server only names this function and never loads the two readers."""
    from ecabinet.paper.pdf_reading import facts_of

    return facts_of(source if isinstance(source, bytes) else source.read_bytes(), max_pages)
