"""Where the templates, the built static files, the sample agendas and the translations are."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _root() -> Path:
    """A wheel carries them in `_data`; a checkout has them beside the package, and an editable install keeps no copy."""
    inside = _PACKAGE / "_data"
    return inside if inside.is_dir() else _PACKAGE.parent


ROOT = _root()
TEMPLATES = ROOT / "templates"
STATIC = ROOT / "static"
DIST = STATIC / "dist"
FONTS = DIST / "fonts"
AGENDAS = ROOT / "agendas"
LOCALE = _PACKAGE / "locale"
