"""The papers of an agenda folder: where they lie, and that none of them lies elsewhere."""

import unicodedata
from pathlib import Path

from ecabinet.paper.agenda_problems import Problem, fault, near


def is_plain_name(said: str) -> bool:
    """Whether `said` names a file of this folder on any system: no path, drive, '..', hidden name or control character."""
    if not said.isprintable() or any(char in said for char in '/\\:*?"<>|'):
        return False
    # No end that Windows would drop; most file systems stop at 255 bytes.
    return bool(said) and said.strip(" .") == said and len(said.encode()) <= 200


def find_paper(folder: Path, said: str) -> Path | None:
    """The file, or None. macOS keeps names decomposed (NFD), people type them composed: both find it."""
    for form in ("NFC", "NFD"):
        path = folder / unicodedata.normalize(form, said)
        if path.is_file() and path.resolve().is_relative_to(folder.resolve()):
            return path
    return None


def file_problem(folder: Path, said: str, line: int) -> Problem | None:
    """Why `said` is no paper of this folder."""
    if not is_plain_name(said):
        return _outside(said, line)
    if not said.lower().endswith(".pdf"):
        return _not_pdf(said, line)
    if find_paper(folder, said) is None:
        return _absent(folder, said, line)
    return None


def _outside(said: str, line: int) -> Problem:
    return fault(
        line,
        (f"“{said}” không phải tên tệp trong thư mục này", f"“{said}” is no file name within this folder"),
        (
            "Chép tệp vào cùng thư mục với agenda.yaml và chỉ ghi tên tệp.",
            "Copy the file next to agenda.yaml and write its name only.",
        ),
    )


def _not_pdf(said: str, line: int) -> Problem:
    return fault(
        line,
        (f"“{said}” không phải tệp PDF", f"“{said}” is no PDF"),
        ("Xuất tài liệu ra PDF rồi ghi tên tệp .pdf.", "Export the paper as PDF and name the .pdf file."),
    )


def _absent(folder: Path, said: str, line: int) -> Problem:
    source = Path(said).with_suffix(".md")
    if (folder / source).is_file():
        remedy = (
            f"Tạo PDF từ {source.name}: chạy `make papers`.",
            f"Make the PDF from {source.name}: run `make papers`.",
        )
        return fault(line, (f"chưa có tệp “{said}”", f"the file “{said}” has not been made yet"), remedy)
    present = sorted(unicodedata.normalize("NFC", path.name) for path in folder.glob("*.[pP][dD][fF]"))
    meant = near(said, present)
    return fault(
        line,
        (f"không có tệp “{said}” trong thư mục", f"the folder has no file “{said}”"),
        (f"Có phải “{meant}”?", f"Did you mean “{meant}”?")
        if meant
        else (
            "Chép tệp vào thư mục; nếu chưa có tệp thì bỏ dòng file.",
            "Copy the file into the folder; if there is none yet, leave the line out.",
        ),
    )


def free_name(wanted: str, taken: set[str]) -> str:
    """A name for a paper in an exported folder: the wanted one where it is safe and free (capitals make no difference)."""
    safe = wanted if is_plain_name(wanted) and wanted.lower().endswith(".pdf") else _made_safe(wanted)
    folded = {name.casefold() for name in taken}
    stem = safe[: -len(".pdf")]
    candidates = (safe, *(f"{stem}-{count}.pdf" for count in range(2, len(taken) + 3)))
    return next(name for name in candidates if name.casefold() not in folded)


def _made_safe(wanted: str) -> str:
    stem = wanted.removesuffix(".pdf").replace("\\", "/").rpartition("/")[2]
    kept = "".join(char if char.isalnum() or char in "-_ " else " " for char in stem)
    return ("-".join(kept.split())[:60] or "tai-lieu") + ".pdf"
