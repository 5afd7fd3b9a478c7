"""The files folder: bytes kept under their SHA-256, written whole or not at all."""

import asyncio
import errno
import hashlib
import os
import re
import secrets
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from ecabinet.rules.text import Text

_SHA256 = re.compile(r"[0-9a-f]{64}")
_CHUNK_BYTES = 1 << 20


class DiskFull(Exception):
    """There is no room for the file; nothing of it was kept."""

    text = Text(
        "Máy chủ hết chỗ lưu trữ nên chưa lưu được tệp. Hãy báo người quản trị; tệp của bạn vẫn còn nguyên trên máy bạn.",
        "The server has no room left, so the file was not stored. Tell the administrator; your own copy is untouched.",
    )


@dataclass(frozen=True, slots=True)
class KeptFile:
    sha256: str
    size_bytes: int


class FileStore:
    """Content-addressed: the same bytes are one file, however often and under whatever names they come."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def put(self, content: bytes | Path) -> KeptFile:
        """Returns once the bytes are on disk. Raises DiskFull."""
        return await asyncio.to_thread(self._put, content)

    def path(self, sha256: str) -> Path:
        """Where the file lies, whether or not it is there. Raises ValueError on what is no SHA-256."""
        if not _SHA256.fullmatch(sha256):
            raise ValueError("not a SHA-256")
        return self.folder / sha256[:2] / sha256

    def has(self, sha256: str) -> bool:
        return self.path(sha256).is_file()

    async def drop(self, dropped: Collection[str], unused_since: datetime) -> None:
        """Remove these bytes, but for what was sent again meanwhile, and what a stopped server left half written.

        What merely has no row stays: the database may be one that was restored from yesterday.
        """
        await asyncio.to_thread(self._drop, dropped, unused_since.timestamp())

    def _drop(self, dropped: Collection[str], unused_since: float) -> None:
        for path in [*map(self.path, dropped), *self.folder.glob("??/.*")]:
            if path.is_file() and path.stat().st_mtime < unused_since:
                path.unlink()

    def _put(self, content: bytes | Path) -> KeptFile:
        kept = _measure(content)
        path = self.path(kept.sha256)
        if path.is_file() and path.stat().st_size == kept.size_bytes:
            path.touch()  # In use again: `drop` leaves it alone.
            return kept
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_whole(path, content, kept)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise DiskFull from error
            raise
        return kept


def _write_whole(path: Path, content: bytes | Path, kept: KeptFile) -> None:
    """Under its final name there is never a part of a file, not even after a power cut."""
    temporary = path.with_name(f".{kept.sha256}.{secrets.token_hex(8)}")
    try:
        with temporary.open("xb") as file:
            digest = _copy(content, file)
            file.flush()
            os.fsync(file.fileno())
        if digest != kept.sha256:
            raise RuntimeError("the file changed while it was being stored")
        temporary.chmod(0o440)
        temporary.replace(path)
        _sync_folder(path.parent)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _copy(content: bytes | Path, file: BinaryIO) -> str:
    digest = hashlib.sha256()
    for chunk in _chunks(content):
        digest.update(chunk)
        file.write(chunk)
    return digest.hexdigest()


def _measure(content: bytes | Path) -> KeptFile:
    digest, size = hashlib.sha256(), 0
    for chunk in _chunks(content):
        digest.update(chunk)
        size += len(chunk)
    return KeptFile(digest.hexdigest(), size)


def _chunks(content: bytes | Path) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    with content.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            yield chunk


def _sync_folder(folder: Path) -> None:
    """A rename is on disk only when its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
