"""What a file is, told by its first bytes: a name proves nothing."""

from enum import StrEnum

# How much of a file is looked at. A mark of a web page may stand behind comments and an XML declaration.
LOOKED_AT_BYTES = 4096

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .doc, .xls, .ppt of before 2007, and .xlsx with a password
IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM", b"RIFF", b"\0\0\0\x0cjP")
WEB_MARKS = (b"<!doctype html", b"<html", b"<svg", b"<script", b"<body", b"<head")
OFFICE_MEMBERS = (b"word/", b"xl/", b"ppt/", b"[Content_Types].xml", b"mimetypeapplication/vnd.oasis")


class Kind(StrEnum):
    PDF = "pdf"
    OFFICE = "office"
    OLD_OFFICE = "old office"
    ZIP = "zip"
    ARCHIVE = "archive that is no zip"
    IMAGE = "image"
    WEB_PAGE = "web page"
    EMPTY = "empty"
    OTHER = "other"


def kind_of(data: bytes) -> Kind:
    """Blanks and a byte order mark may stand before the first mark, as some scanners write them."""
    start = data[:LOOKED_AT_BYTES].lstrip(b"\xef\xbb\xbf\0 \t\r\n\f")
    if not start:
        return Kind.EMPTY
    if start.startswith(b"%PDF-"):
        return Kind.PDF
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Kind.OFFICE if any(member in start for member in OFFICE_MEMBERS) else Kind.ZIP
    if start.startswith((b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b")):
        return Kind.ARCHIVE
    if start.startswith((OLE, b"{\\rtf")):
        return Kind.OLD_OFFICE
    if data.startswith(IMAGES):
        return Kind.IMAGE
    if any(mark in start.lower() for mark in WEB_MARKS):
        return Kind.WEB_PAGE
    return Kind.OTHER
