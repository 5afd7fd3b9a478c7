"""A full disk while votes and files come in: nothing is promised that is not kept, reading goes on, and so does the server."""

import os
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import pytest

from ecabinet.rules.ballots import receipt
from tests.faults.chamber import ITEM, MEETING, PASSWORD, POLL, SECRETARY, Server, furnish, recount
from tests.faults.voters import broken_promises, voting
from tests.web.desk_house import pdf

# Twice what SQLite's log grows to before it is folded into the database: once there is room again, it is enough.
DISK_KB = 8192


@dataclass
class Disk:
    """A small disk of its own, that can be filled and freed."""

    folder: Path

    @property
    def _ballast(self) -> Path:
        return self.folder / "ballast"

    def fill(self) -> None:
        with suppress(OSError), self._ballast.open("ab", buffering=0) as file:
            while True:
                file.write(os.urandom(4096))

    def free(self) -> None:
        self._ballast.unlink(missing_ok=True)


@pytest.fixture
def disk(tmp_path: Path) -> Any:
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={DISK_KB}k,mode=0700", "tmpfs", str(folder)],
        capture_output=True,
        text=True,
    )
    if mounted.returncode:
        pytest.skip(f"a small disk cannot be mounted here: {mounted.stderr.strip()}")
    yield Disk(folder)
    subprocess.run(["umount", "-l", str(folder)], check=True)


async def test_a_full_disk_breaks_no_promise(disk: Disk, tmp_path: Path) -> None:
    tokens = await furnish(disk.folder)
    server = Server(disk.folder, tmp_path / "server.log")
    await server.start()
    try:
        async with voting(server, tokens, Random(1)) as promises:
            await promises.until(20)
            disk.fill()
            await promises.until_true(lambda: promises.refusals["not_recorded"] >= 20)
            await _reading_goes_on_and_writing_is_refused_in_words(server, tokens[SECRETARY])
            disk.free()
            await promises.until(len(promises.acknowledged) + 40)
            await _writing_goes_on(server, tokens[SECRETARY])
        assert server.is_running()
    finally:
        server.kill()
    found, record = await recount(server.data_dir)
    assert found.problems == [] and broken_promises(promises, record) == ([], [])
    assert set(promises.refusals) == {"not_recorded"}
    assert all(said == receipt(id_) for id_, (_, _, said) in promises.acknowledged.items())
    _the_log_holds_no_secret(server.log.read_text(), tokens)


async def test_acknowledging_on_a_full_disk_would_be_caught(disk: Disk, tmp_path: Path) -> None:
    """The mutant: it says 'done' whether or not there is room."""
    tokens = await furnish(disk.folder)
    server = Server(disk.folder, tmp_path / "server.log", module="tests.faults.hasty")
    await server.start()
    try:
        async with voting(server, tokens, Random(1)) as promises:
            disk.fill()
            await promises.until(200)
    finally:
        server.kill()
    _, record = await recount(server.data_dir)
    lost, _ = broken_promises(promises, record)
    assert lost


async def _reading_goes_on_and_writing_is_refused_in_words(server: Server, token: str) -> None:
    async with server.web(token) as web:
        for page in ("/", f"/meetings/{MEETING}/room", f"/api/meetings/{MEETING}/parts", "/desk/meetings/2", "/readyz"):
            assert (await web.get(page)).status_code == 200, page
        late = await web.post(
            f"/api/meetings/{MEETING}/papers", data={"id": "late", "item": ITEM}, files={"file": _paper()}
        )
        assert (late.status_code, late.json()["error"]) == (507, "disk_full")
        on_desk = await web.post("/desk/meetings/2/items/2/papers", data=_form(), files={"files": _paper()})
        assert on_desk.status_code == 507
        assert "Máy chủ hết chỗ lưu trữ" in on_desk.text and "Tờ trình về du lịch" in on_desk.text
        note = await web.post(
            f"/api/meetings/{MEETING}/commands", json={"id": "note", "do": "note_item", "item": ITEM, "note": "x"}
        )
        added = await web.post(
            f"/api/meetings/{MEETING}/commands", json={"id": "more", "do": "add_item", "title": {"vi": "Nội dung thêm"}}
        )
        for answer in (note, added):
            assert (answer.status_code, answer.json()["refused"]["reason"]) == (503, "not_recorded"), answer.text
        sign_in = await web.post("/api/session", json={"username": "p1", "password": PASSWORD})
        assert (sign_in.status_code, sign_in.json()["error"]) == (507, "disk_full")


async def _writing_goes_on(server: Server, token: str) -> None:
    """The same forms and commands, with the same ids, once there is room again."""
    async with server.web(token) as web:
        late = await web.post(
            f"/api/meetings/{MEETING}/papers", data={"id": "late", "item": ITEM}, files={"file": _paper()}
        )
        assert "done" in late.json(), late.text
        on_desk = await web.post("/desk/meetings/2/items/2/papers", data=_form(), files={"files": _paper()})
        assert on_desk.status_code == 303, on_desk.text
        added = await web.post(
            f"/api/meetings/{MEETING}/commands", json={"id": "more", "do": "add_item", "title": {"vi": "Nội dung thêm"}}
        )
        assert "done" in added.json()
        assert (await web.post("/api/session", json={"username": "p1", "password": PASSWORD})).status_code == 201


def _paper() -> tuple[str, bytes, str]:
    return ("a.pdf", pdf(3), "application/pdf")


def _form() -> dict[str, str]:
    return {"new_title_vi": "Tờ trình về du lịch", "new_kind": "other", "new_language": "vi", "form_key": "k" * 20}


def _the_log_holds_no_secret(log: str, tokens: dict[int, str]) -> None:
    """The failures stand in it, so it could have held what failed."""
    assert "batch_failed" in log and "request_failed" in log and "item_not_reserved" in log
    assert POLL not in log and "not_voting" not in log and "against" not in log
    assert PASSWORD not in log and not any(token in log for token in tokens.values())
    assert "t" * 32 not in log and "$argon2id$" not in log
