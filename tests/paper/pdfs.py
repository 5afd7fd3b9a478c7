"""PDFs for tests: real ones set by WeasyPrint, and hostile ones made by hand."""

import io
import zipfile
import zlib
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String
from weasyprint import HTML


def typeset(html: str) -> bytes:
    pdf: bytes = HTML(string=f"<html lang='vi'><body style='font-family: serif'>{html}</body></html>").write_pdf()
    return pdf


def changed(pdf: bytes, change: Callable[[Pdf], object], **saving: object) -> bytes:
    """`pdf` after `change`, saved."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        change(opened)
        opened.save(out, **saving)  # type: ignore[arg-type]
    return out.getvalue()


def raw(*objects: bytes) -> bytes:
    """A PDF of these objects, the first being the catalogue; with a right table of references."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        table,
        size,
        len(out),
    )


def stream(data: bytes, extra: bytes = b"") -> bytes:
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(data), extra, data)


def page_count_lies(count: int) -> bytes:
    return raw(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count %d>>" % count, page())


def page(contents: bytes = b"") -> bytes:
    return b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]%s>>" % contents


def exponential_pages(depth: int = 12, width: int = 10) -> bytes:
    """Every level lists the next one ten times: 10^12 pages out of two kilobytes."""
    levels = [
        b"<</Type/Pages/Kids[%s]/Count %d>>"
        % (b" ".join([b"%d 0 R" % (number + 3)] * width), width ** (depth - number))
        for number in range(depth)
    ]
    return raw(b"<</Type/Catalog/Pages 2 0 R>>", *levels, page())


def content_bomb(unpacked_bytes: int = 800_000_000) -> bytes:
    """A page whose text unpacks from one megabyte to 800, packed a megabyte at a time."""
    packer = zlib.compressobj(9)
    line = b"BT /F1 12 Tf (bom) Tj ET\n" * 40_000
    packed = b"".join(packer.compress(line) for _ in range(unpacked_bytes // len(line))) + packer.flush()
    font = b"/Contents 4 0 R/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    return raw(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page(font),
        stream(packed, b"/Filter/FlateDecode"),
    )


def deep_nesting(depth: int = 100_000) -> bytes:
    return raw(
        b"<</Type/Catalog/Pages 2 0 R/X %s%s>>" % (b"[" * depth, b"]" * depth), b"<</Type/Pages/Kids[]/Count 0>>"
    )


def action(kind: Name, **more: object) -> Dictionary:
    return Dictionary(S=kind, **more)


LAUNCH = action(Name.Launch, F=String("calc.exe"))
SCRIPT = action(Name.JavaScript, JS=String("app.alert(1)"))


def opens_with(act: Dictionary) -> Callable[[Pdf], object]:
    return lambda pdf: pdf.Root.__setitem__("/OpenAction", act)


def link(act: Dictionary) -> Callable[[Pdf], object]:
    annotation = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=act)
    return lambda pdf: pdf.pages[0].obj.__setitem__("/Annots", Array([annotation]))


def page_event(act: Dictionary) -> Callable[[Pdf], object]:
    return lambda pdf: pdf.pages[0].obj.__setitem__("/AA", Dictionary(O=act))


def document_script(pdf: Pdf) -> None:
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), SCRIPT])))


def bookmark(act: Dictionary) -> Callable[[Pdf], object]:
    def change(pdf: Pdf) -> None:
        outlines = pdf.make_indirect(Dictionary(Type=Name.Outlines))
        outlines.First = pdf.make_indirect(Dictionary(Title=String("x"), Parent=outlines, A=act))
        pdf.Root.Outlines = outlines

    return change


def bookmarks_in_a_circle(pdf: Pdf) -> None:
    first = pdf.make_indirect(Dictionary(Title=String("x")))
    first.Next = first
    pdf.Root.Outlines = pdf.make_indirect(Dictionary(Type=Name.Outlines, First=first))


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()
