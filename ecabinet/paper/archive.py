"""Unpacking an uploaded zip into a folder of its own: nothing outside of it, nothing unbounded, nothing twice."""

import asyncio
import stat
import tempfile
import unicodedata
import zipfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path, PurePosixPath

from ecabinet.paper.kinds import Kind, kind_of
from ecabinet.paper.packed import PackLimits, copy_member, open_zip
from ecabinet.paper.refusals import PaperRefused
from ecabinet.paper.workers import Workers

ZIP_LIMITS = PackLimits()
LONGEST_PART_BYTES = 255
DEEPEST = 10

# What computers add by themselves, and nobody meant to send.
LEFT_OUT = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")

UTF8_NAME = 0x800


@asynccontextmanager
async def unpacked(workers: Workers, source: Path, limits: PackLimits = ZIP_LIMITS) -> AsyncIterator[Path]:
    """A temporary folder with the archive's files, removed at the end; PaperRefused leaves nothing behind."""
    folder = await asyncio.to_thread(tempfile.TemporaryDirectory, prefix="ecabinet-zip-")
    try:
        await workers.run(unpack, source, Path(folder.name), limits)
        yield Path(folder.name)
    finally:
        await asyncio.to_thread(folder.cleanup)


def unpack(source: Path, into: Path, limits: PackLimits) -> list[str]:
    """The relative names (NFC, with slashes) of the files written into the empty folder `into`. Runs in a worker."""
    with source.open("rb") as stream:
        if kind_of(stream.read(64)) not in (Kind.ZIP, Kind.OFFICE):
            raise PaperRefused("not_a_zip")
        with open_zip(stream, source.stat().st_size, limits) as archive:
            members = list(_safe_members(archive))
            for name, member in members:
                target = into.joinpath(name)
                target.parent.mkdir(parents=True, exist_ok=True)
                with target.open("xb") as file:
                    copy_member(archive, member, file)
            return [str(name) for name, _ in members]


def _safe_members(archive: zipfile.ZipFile) -> Iterator[tuple[PurePosixPath, zipfile.ZipInfo]]:
    """Every name is judged before the first byte is written."""
    files: set[PurePosixPath] = set()
    folders: set[PurePosixPath] = set()
    for member in archive.infolist():
        name = _safe_name(member)
        if any(part in LEFT_OUT for part in name.parts):
            continue
        _refuse_special(member, name)
        if member.is_dir():
            continue
        _refuse_twice(_folded(name), name, files, folders)
        yield name, member


def _safe_name(member: zipfile.ZipInfo) -> PurePosixPath:
    raw = _decoded(member).replace("\\", "/")
    parts = [part for part in raw.rstrip("/").split("/") if part != "."]
    if not parts or len(parts) > DEEPEST or not all(map(_is_safe, parts)):
        raise PaperRefused("zip_unsafe_name", name=_shown(raw))
    return PurePosixPath(*parts)


def _decoded(member: zipfile.ZipInfo) -> str:
    """NFC. macOS writes UTF-8 without saying so, and zipfile then takes it for the DOS alphabet."""
    name = member.orig_filename
    if not member.flag_bits & UTF8_NAME:
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            pass  # it really was the DOS alphabet
    return unicodedata.normalize("NFC", name)


def _is_safe(part: str) -> bool:
    """No empty part (an absolute name), no way up, no drive, no character that hides or breaks a name."""
    hidden = any(unicodedata.category(letter) in ("Cc", "Cf", "Cs") for letter in part)
    return part not in ("", "..") and ":" not in part and not hidden and len(part.encode()) <= LONGEST_PART_BYTES


def _shown(name: str) -> str:
    return "".join("?" if unicodedata.category(letter)[0] == "C" else letter for letter in name)[:100]


def _refuse_special(member: zipfile.ZipInfo, name: PurePosixPath) -> None:
    """Unix keeps the file's kind in the upper half: links and devices are refused, DOS writes nothing there."""
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise PaperRefused("zip_not_a_file", name=str(name))


def _folded(name: PurePosixPath) -> PurePosixPath:
    return PurePosixPath(str(name).casefold())


def _refuse_twice(
    folded: PurePosixPath, name: PurePosixPath, files: set[PurePosixPath], folders: set[PurePosixPath]
) -> None:
    """Also a name that is a file here and a folder there."""
    above = set(folded.parents)
    if folded in files or folded in folders or above & files:
        raise PaperRefused("zip_name_twice", name=str(name))
    files.add(folded)
    folders |= above
