"""The files folder: content-addressed, whole or not at all."""

import errno
import hashlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from ecabinet.store.files import DiskFull, FileStore

CONTENT = b"%PDF-1.7 a paper"
SHA256 = hashlib.sha256(CONTENT).hexdigest()


def every_file(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


async def test_put_keeps_the_bytes_under_their_hash(tmp_path: Path) -> None:
    files = FileStore(tmp_path)
    kept = await files.put(CONTENT)
    assert (kept.sha256, kept.size_bytes) == (SHA256, len(CONTENT))
    assert files.path(SHA256).read_bytes() == CONTENT
    assert files.has(SHA256)


async def test_put_takes_a_path_of_more_than_a_chunk(tmp_path: Path) -> None:
    source = tmp_path / "large.pdf"
    source.write_bytes(os.urandom(3_000_000))
    files = FileStore(tmp_path / "files")
    kept = await files.put(source)
    assert kept.size_bytes == 3_000_000
    assert files.path(kept.sha256).read_bytes() == source.read_bytes()


async def test_the_same_bytes_are_one_file(tmp_path: Path) -> None:
    files = FileStore(tmp_path)
    first = await files.put(CONTENT)
    written = files.path(SHA256).stat().st_ino
    assert await files.put(CONTENT) == first
    assert every_file(tmp_path) == [files.path(SHA256)]
    assert files.path(SHA256).stat().st_ino == written


async def test_a_file_cut_short_by_a_crash_is_written_again(tmp_path: Path) -> None:
    files = FileStore(tmp_path)
    files.path(SHA256).parent.mkdir()
    files.path(SHA256).write_bytes(CONTENT[:3])
    await files.put(CONTENT)
    assert files.path(SHA256).read_bytes() == CONTENT


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "0" * 63, "G" * 64, SHA256.upper(), SHA256 + "\n"])
def test_path_refuses_what_is_no_hash(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        FileStore(tmp_path).path(name)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
async def test_a_full_disk_at_the_sync_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def full(handle: int) -> None:
        raise OSError(code, os.strerror(code))

    # A file system that allocates late tells of a full disk only here.
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull):
        await FileStore(tmp_path).put(CONTENT)
    assert every_file(tmp_path) == []


async def test_another_failure_is_not_called_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(handle: int) -> None:
        raise OSError(errno.EIO, "input/output error")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(OSError, match="input/output error"):
        await FileStore(tmp_path).put(CONTENT)
    assert every_file(tmp_path) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder], capture_output=True)
    if mounted.returncode:
        pytest.skip("only root may mount a small disk")
    yield folder
    subprocess.run(["umount", folder], check=True)


async def test_a_really_full_disk_keeps_what_it_has(small_disk: Path) -> None:
    files = FileStore(small_disk)
    await files.put(CONTENT)
    with pytest.raises(DiskFull):
        await files.put(os.urandom(200_000))
    assert every_file(small_disk) == [files.path(SHA256)]
    assert (await files.put(CONTENT)).sha256 == SHA256
