"""New lines, made now: each function checks what a person gave and says what is missing."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import UTC, datetime

from claimdesk.errors import ClaimdeskError
from claimdesk.model import Checked, Kind, Report, Span, Stance, Verdict
from claimdesk.report import report_id
from claimdesk.review.lines import Action, Anchor, Asked, Change, Choice, Decision, Outside, Query, Way
from claimdesk.review.places import anchor, anchor_span

WHOLE_TEXT = Anchor("", "", "", "")
_LONGEST = 20_000  # characters of one thing that a person writes


def decide(
    report: Report, checked: Checked, choice: Choice, reviewer: str, verdict: Verdict | None = None, note: str = ""
) -> Decision:
    """A decision made now. A person who disagrees must say what the verdict should be."""
    if choice is Choice.DISAGREE and verdict is None:
        raise ClaimdeskError("Who disagrees with a verdict has to choose another one.")
    if choice is not Choice.DISAGREE:
        verdict = None
    return replace(_line(report, checked, Action.DECIDE, reviewer, note), decision=choice, verdict=verdict)


def undo(report: Report, checked: Checked, reviewer: str) -> Decision:
    """Takes a reviewer's decision about a claim back; both lines stay in the log."""
    return _line(report, checked, Action.UNDO, reviewer)


def take_back(report: Report, line: Decision, reviewer: str) -> Decision:
    """Takes one line back, whoever wrote it: an added claim, a change, a piece of evidence, a question."""
    if not line.id:
        raise ClaimdeskError("This line of the log has no id and cannot be taken back.")
    return replace(_line(report, None, Action.UNDO, reviewer), claim=line.claim, machine=line.machine, of=line.id)


def add_claim(report: Report, span: Span, kind: Kind, reviewer: str, note: str = "") -> Decision:
    """A claim that the check did not find: words of the text, with the kind of claim that they make."""
    text = report.text.text
    if not span.of(text).strip() or not 0 <= span.start < span.end <= len(text):
        raise ClaimdeskError("Choose the words of the claim.")
    if any(checked.claim.span == span and checked.claim.kind is kind for checked in report.claims):
        raise ClaimdeskError("These words are a claim of this kind already.")
    return replace(_line(report, None, Action.ADD, reviewer, note), claim=anchor_span(text, span, kind=kind))


def drop_claim(report: Report, checked: Checked, reviewer: str, note: str = "") -> Decision:
    """A claim that is none, or that nobody needs to check; it stays in the list and says so."""
    return _line(report, checked, Action.DROP, reviewer, note)


def edit_claim(
    report: Report,
    checked: Checked,
    reviewer: str,
    *,
    span: Span | None = None,
    kind: Kind | None = None,
    speaker: str = "",
    value: str = "",
    note: str = "",
) -> Decision:
    """A claim with other words, another kind, another speaker or another value; only what differs is written."""
    claim, text = checked.claim, report.text.text
    moved = span if span is not None and span != claim.span else None
    words = anchor_span(text, moved) if moved else None
    change = Change(
        text=words.text if words else "",
        prefix=words.prefix if words else "",
        suffix=words.suffix if words else "",
        kind=kind.value if kind and kind is not claim.kind else "",
        speaker=speaker.strip()[:200],
        value=value.strip()[:200],
    )
    if change == Change():
        raise ClaimdeskError("Nothing was changed.")
    return replace(_line(report, checked, Action.EDIT, reviewer, note), change=change)


def attach(report: Report, checked: Checked | None, outside: Outside, reviewer: str, note: str = "") -> Decision:
    """Evidence from outside the sources, about a claim or about the whole text."""
    if not outside.words.strip():
        raise ClaimdeskError("Write down in your own words what you heard or saw.")
    if not outside.contact.strip() and not outside.url.strip():
        raise ClaimdeskError("Say where it comes from: a person to ask again, or an address.")
    kept = replace(outside, words=outside.words.strip()[:_LONGEST])
    return replace(_line(report, checked, Action.ATTACH, reviewer, note), outside=kept)


def ask(report: Report, checked: Checked | None, question: str, reviewer: str, to: str = "") -> Decision:
    """A question to the writer, about a claim or about the whole text."""
    if not question.strip():
        raise ClaimdeskError("Write the question.")
    query = Query(secrets.token_hex(6), question.strip()[:_LONGEST], to=to.strip()[:200])
    return replace(_line(report, checked, Action.QUERY, reviewer), query=query)


def answer(report: Report, line: Decision, reviewer: str, words: str, state: Asked = Asked.ANSWERED) -> Decision:
    """How a question stands now: answered, withdrawn, or open again."""
    if line.query is None:
        raise ClaimdeskError("This line is no question.")
    if state is Asked.ANSWERED and not words.strip():
        raise ClaimdeskError("Write the answer.")
    query = replace(line.query, answer=words.strip()[:_LONGEST], state=state)
    made = _line(report, None, Action.QUERY, reviewer)
    return replace(made, claim=line.claim, machine=line.machine, query=query)


def sign_off(report: Report, reviewer: str, note: str = "") -> Decision:
    """Closes a report. ``Review.open_items`` says whether that can be done."""
    return _line(report, None, Action.SIGN_OFF, reviewer, note)


def outside_evidence(way: Way, contact: str, when: str, words: str, stance: Stance, url: str = "") -> Outside:
    """A piece of evidence as a person gave it, without white space at its ends."""
    return Outside(way, contact.strip()[:200], when.strip()[:80], words.strip(), stance, url.strip()[:2_000])


def _line(report: Report, checked: Checked | None, action: Action, reviewer: str, note: str = "") -> Decision:
    from claimdesk import __version__

    return Decision(
        report=report_id(report),
        claim=anchor(report.text.text, checked.claim) if checked else WHOLE_TEXT,
        machine=checked.verdict if checked else Verdict.NOT_CHECKED,
        action=action.value,
        decision=None,
        verdict=None,
        note=note.strip()[:_LONGEST],
        reviewer=reviewer,
        at=datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        version=__version__,
        id=secrets.token_hex(6),
        reason=checked.reason if checked else "",
    )
