"""The lines of ``decisions.jsonl``: what each can hold, and how it is written (contract: reviewer decisions)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from claimdesk.model import Kind, Stance, Verdict


class Choice(StrEnum):
    """What a person says about the machine's verdict."""

    AGREE = "agree"
    DISAGREE = "disagree"
    NEEDS_WORK = "needs_work"


class Action(StrEnum):
    """What a line does. A line with another word is kept in the log and has no effect."""

    DECIDE = "decide"
    UNDO = "undo"
    ADD = "add"
    DROP = "drop"
    EDIT = "edit"
    ATTACH = "attach"
    QUERY = "query"
    SIGN_OFF = "sign_off"


class Way(StrEnum):
    """How a person came by evidence that is in no source."""

    CALL = "call"
    EMAIL = "email"
    PAGE = "page"
    DOCUMENT = "document"
    OTHER = "other"


class Asked(StrEnum):
    """How a question to the writer stands."""

    OPEN = "open"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A claim as a line remembers it: its words and what stands right before and after them.

    All fields are empty in a line about the whole text.
    """

    id: str
    text: str
    prefix: str
    suffix: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What an ``edit`` makes of a claim; an empty field leaves that part as it is.

    ``text`` with ``prefix`` and ``suffix`` is the new span, ``kind`` another kind, ``speaker`` who really said it,
    ``value`` the number or day as it should be understood.
    """

    text: str = ""
    prefix: str = ""
    suffix: str = ""
    kind: str = ""
    speaker: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Outside:
    """Evidence that a person brings: with whom, when, and in their own words. ``when`` is free text."""

    way: Way
    contact: str
    when: str
    words: str
    stance: Stance = Stance.RELATED
    url: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """A question to the writer. Lines with the same ``id`` are one question; the last says how it stands."""

    id: str
    question: str
    answer: str = ""
    state: Asked = Asked.OPEN
    to: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the log. ``verdict`` is the person's own where they disagree with ``machine``.

    ``id`` names the line, ``of`` the line that an ``undo`` takes back; ``reason`` is what the check said about the
    claim when the line was written.
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
    id: str = ""
    of: str = ""
    reason: str = ""
    change: Change | None = None
    outside: Outside | None = None
    query: Query | None = None

    @property
    def rating(self) -> Verdict | None:
        """What the person holds the claim to be; None where it needs work."""
        if self.decision is Choice.AGREE:
            return self.machine
        return self.verdict if self.decision is Choice.DISAGREE else None


def decision_to_json(made: Decision) -> dict[str, Any]:
    """A line of the log, in the words of the contract; keys beside the contract's only where they say something."""
    choices = {"decision": made.decision.value if made.decision else "", "verdict": made.verdict or ""}
    more = {
        "id": made.id,
        "of": made.of,
        "reason": made.reason,
        "change": _filled(made.change, ("text", "prefix", "suffix", "kind", "speaker", "value")),
        "evidence": _filled(made.outside, ("way", "contact", "when", "words", "stance", "url")),
        "query": _filled(made.query, ("id", "question", "answer", "state", "to")),
    }
    return {
        "report": made.report,
        "claim": {key: getattr(made.claim, key) for key in ("id", "text", "prefix", "suffix", "kind")},
        "machine": made.machine.value,
        "action": str(made.action),
        **{key: str(value) for key, value in choices.items() if value},
        "note": made.note,
        "reviewer": made.reviewer,
        "at": made.at,
        "claimdesk": made.version,
        **{key: value for key, value in more.items() if value is not None and value != ""},
    }


def _filled(part: object | None, names: tuple[str, ...]) -> dict[str, str] | None:
    return None if part is None else {name: str(getattr(part, name)) for name in names if getattr(part, name)}


def decision_from_json(data: Mapping[str, Any]) -> Decision:
    """The line that was written so. Raises KeyError, TypeError, AttributeError or ValueError where it is none.

    A line with no more than the contract's keys is whole: the note of an ``attach`` is the evidence in the person's
    words, that of a ``query`` the question.
    """
    place, action, note = data["claim"], str(data["action"]), str(data.get("note", ""))
    choice, verdict = data.get("decision"), data.get("verdict")
    return Decision(
        report=str(data["report"]),
        claim=Anchor(**{key: str(place.get(key, "")) for key in ("id", "text", "prefix", "suffix", "kind")}),
        machine=Verdict(data["machine"]),
        action=action,
        decision=Choice(choice) if choice else None,
        verdict=Verdict(verdict) if verdict else None,
        note=note,
        reviewer=str(data.get("reviewer", "")),
        at=str(data.get("at", "")),
        version=str(data.get("claimdesk", "")),
        id=str(data.get("id") or _digest(data)),
        of=str(data.get("of", "")),
        reason=str(data.get("reason", "")),
        change=_change_in(data.get("change")) if action == Action.EDIT else None,
        outside=_outside_in(data.get("evidence") or {"words": note}) if action == Action.ATTACH else None,
        query=_query_in(data.get("query") or {"question": note}, data) if action == Action.QUERY else None,
    )


def _digest(data: Mapping[str, Any]) -> str:
    """A name for a line that has none, the same whenever it is read."""
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _change_in(data: Mapping[str, Any] | None) -> Change:
    known = {key: str(value) for key, value in (data or {}).items() if key in Change.__slots__}
    if known.get("kind"):
        Kind(known["kind"])
    return Change(**known)


def _outside_in(data: Mapping[str, Any]) -> Outside:
    words = {key: str(data.get(key, "")) for key in ("contact", "when", "words", "url")}
    return Outside(way=Way(data.get("way", Way.OTHER)), stance=Stance(data.get("stance", Stance.RELATED)), **words)


def _query_in(data: Mapping[str, Any], line: Mapping[str, Any]) -> Query:
    words = {key: str(data.get(key, "")) for key in ("question", "answer", "to")}
    own = str(data.get("id") or line.get("id") or _digest(line))
    return Query(id=own, state=Asked(data.get("state", Asked.OPEN)), **words)
