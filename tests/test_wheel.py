"""The wheel alone, in an empty environment: the command works, and its pages, styles and agendas are there."""

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

HOUSE = Path(__file__).parent.parent
UV = Path(sys.executable).parent / "uv"
START_S = 60


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of a fresh environment that holds the wheel and what it asks for, nothing else."""
    folder = tmp_path_factory.mktemp("wheel")
    python = folder / "venv" / "bin" / "python"
    run(UV, "build", "--wheel", "--no-build-isolation", "--python", sys.executable, "--out-dir", folder, HOUSE)
    run(UV, "venv", "--python", sys.executable, folder / "venv")
    (wheel,) = folder.glob("*.whl")
    run(UV, "pip", "install", "--python", python, "-c", HOUSE / "requirements.lock.txt", wheel)
    return python.parent


@pytest.fixture
def address(installed: Path, tmp_path: Path) -> Iterator[str]:
    """A server started by the installed command, away from the checkout."""
    port = free_port()
    environment = clean() | {"ECABINET_DATA_DIR": str(tmp_path / "data"), "ECABINET_PORT": str(port)}
    server = subprocess.Popen([installed / "ecabinet", "serve"], cwd=tmp_path, env=environment)
    yield f"http://localhost:{port}"
    server.terminate()
    server.wait(timeout=20)


def test_the_command_answers(installed: Path, tmp_path: Path) -> None:
    assert "import-agenda" in run(installed / "ecabinet", "--help", cwd=tmp_path)


def test_the_sample_agendas_are_in_it(installed: Path, tmp_path: Path) -> None:
    script = (
        "from ecabinet.resources import AGENDAS; print(*sorted(str(path) for path in AGENDAS.glob('*/agenda.yaml')))"
    )
    found = run(installed / "python", "-c", script, cwd=tmp_path).split()
    assert {Path(path).parent.name for path in found} == {
        path.parent.name for path in HOUSE.glob("agendas/*/agenda.yaml")
    }
    assert all(Path(path).is_relative_to(installed.parent) for path in found)


async def test_it_serves_its_pages(address: str) -> None:
    async with httpx2.AsyncClient(base_url=address) as client:
        await until_it_answers(client)
        page = (await client.get("/sign-in")).text
        assert "Đăng nhập" in page
        style = page.split('rel="stylesheet" href="')[1].split('"')[0]
        assert (await client.get(style)).status_code == 200


async def until_it_answers(client: httpx2.AsyncClient) -> None:
    """A server says nothing when it is ready, so it is asked."""
    async with asyncio.timeout(START_S):
        while True:
            try:
                if (await client.get("/readyz")).status_code == 200:
                    return
            except httpx2.TransportError:
                await asyncio.sleep(0.1)


def run(*command: str | Path, cwd: Path | None = None) -> str:
    done = subprocess.run(command, cwd=cwd, env=clean(), capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def clean() -> dict[str, str]:
    """Without what would lead a command back to the checkout, and wide enough that no word of the help is cut."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("ECABINET_", "PYTHON", "VIRTUAL_ENV"))
    }
    return kept | {"COLUMNS": "200"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
