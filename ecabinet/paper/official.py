"""Official documents as PDF: the layout of Decree 30/2020/NĐ-CP, and a plain one for bodies elsewhere."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse, URLFetchingError

from ecabinet.paper.document import OfficialDocument
from ecabinet.paper.official_words import WORDS, balanced, place_and_date, recipient_lines
from ecabinet.paper.refusals import whole
from ecabinet.resources import TEMPLATES

OFFICIAL = TEMPLATES / "official"

# Whole fonts: WeasyPrint ignores unicode-range, so that the subsets of the web give garbage for Vietnamese.
FACES: Mapping[tuple[str, str], str] = {
    ("normal", "normal"): "Tinos_400Regular.ttf",
    ("normal", "italic"): "Tinos_400Regular_Italic.ttf",
    ("bold", "normal"): "Tinos_700Bold.ttf",
    ("bold", "italic"): "Tinos_700Bold_Italic.ttf",
}

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
    """PDF/A-3a, tagged, fonts embedded; the same bytes for the same document. `fonts` is the folder with FACES."""
    fetcher = FontsOnly(fonts)
    font_config = FontConfiguration()
    sheets = [
        CSS(string=_font_faces(fonts), font_config=font_config, url_fetcher=fetcher),
        CSS(filename=OFFICIAL / "official.css", font_config=font_config, url_fetcher=fetcher),
    ]
    page = HTML(string=to_html(document), url_fetcher=fetcher)
    pdf: bytes = page.write_pdf(stylesheets=sheets, font_config=font_config, pdf_variant="pdf/a-3a", pdf_tags=True)
    return pdf


class FontsOnly(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Gives WeasyPrint the fonts and nothing else: a document can name no address, of this machine or any other."""

    def __init__(self, fonts: Path) -> None:
        super().__init__()
        self._fonts = fonts.resolve()

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        parts = urlsplit(url)
        path = Path(unquote(parts.path)).resolve()
        if parts.scheme != "file" or not path.is_relative_to(self._fonts):
            raise URLFetchingError(f"an official document may not load {url}")
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": "font/ttf"})


def _font_faces(fonts: Path) -> str:
    """Without the folder (a checkout that was not built) the machine's Liberation Serif has the same metrics."""
    return "".join(
        f"@font-face {{ font-family: Tinos; font-weight: {weight}; font-style: {style}; src: url('{path.as_uri()}') }}\n"
        for (weight, style), name in FACES.items()
        if (path := fonts.resolve() / name).is_file()
    )


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
