"""What is in force: the latest decision of each reviewer, and what the file holds about each claim beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from claimdesk.model import Checked, Report, Verdict
from claimdesk.report import report_id
from claimdesk.review.lines import Action, Anchor, Asked, Decision
from claimdesk.review.places import Places, anchor

CHANGES = (Action.ADD, Action.EDIT, Action.DROP)


@dataclass(frozen=True, slots=True)
class Question:
    """A question to the writer: the line that asked it, and the last line that says how it stands."""

    asked: Decision
    last: Decision

    @property
    def state(self) -> Asked:
        """Open, answered or withdrawn."""
        return self.last.query.state if self.last.query else Asked.OPEN


@dataclass(frozen=True, slots=True)
class Dossier:
    """What the file holds about a claim beside verdicts, each oldest first.

    ``changes`` are what people made of the claim, ``earlier`` the decisions that were made before the last change
    and no longer count.
    """

    changes: tuple[Decision, ...] = ()
    outside: tuple[Decision, ...] = ()
    questions: tuple[Question, ...] = ()
    earlier: tuple[Decision, ...] = ()

    @property
    def dropped(self) -> Decision | None:
        """The line that took the claim off the list of what is to be checked."""
        return next((line for line in reversed(self.changes) if line.action == Action.DROP), None)


@dataclass(frozen=True, slots=True)
class OpenItem:
    """Something that a sign-off waits for; ``claim`` is its id, empty for the text as a whole."""

    claim: str
    words: str


_NOTHING = Dossier()


@dataclass(frozen=True, slots=True)
class Review:
    """The lines in force: ``standing`` by claim id, the latest decision of each reviewer, oldest first.

    ``unattached`` are lines whose claim is no longer in the text. ``dossiers`` are by claim id, that of the whole
    text under the empty string. ``signed`` is the last sign-off; it holds while ``since`` is 0, the number of lines
    that were written after it.
    """

    standing: dict[str, tuple[Decision, ...]]
    unattached: tuple[Decision, ...]
    dossiers: dict[str, Dossier] = field(default_factory=dict)
    signed: Decision | None = None
    since: int = 0

    def of(self, checked: Checked) -> tuple[Decision, ...]:
        """The decisions about a claim, one for each reviewer."""
        return self.standing.get(checked.claim.id, ())

    def dossier(self, checked: Checked | None) -> Dossier:
        """What the file holds beside verdicts about a claim, or about the whole text."""
        return self.dossiers.get(checked.claim.id if checked else "", _NOTHING)

    def is_done(self, checked: Checked) -> bool:
        """Whether somebody has rated the claim and nobody says that it needs work, or it was dropped."""
        made = self.of(checked)
        return bool(self.dossier(checked).dropped) or (bool(made) and all(decision.rating for decision in made))

    def is_disputed(self, checked: Checked) -> bool:
        """Whether two reviewers rate the claim differently."""
        return len({decision.rating for decision in self.of(checked) if decision.rating}) > 1

    def rating(self, checked: Checked) -> Verdict | None:
        """The verdict that the reviewers share; None without one, in dispute, or where work is needed."""
        made = self.of(checked)
        return made[-1].rating if made and self.is_done(checked) and not self.is_disputed(checked) else None

    def count_done(self, report: Report) -> int:
        """How many claims have been reviewed."""
        return sum(self.is_done(checked) for checked in report.claims)

    def is_closed(self, report: Report) -> bool:
        """Whether this very check was signed off, and nothing was written since."""
        return self.signed is not None and self.since == 0 and self.signed.report == report_id(report)

    def open_items(self, report: Report) -> tuple[OpenItem, ...]:
        """What a sign-off still waits for, in the order of the claims."""
        found: list[OpenItem] = []
        for checked in report.claims:
            found += [OpenItem(checked.claim.id, words) for words in self._open(checked)]
        found += [OpenItem("", words) for words in _open_questions(self.dossier(None))]
        if self.unattached:
            number = len(self.unattached)
            lost = "1 entry is about words that are" if number == 1 else f"{number} entries are about words that are"
            found.append(OpenItem("", f"{lost} no longer in the text"))
        return tuple(found)

    def _open(self, checked: Checked) -> Iterable[str]:
        dossier, made = self.dossier(checked), self.of(checked)
        if not dossier.dropped:
            if not made:
                yield "not reviewed since it was changed" if dossier.earlier else "not reviewed"
            if any(decision.rating is None for decision in made):
                yield "needs work"
            if self.is_disputed(checked):
                yield "the reviewers do not agree"
        yield from _open_questions(dossier)


def _open_questions(dossier: Dossier) -> list[str]:
    number = sum(question.state is Asked.OPEN for question in dossier.questions)
    return [f"{number} open question{'' if number == 1 else 's'} to the writer"] if number else []


# --- from the log to what is in force -------------------------------------------------------------------


def review(report: Report, decisions: Iterable[Decision]) -> Review:
    """What is in force for a report, each line with the claim that it was written about.

    ``report`` is as people changed it (``amend``), or as the check left it.
    """
    lines = tuple(decisions)
    gone = taken_back(lines)
    places = known_places(report, lines, gone)
    fold = _Fold({line.id: number for number, line in enumerate(lines) if line.action == Action.EDIT})
    for number, line in enumerate(lines):
        if line.id not in gone:
            fold.enter(number, line, "" if line.claim.text == "" else places.find(line.claim, line.report))
    return fold.result()


def claims_of(report: Report, decisions: Sequence[Decision]) -> tuple[str | None, ...]:
    """The id of the claim that each line is about: empty for the whole text, None where its words are gone."""
    places = known_places(report, decisions, taken_back(decisions))
    return tuple("" if not line.claim.text else places.find(line.claim, line.report) for line in decisions)


def taken_back(lines: Sequence[Decision]) -> frozenset[str]:
    """The ids of the lines that a later line takes back by name."""
    return frozenset(line.of for line in lines if line.action == Action.UNDO and line.of)


def known_places(report: Report, lines: Sequence[Decision], gone: frozenset[str] = frozenset()) -> Places:
    """The claims of a report with every anchor that they are known by: changed claims keep the one they had.

    A claim whose change was taken back keeps the one that it had meanwhile.
    """
    places = Places(report_id(report))
    for checked in report.claims:
        places.add(anchor(report.text.text, checked.claim), checked.claim.id)
    edits = [line for line in lines if line.action == Action.EDIT]
    for line in reversed(edits):  # a second change begins at the anchor that the first one made
        if line.id not in gone and (now := places.find(after_change(line), line.report)) is not None:
            places.add(line.claim, now)
    for line in edits:
        if line.id in gone and (now := places.find(line.claim, line.report)) is not None:
            places.add(after_change(line), now)
    return places


def after_change(line: Decision) -> Anchor:
    """What an ``edit`` made of a claim's anchor."""
    was, change = line.claim, line.change
    if change is None:
        return was
    kind = change.kind or was.kind
    if change.text:
        return Anchor(was.id, change.text, change.prefix, change.suffix, kind)
    return Anchor(was.id, was.text, was.prefix, was.suffix, kind)


