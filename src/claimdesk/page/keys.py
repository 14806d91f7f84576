"""What the keys do to a claim: the buttons of "One by one" carry them, and among the cards the script sends them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import streamlit as st

from claimdesk.model import Checked, Report, Verdict
from claimdesk.page.decisions import open_source, record, redraw, review_now, reviewer, take_back
from claimdesk.page.ledger import why_closed
from claimdesk.render.markup import element
from claimdesk.review import Choice

VERDICT_KEYS = {
    "1": Verdict.SUPPORTED,
    "2": Verdict.CONFLICTING,
    "3": Verdict.MIXED,
    "4": Verdict.NOT_FOUND,
    "5": Verdict.NOT_CHECKED,
}
KEYS = (
    ("J, K", "next claim, previous claim"),
    ("A", "agree and go to the next claim"),
    ("1 to 5", "your verdict: supported, conflicting, mixed, not found, not checked"),
    ("U", "take your last decision back"),
    ("N", "write a note, once you have decided"),
    ("S", "open the source, and back"),
    ("F", "find words in claims and passages"),
    ("Esc", "leave the box for words or for a note, so that keys are keys again"),
    ("Tab, Enter", "everything else, in reading order"),
)
_HINT = "Among the cards, keys are for the card with the outline. J leads to the first one."


def show_keys() -> None:
    """The keys, behind a button that can be seen."""
    rows = [element("tr", element("th", element("kbd", key), scope="row"), element("td", words)) for key, words in KEYS]
    with st.popover("Keys", icon=":material/keyboard:", key="keys"):
        table = element("table", element("tbody", *rows))
        st.html(element("div", table, element("p", _HINT, class_="cd-note"), class_="cd cd-keys"))


def rate(report: Report, checked: Checked, verdict: Verdict) -> None:
    """The reviewer's own verdict: agreement where it is the machine's too."""
    if verdict is checked.verdict:
        record(report, checked, Choice.AGREE, draw=False)
    else:
        record(report, checked, Choice.DISAGREE, verdict, draw=False)


def undo_last(report: Report) -> int:
    """Takes back the reviewer's last decision that is still in force; gives the number of its claim, 0 without one."""
    found = review_now(report)
    own = [
        (made.at, number)
        for number, checked in enumerate(report.claims, 1)
        for made in found.of(checked)
        if made.reviewer == reviewer()
    ]
    if not own:
        return 0
    number = max(own)[1]
    take_back(report, report.claims[number - 1], draw=False)
    return number


def obey(report: Report, pressed: Iterable[object]) -> None:
    """Does what keys say that were pressed among the cards, each once: ``{"at": …, "key": "a", "claim": 7}``.

    Only the cards that they change are drawn again, and last the count, which says up to where keys were obeyed: the
    script sends the next ones when it has read that, because a box that it sends with an old value seems changed.
    """
    state, opened = st.session_state, 0
    changed: dict[int, Checked] = {}
    for at, key, number in _read(pressed):
        if at <= obeyed_until():
            continue
        if key == "s" and 1 <= number <= len(report.claims) and report.claims[number - 1].evidence:
            opened = number
        if touched := _act(report, key, number):
            changed[touched] = report.claims[touched - 1]
        state["obeyed"] = at
    if opened:
        open_source(opened)
    if changed and changed.keys() <= set(state.get("carded", ())):
        redraw(*changed.values())


def obeyed_until() -> int:
    """The moment of the last key that was obeyed, in milliseconds of the browser."""
    return int(st.session_state.get("obeyed", 0))


def _act(report: Report, key: str, number: int) -> int:
    """Writes the line that a key asks for; gives the number of the claim, 0 if nothing was written."""
    if why_closed():
        return 0
    if key == "u":
        return _undo(report)
    if not 1 <= number <= len(report.claims):
        return 0
    checked = report.claims[number - 1]
    if key == "a":
        record(report, checked, Choice.AGREE, draw=False)
    elif key in VERDICT_KEYS:
        rate(report, checked, VERDICT_KEYS[key])
    else:
        return 0
    return number


def _undo(report: Report) -> int:
    """Takes the last decision back and has its card reached; one that is not on the page comes first."""
    state = st.session_state
    if number := undo_last(report):
        state["returned"] = report.claims[number - 1].claim.id
        if number not in state.get("carded", ()):
            state.update(lead=number, page=1)
    return number


def _read(pressed: Iterable[object]) -> Iterator[tuple[int, str, int]]:
    for each in pressed:
        if isinstance(each, Mapping):
            at, key, number = each.get("at"), each.get("key"), each.get("claim")
            if isinstance(at, int | float) and isinstance(number, int | float):
                yield int(at), str(key), int(number)
