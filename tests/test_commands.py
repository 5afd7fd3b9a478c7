"""The commands, as an administrator types them."""

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ecabinet.__main__ import app
from ecabinet.resources import AGENDAS

SAMPLE = AGENDAS / "hungyen-ubnd-thuong-ky-thang-4"
PASSWORD = "chim sẻ đậu mái đình"


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ECABINET_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    return tmp_path


def run(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(app, list(words), input=typed)


def test_help_does_not_wait_for_a_web_server_to_load() -> None:
    code = "import sys, ecabinet.__main__; print([m for m in ('starlette', 'sqlalchemy', 'alembic', 'jinja2') if m in sys.modules])"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"


def test_administrator_is_added_once() -> None:
    typed = f"{PASSWORD}\n{PASSWORD}\n"
    assert run("add-administrator", "quantri", typed=typed).exit_code == 0
    again = run("add-administrator", "quantri", typed=typed)
    assert again.exit_code == 1
    assert "This user name is already taken." in again.output
    assert PASSWORD not in again.output


def test_weak_password_is_refused_in_the_language_of_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "vi_VN.UTF-8")
    refused = run("add-administrator", "quantri", typed="short\nshort\n")
    assert refused.exit_code == 1
    assert "Mật khẩu cần ít nhất 15 ký tự" in refused.output


def test_password_of_nobody_cannot_be_set() -> None:
    run("migrate")
    refused = run("set-password", "nobody", typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert refused.exit_code == 1
    assert "There is no such account." in refused.output


def test_agenda_goes_in_and_comes_out_again(data: Path) -> None:
    assert run("import-agenda", str(SAMPLE)).exit_code == 0
    again = run("import-agenda", str(SAMPLE))
    assert again.output.startswith("+ 0  ~ 0  = ")
    assert run("export-agenda", SAMPLE.name, str(data / "out")).exit_code == 0
    assert (data / "out" / "agenda.yaml").is_file()
    full = run("export-agenda", SAMPLE.name, str(data / "out"))
    assert (full.exit_code, full.output.strip()) == (
        1,
        "The folder has files in it. Choose an empty folder or a new one.",
    )


def test_folder_without_an_agenda_is_explained(data: Path) -> None:
    refused = run("import-agenda", str(data))
    assert refused.exit_code == 1
    assert "agenda.yaml" in refused.output and "Traceback" not in refused.output


@pytest.mark.parametrize("command", ["replay", "verify"])
def test_meeting_that_was_not_called_has_no_record(command: str) -> None:
    run("import-agenda", str(SAMPLE))
    refused = run(command, SAMPLE.name)
    assert refused.exit_code == 1
    assert f"There is no called meeting with the key {SAMPLE.name}." in refused.output