class _Fold:
    """Takes lines in, oldest first, and keeps what is in force."""

    def __init__(self, edits: Mapping[str, int]) -> None:
        self._edits = edits
        self._latest: dict[tuple[str, str], tuple[int, Decision]] = {}
        self._lost: dict[Any, Decision] = {}
        self._changes: dict[str, list[Decision]] = defaultdict(list)
        self._outside: dict[str, list[Decision]] = defaultdict(list)
        self._questions: dict[str, dict[str, Question]] = defaultdict(dict)
        self._earlier: dict[str, list[Decision]] = defaultdict(list)
        self._signed: Decision | None = None
        self._since = 0

    def enter(self, number: int, line: Decision, claim: str | None) -> None:
        """One line with its number and the id of its claim: empty for the whole text, None where its words are gone."""
        if line.action == Action.SIGN_OFF:
            self._signed, self._since = line, 0
            return
        self._since += 1
        if line.action == Action.UNDO:
            if line.of in self._edits:  # what was decided about the changed claim says nothing about the old one
                self._supersede(claim, self._edits[line.of])
            elif not line.of:
                self._drop_own(line, claim)
        elif claim is None:
            self._lose(line)
        elif line.action == Action.DECIDE and line.decision:
            self._latest.pop((claim, line.reviewer), None)
            self._latest[claim, line.reviewer] = (number, line)
        elif line.action in CHANGES:
            self._changes[claim].append(line)
            if line.action != Action.DROP:  # what was decided about the claim as it was says nothing about it now
                self._supersede(claim, 0)
        elif line.action == Action.ATTACH:
            self._outside[claim].append(line)
        elif line.action == Action.QUERY and line.query:
            known = self._questions[claim].get(line.query.id)
            self._questions[claim][line.query.id] = Question(known.asked if known else line, line)

    def _drop_own(self, line: Decision, claim: str | None) -> None:
        if claim is None:
            self._lost.pop((line.claim, line.reviewer), None)
        else:
            self._latest.pop((claim, line.reviewer), None)

    def _lose(self, line: Decision) -> None:
        """Of decisions the last of each reviewer is kept; anything else is a thing of its own."""
        if line.action == Action.DECIDE and line.decision:
            self._lost.pop((line.claim, line.reviewer), None)
            self._lost[line.claim, line.reviewer] = line
        elif line.action == Action.QUERY and line.query:
            self._lost[line.query.id] = line
        elif line.action in (*CHANGES, Action.ATTACH):
            self._lost[line.id or line] = line

    def _supersede(self, claim: str | None, since: int) -> None:
        """Puts aside the decisions about a claim that were made from line ``since`` on."""
        for key in [key for key, (number, _) in self._latest.items() if key[0] == claim and number >= since]:
            self._earlier[key[0]].append(self._latest.pop(key)[1])

    def result(self) -> Review:
        """What is in force after the last line."""
        standing: dict[str, list[Decision]] = defaultdict(list)
        for (claim, _), (_, line) in self._latest.items():
            standing[claim].append(line)
        dossiers = {
            claim: Dossier(
                tuple(self._changes.get(claim, ())),
                tuple(self._outside.get(claim, ())),
                tuple(self._questions.get(claim, {}).values()),
                tuple(self._earlier.get(claim, ())),
            )
            for claim in {*self._changes, *self._outside, *self._questions, *self._earlier}
        }
        return Review(
            {claim: tuple(made) for claim, made in standing.items()},
            tuple(self._lost.values()),
            dossiers,
            self._signed,
            self._since,
        )


def reviewers(made: Sequence[Decision]) -> str:
    """The names of those who decided, in words."""
    return " and ".join(dict.fromkeys(decision.reviewer for decision in made))
