"""Typing that could not be taken is kept: shown back, and sent again only when the person presses the button."""

import json
from dataclasses import dataclass

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

# What a person types fits in a fraction of this; more is not typing.
KEPT_BYTES = 100_000
_OUR_OWN = {"csrf_token", "kept", "next"}


@dataclass(frozen=True, slots=True)
class KeptForm:
    """`path` is where it was sent. `has_files`: files cannot be kept, the person has to choose them again."""

    path: str
    fields: tuple[tuple[str, str], ...]
    has_files: bool = False

    @property
    def shown(self) -> list[tuple[str, str]]:
        """What a person would recognise as their own words: no keys, no ticks, no bare numbers."""
        return [(name, value) for name, value in self.fields if name != "form_key" and any(map(str.isalpha, value))]

    def to_json(self) -> str:
        return json.dumps({"path": self.path, "fields": self.fields, "has_files": self.has_files}, ensure_ascii=False)


def kept_form(request: Request) -> KeptForm | None:
    """The form of this request, as far as `forms.read_form` has read it."""
    form: FormData | None = getattr(request.state, "form", None)
    if form is None or not is_own_path(request.url.path):
        return None
    fields = tuple((name, value) for name, value in form.multi_items() if isinstance(value, str) and _may_keep(name))
    has_files = any(isinstance(value, UploadFile) and value.filename for value in form.values())
    kept = KeptForm(path_and_query(request), fields, has_files)
    return kept if len(kept.to_json()) <= KEPT_BYTES else None


def read_kept(text: str) -> KeptForm | None:
    """What the sign-in page carried along. It comes from the browser: anything unexpected is dropped."""
    if not text or len(text) > KEPT_BYTES:
        return None
    try:
        data = json.loads(text)
        fields = tuple((str(name), str(value)) for name, value in data["fields"] if _may_keep(str(name)))
        kept = KeptForm(str(data["path"]), fields, bool(data["has_files"]))
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return kept if is_own_path(kept.path) else None


def is_own_path(path: str) -> bool:
    """Whether the browser stays with us: '//host', '/\\host' and schemes would lead elsewhere."""
    return path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()


def _may_keep(name: str) -> bool:
    return name not in _OUR_OWN and "password" not in name


def path_and_query(request: Request) -> str:
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")
