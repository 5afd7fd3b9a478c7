"""Actions in a PDF that a paper may not have: programs started, scripts that run by themselves on opening."""

from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

from ecabinet.paper.refusals import PaperRefused

# A bookmark tree or chain of actions longer than this was made to keep a reader busy.
LONGEST_WALK = 100_000


def refuse_dangerous_actions(pdf: pikepdf.Pdf) -> None:
    if Name.JavaScript in _dictionary(pdf.Root, "/Names"):
        raise PaperRefused("pdf_runs_script")
    for action in _opening_actions(pdf):
        _refuse_launch(action)
        if action.get("/S") == Name.JavaScript:
            raise PaperRefused("pdf_runs_script")
    for action in _clicked_actions(pdf):
        _refuse_launch(action)


def _refuse_launch(action: Dictionary) -> None:
    if action.get("/S") == Name.Launch:
        raise PaperRefused("pdf_starts_programs")


def _opening_actions(pdf: pikepdf.Pdf) -> Iterator[Dictionary]:
    """What runs without a click: with the document, and with each page as it is shown."""
    yield from _chain(pdf.Root.get("/OpenAction"))
    for holder in (pdf.Root, *(page.obj for page in pdf.pages)):
        for event in _dictionary(holder, "/AA").values():
            yield from _chain(event)


def _clicked_actions(pdf: pikepdf.Pdf) -> Iterator[Dictionary]:
    for page in pdf.pages:
        for annotation in _array(page.obj, "/Annots"):
            if isinstance(annotation, Dictionary):
                yield from _chain(annotation.get("/A"))
                for event in _dictionary(annotation, "/AA").values():
                    yield from _chain(event)
    for bookmark in _bookmarks(_dictionary(pdf.Root, "/Outlines").get("/First")):
        yield from _chain(bookmark.get("/A"))


def _chain(start: object) -> Iterator[Dictionary]:
    """An action and those that follow it (/Next, one or several)."""
    waiting = [start]
    for _ in range(LONGEST_WALK):
        if not waiting:
            return
        found = waiting.pop()
        if isinstance(found, Array):
            waiting.extend(found)
        elif isinstance(found, Dictionary):
            yield found
            waiting.append(found.get("/Next"))
    raise PaperRefused("pdf_broken")


def _bookmarks(start: object) -> Iterator[Dictionary]:
    waiting = [start]
    for _ in range(LONGEST_WALK):
        if not waiting:
            return
        found = waiting.pop()
        if isinstance(found, Dictionary):
            yield found
            waiting.extend((found.get("/Next"), found.get("/First")))
    raise PaperRefused("pdf_broken")


def _dictionary(holder: Object, key: str) -> Dictionary:
    found = holder.get(key)
    return found if isinstance(found, Dictionary) else Dictionary()


def _array(holder: Object, key: str) -> Array:
    found = holder.get(key)
    return found if isinstance(found, Array) else Array()
