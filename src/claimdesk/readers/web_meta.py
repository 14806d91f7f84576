"""What a web page declares about itself: JSON-LD first, then meta tags, then its own elements."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from claimdesk.model import Meta
from claimdesk.readers.meta import parse_day

_ARTICLE = re.compile(r"Article|Posting|Report|Statement|WebPage", re.IGNORECASE)
_DATE_NAMES = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "dcterms.issued",
    "parsely-pub-date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "sailthru.date",
    "citation_publication_date",
)
_URL_DAY = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?:/|-|$)")


def page_meta(tree: Any) -> Meta:
    """Title, publisher, publication day and address of a parsed page; blank where it declares none.

    The day comes from what the page says about its publication (JSON-LD ``datePublished``, meta tags, a
    ``time`` element that is marked as such) or from the address; a copyright line or any date in the running
    text is never taken.
    """
    linked = _linked_data(tree)
    tags = _tags(tree)
    url = _first(_attribute(tree, "//link[@rel='canonical']/@href"), tags.get("og:url"), _text(linked.get("url")))
    return Meta(
        title=_first(
            _text(linked.get("headline")),
            tags.get("og:title"),
            tags.get("twitter:title"),
            _only_heading(tree),
            _attribute(tree, "//title//text()"),
            _text(linked.get("name")),
        ),
        publisher=_first(
            _name(linked.get("publisher")),
            tags.get("og:site_name"),
            tags.get("dc.publisher"),
            tags.get("citation_publisher"),
            tags.get("application-name"),
        ),
        date=_published(tree, linked, tags, url),
        url=url if url.startswith(("http://", "https://")) else "",
    )


def _published(tree: Any, linked: dict[str, Any], tags: dict[str, str], url: str) -> date | None:
    stated = [_text(linked.get("datePublished")), *(tags.get(name, "") for name in _DATE_NAMES)]
    stated.append(_attribute(tree, "//*[@itemprop='datePublished']/@datetime"))
    stated.append(_attribute(tree, "//*[@itemprop='datePublished']/@content"))
    stated.append(_attribute(tree, "//time[@pubdate]/@datetime"))
    times = {day for value in tree.xpath("//article//time/@datetime")[:20] if (day := parse_day(value))}
    for value in stated:
        if day := parse_day(value):
            return day
    if len(times) == 1:  # several are updates, comments or other stories: we do not choose
        return times.pop()
    inside = _URL_DAY.search(url[:500])
    return parse_day("-".join(inside.groups())) if inside else None


def _linked_data(tree: Any) -> dict[str, Any]:
    """The JSON-LD object that describes the page: an article before anything else."""
    found: list[dict[str, Any]] = []
    for script in tree.xpath("//script[@type='application/ld+json']")[:20]:
        try:
            found += _objects(json.loads(script.text or "", strict=False), 0)
        except (ValueError, RecursionError):
            continue
    articles = [item for item in found if _ARTICLE.search(" ".join(_types(item)))]
    dated = [item for item in articles if item.get("datePublished")]
    news = [item for item in dated if "WebPage" not in _types(item)]
    return (news or dated or articles or [{}])[0]


def _objects(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if isinstance(data, list) and depth < 5:
        for item in data[:50]:
            yield from _objects(item, depth + 1)
    elif isinstance(data, dict) and depth < 5:
        yield data
        yield from _objects(data.get("@graph"), depth + 1)
        yield from _objects(data.get("mainEntity"), depth + 1)


def _types(item: dict[str, Any]) -> list[str]:
    kind = item.get("@type")
    return [kind] if isinstance(kind, str) else [str(part) for part in kind] if isinstance(kind, list) else []


def _tags(tree: Any) -> dict[str, str]:
    """Meta tags by name or property, lower case; the first of a name counts."""
    found: dict[str, str] = {}
    for tag in tree.iter("meta"):
        key = (tag.get("property") or tag.get("name") or tag.get("itemprop") or "").strip().casefold()
        value = " ".join((tag.get("content") or "").split())
        if key and value:
            found.setdefault(key, value[:2000])
    return found


def _only_heading(tree: Any) -> str:
    headings = tree.xpath("//h1")
    return " ".join(headings[0].text_content().split())[:300] if len(headings) == 1 else ""


def _attribute(tree: Any, path: str) -> str:
    values = tree.xpath(path)
    return " ".join(str(values[0]).split())[:2000] if values else ""


def _name(value: Any) -> str:
    if isinstance(value, list) and value:
        value = value[0]
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _text(value: Any) -> str:
    return " ".join(value.split())[:2000] if isinstance(value, str) else ""


def _first(*values: str | None) -> str:
    return next((value for value in values if value), "")
