"""A page of a PDF as a picture, for the source viewer."""

from __future__ import annotations

import io
from pathlib import Path, PurePath

from claimdesk.page.cases import cases_root
from claimdesk.readers.pdf import ONE_AT_A_TIME

_WIDTH = 1400  # pixels of the picture, enough to read on a sharp screen
_MOST_POINTS = 14_400  # the largest page that the PDF format allows, in points


def pdf_of(case: str, path: str) -> Path | None:
    """The kept copy of a case's PDF source; None where there is none.

    Only the folder of the case is looked in: a report says where a source once was, and may come from anywhere.
    """
    name = PurePath(path.replace("\\", "/")).name
    if PurePath(name).suffix.lower() != ".pdf":
        return None
    found = cases_root() / case / "sources" / name
    return found if found.is_file() else None


def draw_page(path: Path, number: int) -> bytes | None:
    """A page as PNG, ``number`` counted from 1; None where the file or the page cannot be drawn."""
    import pypdfium2

    with ONE_AT_A_TIME:
        try:
            book = pypdfium2.PdfDocument(path)
            try:
                page = book[number - 1]
                width, height = page.get_size()
                if not 0 < width <= _MOST_POINTS or not 0 < height <= 4 * width:
                    return None
                data = io.BytesIO()
                page.render(scale=_WIDTH / width).to_pil().save(data, "PNG")
            finally:
                book.close()
        except (pypdfium2.PdfiumError, OSError, IndexError, ValueError):
            return None
    return data.getvalue()
