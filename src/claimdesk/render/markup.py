"""HTML that cannot be injected: a ``str`` is words and gets escaped, only ``Html`` is markup."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence

from claimdesk.model import Span

# Characters that reorder or hide what stands around them. They are shown by name, so that a reader sees them
# and the words after them keep their place. Joiners and direction marks (200B-200F) only affect their neighbors.
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff]")
_NAMES = {
    "\u202a": "LRE", "\u202b": "RLE", "\u202c": "PDF", "\u202d": "LRO", "\u202e": "RLO",
    "\u2066": "LRI", "\u2067": "RLI", "\u2068": "FSI", "\u2069": "PDI",
}  # fmt: skip
_SHOWN = {
    code: f'<span class="cd-char">{_NAMES.get(chr(code), f"U+{code:04X}")}</span>'
    for code in (*range(0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xD800, 0xE000),
                 *range(0xFFF9, 0xFFFC))
    if _UNSAFE.match(chr(code))
}  # fmt: skip
_VOID = frozenset({"br", "hr", "meta", "col"})


class Html(str):
    """Markup that is safe to send as it is."""

    __slots__ = ()

    def _repr_html_(self) -> str:  # Streamlit takes this as it is; a plain string it would dedent
        return str(self)


def escape(words: str) -> Html:
    r"""Words as markup that shows exactly these words; reordering and control characters appear by name.

    >>> escape("a < b & 'c'")
    'a &lt; b &amp; &#x27;c&#x27;'
    >>> escape("abc\u202edef")
    'abc<span class="cd-char">RLO</span>def'
    """
    if isinstance(words, Html):
        return words
    safe = html.escape(words)
    return Html(safe.translate(_SHOWN) if _UNSAFE.search(safe) else safe)


def join(parts: Iterable[str], separator: str = "") -> Html:
    """Pieces one after the other; plain strings are escaped."""
    return Html(escape(separator).join(escape(part) for part in parts))


def element(name: str, /, *children: str, **attributes: str | int | bool | None) -> Html:
    """An element with escaped children and attributes; ``class_`` and ``aria_label`` stand for the names in HTML.

    >>> element("a", "more & more", href="#c7", class_="cd-link", hidden=False)
    '<a href="#c7" class="cd-link">more &amp; more</a>'
    """
    head = name + "".join(_attribute(key, value) for key, value in attributes.items())
    return Html(f"<{head}>") if name in _VOID else Html(f"<{head}>{join(children)}</{name}>")


def _attribute(key: str, value: str | int | bool | None) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{html.escape(_UNSAFE.sub("", str(value)))}"'


def hidden(words: str) -> Html:
    """Words for a screen reader only."""
    return element("span", words, class_="cd-hidden")


def highlight(text: str, within: Span, marked: Sequence[Span], css: str = "cd-hit") -> Html:
    """The words of ``within`` with the parts that lie in ``marked`` as ``<mark>``; overlapping parts are joined.

    >>> highlight("It rose 12% in May.", Span(0, 19), [Span(8, 10), Span(9, 11)])
    'It rose <mark class="cd-hit">12%</mark> in May.'
    """
    out: list[Html] = []
    at = within.start
    for span in _joined(marked, within):
        out.append(escape(text[at : span.start]))
        out.append(element("mark", span.of(text), class_=css))
        at = span.end
    out.append(escape(text[at : within.end]))
    return join(out)


def _joined(spans: Sequence[Span], within: Span) -> list[Span]:
    found: list[Span] = []
    for span in sorted(spans):
        start, end = max(span.start, within.start), min(span.end, within.end)
        if start >= end:
            continue
        if found and start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, end))
        else:
            found.append(Span(start, end))
    return found
