"""Whether a zip container (an upload, an XLSX) may be unpacked at all: counted and measured before anything is kept."""

import zipfile
import zlib
from dataclasses import dataclass
from typing import IO

from ecabinet.paper.refusals import PaperRefused

MEGABYTE = 1024 * 1024
CHUNK = 64 * 1024

# A member smaller than this may be packed as tightly as it likes: an empty sheet is nearly all repetition.
RATIO_FROM_BYTES = MEGABYTE

ENCRYPTED = 0x1
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True, slots=True)
class PackLimits:
    """`total_bytes` unpacked; `ratio` is unpacked to packed size of one member."""

    files: int = 500
    total_bytes: int = 200 * MEGABYTE
    ratio: int = 100


def open_zip(stream: IO[bytes], packed_bytes: int, limits: PackLimits) -> zipfile.ZipFile:
    """The open archive, when what its directory claims is within the limits; the claims are held to by `copy_member`."""
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise PaperRefused("zip_broken") from None
    _refuse_claims(archive.infolist(), packed_bytes, limits)
    return archive


def _refuse_claims(members: list[zipfile.ZipInfo], packed_bytes: int, limits: PackLimits) -> None:
    if len(members) > limits.files:
        raise PaperRefused("zip_too_many_files", limit=limits.files)
    if sum(member.file_size for member in members) > limits.total_bytes:
        raise PaperRefused("zip_too_large", limit_mb=limits.total_bytes // MEGABYTE)
    # Members that share their packed bytes (overlap) add up to more than the archive: the trick of the best bombs.
    if sum(member.compress_size for member in members) > packed_bytes:
        raise PaperRefused("zip_bomb", limit=limits.ratio)
    for member in members:
        _refuse_member(member, limits)


def _refuse_member(member: zipfile.ZipInfo, limits: PackLimits) -> None:
    if member.flag_bits & ENCRYPTED:
        raise PaperRefused("zip_encrypted", name=member.filename)
    if member.compress_type not in METHODS:
        raise PaperRefused("zip_broken")
    if member.file_size > max(RATIO_FROM_BYTES, member.compress_size * limits.ratio):
        raise PaperRefused("zip_bomb", limit=limits.ratio)


def copy_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, into: IO[bytes]) -> None:
    """Reads no further than the size that was claimed and checked; a lie shows as a wrong checksum."""
    try:
        with archive.open(member) as packed:
            while chunk := packed.read(CHUNK):
                into.write(chunk)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError):
        raise PaperRefused("zip_broken") from None
