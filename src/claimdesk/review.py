"""What people decide about claims: an append-only log, and the claims that its lines still belong to.

The log is the contract's ``decisions.jsonl``. A line is never changed: who thinks again writes another one. The
machine's verdict and a person's decision stand side by side; neither replaces the other.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from os.path import commonprefix
from pathlib import Path
from typing import Any

from claimdesk.errors import ClaimdeskError
from claimdesk.model import Checked, Claim, Report, Verdict
from claimdesk.report import report_id

CONTEXT = 32  # characters kept from each side of a claim, to find it again in a changed text
_ENOUGH = 16  # of them must be the same, unless the claim's own words are long
_LONG = 40  # characters of a claim that are not there twice by chance


class Choice(StrEnum):
    """What a person says about the machine's verdict."""

    AGREE = "agree"
    DISAGREE = "disagree"
    NEEDS_WORK = "needs_work"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A claim as a decision remembers it: its words and what stands right before and after them."""

    id: str
    text: str
    prefix: str
    suffix: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the log. ``verdict`` is the person's own where they disagree with ``machine``.

    ``action`` is ``decide`` or ``undo`` here; lines with another action of the contract are kept as they are.
    """

    report: str
    claim: Anchor
    machine: Verdict
    action: str
    decision: Choice | None
    verdict: Verdict | None
    note: str
    reviewer: str
    at: str
    version: str = ""

    @property
    def rating(self) -> Verdict | None:
        """What the person holds the claim to be; None where it needs work."""
        if self.decision is Choice.AGREE:
            return self.machine
        return self.verdict if self.decision is Choice.DISAGREE else None


@dataclass(frozen=True, slots=True)
class Review:
    """The decisions in force: ``standing`` by claim id, the latest of each reviewer, oldest first.

    ``unattached`` are those whose claim is no longer in the text.
    """

    standing: dict[str, tuple[Decision, ...]]
    unattached: tuple[Decision, ...]

    def of(self, checked: Checked) -> tuple[Decision, ...]:
        """The decisions about a claim, one for each reviewer."""
        return self.standing.get(checked.claim.id, ())

    def is_done(self, checked: Checked) -> bool:
        """Whether somebody has rated the claim and nobody says that it needs work."""
        made = self.of(checked)
        return bool(made) and all(decision.rating for decision in made)

    def is_disputed(self, checked: Checked) -> bool:
        """Whether two reviewers rate the claim differently."""
        return len({decision.rating for decision in self.of(checked) if decision.rating}) > 1

    def rating(self, checked: Checked) -> Verdict | None:
        """The verdict that the reviewers share; None without one, in dispute, or where work is needed."""
        made = self.of(checked)
        return made[-1].rating if self.is_done(checked) and not self.is_disputed(checked) else None

    def count_done(self, report: Report) -> int:
        """How many claims have been reviewed."""
        return sum(self.is_done(checked) for checked in report.claims)


# --- the log --------------------------------------------------------------------------------------------


def decide(
    report: Report, checked: Checked, choice: Choice, reviewer: str, verdict: Verdict | None = None, note: str = ""
) -> Decision:
    """A decision made now. A person who disagrees must say what the verdict should be."""
    if choice is Choice.DISAGREE and verdict is None:
        raise ClaimdeskError("Who disagrees with a verdict has to choose another one.")
    if choice is not Choice.DISAGREE:
        verdict = None
    return _line(report, checked, "decide", choice, verdict, note, reviewer)


def undo(report: Report, checked: Checked, reviewer: str) -> Decision:
    """Takes a reviewer's decision about a claim back; both lines stay in the log."""
    return _line(report, checked, "undo", None, None, "", reviewer)


def _line(
    report: Report,
    checked: Checked,
    action: str,
    choice: Choice | None,
    verdict: Verdict | None,
    note: str,
    reviewer: str,
) -> Decision:
    from claimdesk import __version__

    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    place = anchor(report.text.text, checked.claim)
    return Decision(
        report_id(report), place, checked.verdict, action, choice, verdict, note, reviewer, now, __version__
    )


def append_decision(path: Path, decision: Decision) -> None:
    """Adds one line to the log and waits until it is on the disk."""
    data = (json.dumps(decision_to_json(decision), ensure_ascii=False) + "\n").encode("utf-8", "surrogatepass")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab+") as file:
        if file.tell():
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":  # the last writer was cut off: its half line must not swallow this one
                data = b"\n" + data
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """The decisions of a log, oldest first; empty without a file. Lines that are no decision are passed over."""
    try:
        lines = path.read_bytes().split(b"\n")
    except (FileNotFoundError, NotADirectoryError):
        return ()
    return tuple(found for line in lines if (found := _read_line(line)))


