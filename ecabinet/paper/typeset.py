"""HTML and a style sheet become a PDF/A: WeasyPrint, our fonts, and nothing fetched from anywhere."""

import warnings
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse, URLFetchingError

# Whole fonts: WeasyPrint ignores unicode-range, so that the subsets of the web give garbage for Vietnamese.
FACES: Mapping[tuple[str, str], str] = {
    ("normal", "normal"): "Tinos_400Regular.ttf",
    ("normal", "italic"): "Tinos_400Regular_Italic.ttf",
    ("bold", "normal"): "Tinos_700Bold.ttf",
    ("bold", "italic"): "Tinos_700Bold_Italic.ttf",
}


def typeset(html: str, style: Path, fonts: Path) -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint leaves its colour profile open
        return _typeset(html, style, fonts)


def _typeset(html: str, style: Path, fonts: Path) -> bytes:
    fetcher = FontsOnly(fonts)
    font_config = FontConfiguration()
    sheets = [
        CSS(string=_font_faces(fonts), font_config=font_config, url_fetcher=fetcher),
        CSS(string=style.read_text(encoding="utf-8"), font_config=font_config, url_fetcher=fetcher),
    ]
    page = HTML(string=html, url_fetcher=fetcher)
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
