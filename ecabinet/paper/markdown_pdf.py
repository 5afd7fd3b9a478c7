"""Papers written as Markdown become official PDFs: the sample dossiers in `agendas/` are made so.

    ---
    kind: TỜ TRÌNH              # the only entry that is needed, with issuer
    issuer: Sở Du lịch
    superior: UBND tỉnh Thừa Thiên Huế
    number: 45/TTr-SDL
    place: Thừa Thiên Huế
    date: 2026-11-10
    summary: Về việc thông qua Đề án phát triển du lịch
    to: [Ủy ban nhân dân tỉnh]
    signer: GIÁM ĐỐC            # or {authority: KT. GIÁM ĐỐC, title: PHÓ GIÁM ĐỐC}, or a list of two
    recipients: [Như trên, "Lưu: VT"]
    illustrative: true          # says so in the footer of every page
    ---
    > Căn cứ Luật ...           # a quotation is the legal basis, a line each
    # QUYẾT NGHỊ:               # centred; ## I., ### 1., #### a) stand left

Also: language (vi, en), layout (decree30, plain), draft (true). `python -m ecabinet.paper.markdown_pdf agendas FONTS`
makes every PDF that is missing or older than its Markdown.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from ecabinet.paper.document import OfficialDocument
from ecabinet.paper.markdown_blocks import blocks_of
from ecabinet.paper.markdown_head import document_of, split
from ecabinet.paper.official import OFFICIAL, to_pdf
from ecabinet.paper.refusals import PaperRefused


def to_document(text: str) -> OfficialDocument:
    """PaperRefused when the head is missing or wrong."""
    head, body = split(text)
    return document_of(head, blocks_of(body))


def markdown_to_pdf(text: str, fonts: Path) -> bytes:
    """The same bytes for the same text, so that importing a sample again changes nothing."""
    return to_pdf(to_document(text), fonts)


def make_papers(folder: Path, fonts: Path) -> list[Path]:
    """The PDFs that were made anew beneath `folder`, each beside its Markdown. Markdown without a head is no paper."""
    made = []
    for source in sorted(folder.rglob("*.md")):
        target = source.with_suffix(".pdf")
        text = source.read_text(encoding="utf-8")
        if text.startswith("---\n") and not _is_fresh(target, source):
            _write(target, _made(source, text, fonts))
            made.append(target)
    return made


def _made(source: Path, text: str, fonts: Path) -> bytes:
    try:
        return markdown_to_pdf(text, fonts)
    except PaperRefused as refusal:
        refusal.add_note(str(source))
        raise


def _is_fresh(target: Path, source: Path) -> bool:
    made = target.stat().st_mtime if target.exists() else 0.0
    return all(made > maker.stat().st_mtime for maker in (source, *_makers()))


def _makers() -> Iterator[Path]:
    """What a PDF depends on beside its text."""
    yield from OFFICIAL.iterdir()
    yield from Path(__file__).parent.glob("*.py")


def _write(target: Path, pdf: bytes) -> None:
    """Whole or not at all: a build that is stopped leaves no half paper."""
    half = target.with_name(target.name + ".part")
    half.write_bytes(pdf)
    os.replace(half, target)


if __name__ == "__main__":
    for paper in make_papers(Path(sys.argv[1]), Path(sys.argv[2])):
        print(paper)