def _read_line(line: bytes) -> Decision | None:
    try:
        return decision_from_json(json.loads(line.decode("utf-8", "surrogatepass")))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def decision_to_json(decision: Decision) -> dict[str, Any]:
    """A line of the log, in the words of the contract."""
    place = decision.claim
    made = {"decision": decision.decision.value} if decision.decision else {}
    own = {"verdict": decision.verdict.value} if decision.verdict else {}
    return {
        "report": decision.report,
        "claim": {
            "id": place.id,
            "text": place.text,
            "prefix": place.prefix,
            "suffix": place.suffix,
            "kind": place.kind,
        },
        "machine": decision.machine.value,
        "action": decision.action,
        **made,
        **own,
        "note": decision.note,
        "reviewer": decision.reviewer,
        "at": decision.at,
        "claimdesk": decision.version,
    }


def decision_from_json(data: dict[str, Any]) -> Decision:
    """The decision of a line. Raises KeyError, TypeError or ValueError where it is none."""
    place = data["claim"]
    known = {key: str(place.get(key, "")) for key in ("id", "text", "prefix", "suffix", "kind")}
    choice, verdict = data.get("decision"), data.get("verdict")
    return Decision(
        report=str(data["report"]),
        claim=Anchor(**known),
        machine=Verdict(data["machine"]),
        action=str(data["action"]),
        decision=Choice(choice) if choice else None,
        verdict=Verdict(verdict) if verdict else None,
        note=str(data.get("note", "")),
        reviewer=str(data.get("reviewer", "")),
        at=str(data.get("at", "")),
        version=str(data.get("claimdesk", "")),
    )


# --- where decisions belong -----------------------------------------------------------------------------


def anchor(text: str, claim: Claim) -> Anchor:
    """A claim as it can be found again: its words with 32 characters from each side."""
    start, end = claim.span.start, claim.span.end
    return Anchor(claim.id, claim.text, text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT], claim.kind)


def review(report: Report, decisions: Iterable[Decision]) -> Review:
    """The decisions that are in force for a report, each with the claim that it was made about."""
    latest: dict[tuple[str, str], Decision] = {}
    lost: dict[tuple[Anchor, str], Decision] = {}
    places = _Places(report)
    for decision in decisions:
        found = places.find(decision)
        if found is None:
            _enter(lost, (decision.claim, decision.reviewer), decision)
        else:
            _enter(latest, (found, decision.reviewer), decision)
    standing: dict[str, list[Decision]] = defaultdict(list)
    for (identity, _), decision in latest.items():
        standing[identity].append(decision)
    return Review({identity: tuple(made) for identity, made in standing.items()}, tuple(lost.values()))


def _enter(kept: dict[Any, Decision], key: Any, decision: Decision) -> None:
    """Takes a line into the decisions in force; the newest stands last."""
    if decision.action == "undo":
        kept.pop(key, None)
    elif decision.action == "decide" and decision.decision:
        kept.pop(key, None)
        kept[key] = decision


class _Places:
    """The claims of a report by their words, and which of them an anchor means."""

    def __init__(self, report: Report) -> None:
        self._report = report_id(report)
        self._by_text: dict[str, list[Anchor]] = defaultdict(list)
        for checked in report.claims:
            self._by_text[checked.claim.text].append(anchor(report.text.text, checked.claim))

    def find(self, decision: Decision) -> str | None:
        """The id of the claim that a decision was made about; None where none fits, or several fit alike."""
        wanted = decision.claim
        same = [place for place in self._by_text.get(wanted.text, ()) if wanted.kind in ("", place.kind)]
        if any(place.id == wanted.id and decision.report == self._report for place in same):
            return wanted.id
        scored = sorted(((_likeness(place, wanted), place.id == wanted.id, place.id) for place in same), reverse=True)
        if not scored or scored[0][:2] == (scored[1][:2] if len(scored) > 1 else None):
            return None
        room = min(_ENOUGH, len(wanted.prefix) + len(wanted.suffix))
        return scored[0][2] if scored[0][0] >= room or len(wanted.text) >= _LONG else None


def _likeness(place: Anchor, wanted: Anchor) -> int:
    """How many characters next to the claim are the same."""
    before = commonprefix([place.prefix[::-1], wanted.prefix[::-1]])
    return len(before) + len(commonprefix([place.suffix, wanted.suffix]))


def reviewers(made: Sequence[Decision]) -> str:
    """The names of those who decided, in words."""
    return " and ".join(dict.fromkeys(decision.reviewer for decision in made))
