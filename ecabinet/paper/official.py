"""Official documents as PDF: the layout of Decree 30/2020/NĐ-CP, and a plain one for bodies elsewhere."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ecabinet.paper.document import OfficialDocument
from ecabinet.paper.official_words import WORDS, balanced, place_and_date, recipient_lines
from ecabinet.paper.refusals import whole
from ecabinet.resources import TEMPLATES

OFFICIAL = TEMPLATES / "official"

MINUTES_TITLE = "BIÊN BẢN"


def to_html(document: OfficialDocument) -> str:
    """The document as one HTML page for print; every text in it is escaped."""
    return (
        _environment()
        .get_template("official.html")
        .render(
            document=document,
            words=WORDS[document.language],
            place_date=_place_date(document),
            recipients=recipient_lines(document.recipients),
        )
    )


def to_pdf(document: OfficialDocument, fonts: Path) -> bytes:
    """PDF/A-3a, tagged, fonts embedded; the same bytes for the same document. `fonts` is the folder of the Tinos files.

    Slow and hungry: `await workers.run(to_pdf, document, fonts)`. The server only names it and never loads WeasyPrint.
    """
    from ecabinet.paper.typeset import typeset

    return typeset(to_html(document), OFFICIAL / "official.css", fonts)


def _place_date(document: OfficialDocument) -> str:
    if document.layout == "decree30" and document.kind_title.upper() == MINUTES_TITLE:
        return ""  # annex III, form 1.10: minutes have no such cell; their first lines tell time and place
    return place_and_date(document.language, document.place, document.dated)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(OFFICIAL),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["number"] = whole
    environment.filters["balanced"] = balanced
    environment.filters["kind"] = lambda block: type(block).__name__
    return environment
