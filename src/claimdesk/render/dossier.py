"""What a checking file holds beside verdicts, in words and as HTML: changes, outside evidence, questions.

All of it is a person's; every line says whose.
"""

from __future__ import annotations

from collections.abc import Sequence

from claimdesk.model import Kind, Stance, Verdict
from claimdesk.render.decided import clock, describe_decision, verdict_word
from claimdesk.render.markup import Html, element
from claimdesk.render.standing import KIND_WORDS
from claimdesk.review import Action, Asked, Decision, Dossier, Question, Way

WAY_WORDS = {
    Way.CALL: "Call",
    Way.EMAIL: "E-mail",
    Way.PAGE: "Page seen",
    Way.DOCUMENT: "Document seen",
    Way.OTHER: "Other evidence",
}
BEARING_WORDS = {
    Stance.SUPPORTS: "supports the claim",
    Stance.CONFLICTS: "speaks against the claim",
    Stance.RELATED: "decides nothing",
}
ASKED_WORDS = {Asked.OPEN: "Open", Asked.ANSWERED: "Answered", Asked.WITHDRAWN: "Withdrawn"}


def describe_change(line: Decision) -> str:
    """What a person made of a claim, and what the check had said about it."""
    who = f"{_name(line)}, {clock(line.at)}"
    if line.action == Action.ADD:
        return f"Added by {who}" + _note(line)
    if line.action == Action.DROP:
        return f"Dropped by {who}" + _note(line) + _machine(line)
    change = line.change
    parts = []
    if change and change.text:
        parts.append(f"the words are “{change.text}” instead of “{line.claim.text}”")
    if change and change.kind:
        parts.append(f"it is read as a {KIND_WORDS[Kind(change.kind)].lower()}")
    if change and change.speaker:
        parts.append(f"the speaker is {change.speaker}")
    if change and change.value:
        parts.append(f"the value is {change.value}")
    return f"Changed by {who}: {', '.join(parts) or 'nothing that is known here'}" + _note(line) + _machine(line)


def describe_outside(line: Decision) -> str:
    """A piece of evidence that a person brought, marked as theirs."""
    outside = line.outside
    if outside is None:
        return ""
    place = ", ".join(part for part in (outside.contact, outside.when, outside.url) if part)
    head = WAY_WORDS[outside.way] + (f" ({place})" if place else "")
    return f"{head}, {BEARING_WORDS[outside.stance]}. Noted by {_name(line)}, {clock(line.at)}: “{outside.words}”"


def describe_question(question: Question) -> str:
    """A question to the writer with its state and its answer."""
    asked, last = question.asked, question.last.query
    if last is None:
        return ""
    to = f" to {last.to}" if last.to else ""
    words = f"{ASKED_WORDS[last.state]} question{to} by {_name(asked)}, {clock(asked.at)}: “{last.question}”"
    if last.answer:
        words += f" Answer, kept by {_name(question.last)}, {clock(question.last.at)}: “{last.answer}”"
    return words


def describe_earlier(line: Decision) -> str:
    """A decision that no longer counts, because the claim was changed after it."""
    return f"Before the change. {describe_decision(line)}"


def describe_dossier(dossier: Dossier) -> list[str]:
    """Every line of a claim's file, for formats of words."""
    return [
        *map(describe_change, dossier.changes),
        *map(describe_earlier, dossier.earlier),
        *map(describe_outside, dossier.outside),
        *map(describe_question, dossier.questions),
    ]


def describe_line(line: Decision) -> str:
    """Any line of the log as the history shows it."""
    who = f"{_name(line)}, {clock(line.at)}"
    if line.action == Action.UNDO:
        return f"{who}: took {'an entry' if line.of else 'the decision'} back."
    if line.action in (Action.ADD, Action.DROP, Action.EDIT):
        return describe_change(line)
    if line.action == Action.ATTACH:
        return describe_outside(line)
    if line.action == Action.QUERY:
        return describe_question(Question(line, line))
    if line.action == Action.SIGN_OFF:
        return f"Signed off by {who}" + _note(line)
    return describe_decision(line)


def describe_signed(line: Decision, since: int) -> str:
    """The sign-off of a report, and whether it still holds."""
    words = f"Signed off by {_name(line)}, {clock(line.at)}" + _note(line)
    if since:
        words += f" {since} {'entry was' if since == 1 else 'entries were'} made since, so it is open again."
    return words


def render_dossier(dossier: Dossier) -> Html:
    """The file of a claim as lists with headings; empty where it holds nothing."""
    return Html(
        _group("What people changed", [*map(describe_change, dossier.changes), *map(describe_earlier, dossier.earlier)])
        + _group("Evidence from outside the sources", list(map(describe_outside, dossier.outside)))
        + _group("Questions to the writer", list(map(describe_question, dossier.questions)))
    )


def render_unattached(lost: Sequence[Decision]) -> Html:
    """Entries about words that are no longer in the text."""
    items = [
        element(
            "li",
            element("cite", f"“{line.claim.text}”"),
            element("p", describe_line(line), class_="cd-note"),
            dir="auto",
        )
        for line in lost
    ]
    return element("ul", *items, class_="cd cd-list") if items else Html()


def _group(heading: str, lines: Sequence[str]) -> Html:
    if not lines:
        return Html()
    items = [element("li", line, dir="auto") for line in lines]
    return element("div", element("h4", heading), element("ul", *items), class_="cd cd-stamp cd-dossier")


def _name(line: Decision) -> str:
    return line.reviewer or "someone"


def _note(line: Decision) -> str:
    if not line.note:
        return "."
    return f": {line.note}" + ("" if line.note.endswith((".", "!", "?")) else ".")


def _machine(line: Decision) -> str:
    if line.machine is Verdict.NOT_CHECKED:
        return ""
    return f" The check had found “{verdict_word(line.machine)}”" + (f": {line.reason}" if line.reason else ".")
