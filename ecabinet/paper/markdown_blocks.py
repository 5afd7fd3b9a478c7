"""The text of a paper written as Markdown, as the blocks of an official document."""

from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from ecabinet.paper.document import (
    Align,
    Bases,
    Block,
    BulletList,
    Heading,
    Inline,
    NumberedList,
    Paragraph,
    Run,
    Table,
)

ALIGNS: dict[str, Align] = {"text-align:right": "right", "text-align:center": "centre"}

# A dash for a list, a plus for a list within it: so it is written in Vietnamese offices.
MARKERS = ("-", "+")


def blocks_of(markdown: str) -> tuple[Block, ...]:
    """HTML in the text stays text; pictures and rules are left out."""
    tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(markdown)
    return tuple(block for node in SyntaxTreeNode(tokens).children for block in _blocks(node))


def _blocks(node: SyntaxTreeNode, depth: int = 0) -> Iterator[Block]:
    match node.type:
        case "heading":
            level = int(node.tag[1])
            yield Heading(_inline(node.children[0]), max(1, min(level - 1, 3)), centred=level == 1)
        case "paragraph":
            yield Paragraph(_inline(node.children[0]))
        case "blockquote":
            yield Bases(tuple(line for child in node.children for line in _lines(child)))
        case "bullet_list" | "ordered_list":
            yield from _list(node, depth)
        case "table":
            yield _table(node)
        case "fence" | "code_block":
            yield Paragraph(node.content.strip())


def _list(node: SyntaxTreeNode, depth: int) -> Iterator[Block]:
    """A list within an item, or a second paragraph, splits the list: blocks do not nest."""
    waiting: list[Inline] = []
    number = int(node.attrs.get("start", 1))
    for item in node.children:
        inner = item.children
        has_text = bool(inner) and inner[0].type == "paragraph"
        waiting.append(_inline(inner[0].children[0]) if has_text else "")
        inner = inner[1:] if has_text else inner
        if inner:
            yield _items(node, waiting, number, depth)
            number, waiting = number + len(waiting), []
            for child in inner:
                yield from _blocks(child, depth + 1)
    if waiting:
        yield _items(node, waiting, number, depth)


def _items(node: SyntaxTreeNode, items: Sequence[Inline], number: int, depth: int) -> Block:
    if node.type == "ordered_list":
        return NumberedList(tuple(items), number)
    return BulletList(tuple(items), MARKERS[min(depth, len(MARKERS) - 1)])


def _table(node: SyntaxTreeNode) -> Table:
    head, *bodies = node.children
    cells = head.children[0].children
    rows = [row for body in bodies for row in body.children]
    return Table(
        head=tuple(_inline(cell.children[0]) for cell in cells),
        rows=tuple(tuple(_inline(cell.children[0]) for cell in row.children) for row in rows),
        aligns=tuple(ALIGNS.get(str(cell.attrs.get("style", "")), "left") for cell in cells),
    )


def _inline(node: SyntaxTreeNode) -> Inline:
    runs = tuple(_runs(node.children, bold=False, italic=False))
    return "".join(run.text for run in runs) if not any(run.bold or run.italic for run in runs) else runs


def _runs(nodes: Sequence[SyntaxTreeNode], bold: bool, italic: bool) -> Iterator[Run]:
    for node in nodes:
        if node.type in ("softbreak", "hardbreak"):
            yield Run(" ", bold, italic)
        elif node.children and node.type != "image":
            yield from _runs(node.children, bold or node.type == "strong", italic or node.type == "em")
        elif node.content and node.type != "image":
            yield Run(node.content, bold, italic)


def _lines(node: SyntaxTreeNode) -> Iterator[Inline]:
    """Each line of a quotation, without the sign at its end: the document sets its own."""
    if node.type != "paragraph":
        return
    line: list[Run] = []
    for child in node.children[0].children:
        if child.type in ("softbreak", "hardbreak"):
            yield _ended(line)
            line = []
        else:
            line.extend(_runs([child], bold=False, italic=False))
    yield _ended(line)


def _ended(line: list[Run]) -> Inline:
    return "".join(run.text for run in line).rstrip(";. ")
