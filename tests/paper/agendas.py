"""Agenda folders for tests, written in a line or two."""

from pathlib import Path

import pytest

from ecabinet.paper.agenda_file import AgendaFile, AgendaFileInvalid, Problem, read_agenda

AGENDAS = Path(__file__).parents[2] / "agendas"
SMALLEST = "body: {code: ubnd, name: UBND tỉnh}\nmeeting: {key: k, title: Phiên họp}\n"


def write(folder: Path, text: str | bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    data = text if isinstance(text, bytes) else text.encode()
    (folder / "agenda.yaml").write_bytes(data)
    return folder


def read(folder: Path, text: str | bytes) -> AgendaFile:
    return read_agenda(write(folder, text))


def problems(folder: Path, text: str | bytes) -> list[Problem]:
    with pytest.raises(AgendaFileInvalid) as raised:
        read(folder, text)
    return list(raised.value.problems)


def told(folder: Path, text: str | bytes) -> list[tuple[int | None, str]]:
    """(line, fault in English) of each problem."""
    return [(problem.line, problem.text.en) for problem in problems(folder, text)]


def copy_of(sample: Path, into: Path) -> Path:
    """The sample with stand-ins for the PDFs, which only the build makes: distinct bytes under every paper's name."""
    folder = into / sample.name
    folder.mkdir(parents=True)
    (folder / "agenda.yaml").write_bytes((sample / "agenda.yaml").read_bytes())
    for source in sample.glob("*.md"):
        (folder / source.name).with_suffix(".pdf").write_bytes(b"%PDF-1.7 " + source.name.encode())
    return folder
