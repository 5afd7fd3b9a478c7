"""Reading an agenda folder: agenda.yaml and the papers that it names."""

from pathlib import Path

from ecabinet.paper.agenda_build import build
from ecabinet.paper.agenda_checks import meaning_problems, rules_problems
from ecabinet.paper.agenda_parts import AgendaFile
from ecabinet.paper.agenda_problems import AGENDA_NAME, AgendaFileInvalid, Problem, fault
from ecabinet.paper.agenda_schema import structure_problems
from ecabinet.paper.strict_yaml import MAX_BYTES, read_yaml

__all__ = ["AgendaFile", "AgendaFileInvalid", "Problem", "read_agenda", "sample_folders"]


def read_agenda(folder: Path) -> AgendaFile:
    """Raises AgendaFileInvalid with every problem at once. A hostile file takes seconds: use a thread."""
    root, problems = read_yaml(_bytes_of(folder))
    if root is None or not isinstance(root.value, dict):
        raise AgendaFileInvalid(problems or [_nothing_there()])
    structure = structure_problems(root)
    problems = [*problems, *structure, *meaning_problems(root, folder)]
    if not structure:
        problems += rules_problems(root)
    if problems:
        raise AgendaFileInvalid(problems)
    return build(root, folder)


def sample_folders(agendas: Path) -> list[Path]:
    """The folders of `agendas` that hold a meeting, by name."""
    return sorted(path.parent for path in agendas.glob(f"*/{AGENDA_NAME}"))


def _bytes_of(folder: Path) -> bytes:
    path = folder / AGENDA_NAME
    if not path.is_file() or not path.resolve().is_relative_to(folder.resolve()):
        raise AgendaFileInvalid([_no_agenda(folder)])
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _no_agenda(folder: Path) -> Problem:
    return fault(
        None,
        (
            f"thư mục “{folder.name}” không có tệp {AGENDA_NAME}",
            f"the folder “{folder.name}” has no file {AGENDA_NAME}",
        ),
        (
            "Chọn thư mục của cuộc họp, hoặc viết tệp này theo docs/agenda-format.md.",
            "Choose the folder of a meeting, or write the file as docs/agenda-format.md tells.",
        ),
    )


def _nothing_there() -> Problem:
    return fault(
        1,
        ("tệp không có nội dung của một cuộc họp", "the file holds no meeting"),
        (
            "Viết ít nhất body (code, name) và meeting (key, title).",
            "Write at least body (code, name) and meeting (key, title).",
        ),
    )
