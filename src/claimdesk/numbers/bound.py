"""A quantity with its slots: what it counts, what happened to it, and the circumstances that its sentence tells."""

from __future__ import annotations

from dataclasses import dataclass, field

from claimdesk.analysis import View
from claimdesk.language.terms import Term
from claimdesk.model import DateRef, Quantity, Span


@dataclass(frozen=True)
class Bound:
    """A quantity with its slots. ``core`` are the words of its own clause, ``near`` those of its sentence.

    ``item`` is the group of the counted noun, "" when the wording points elsewhere (those, 27 of them).
    ``main`` is the event of the governing verb, ``events`` every event of the clause. ``role`` is ``from``,
    ``to``, ``by`` or "" for a level; ``base`` marks the number of which a share is taken. ``labels`` are the cells
    that name the row of a table (``in_row``), ``whole`` marks its row of totals, ``ends`` the ends of a change there.
    ``condition`` are the words that narrow what the counted have ("severe headaches occurred in 12 patients"),
    ``alternatives`` the things of which each of them had one ("received vaccine or placebo"). ``crowd`` marks those in
    front of whom it happened, ``definite`` "the 40 men", ``detail`` what only describes another argument ("handed to
    officers of the navy").
    ``excepted`` marks those of whom the sentence does not speak: "all but 900 of the customers".
    ``nested`` marks a number that only belongs to a noun of the clause: "a trial with 12,480 adults".
    """

    quantity: Quantity
    view: View
    sentence: Span
    item: str = ""
    item_terms: tuple[Term, ...] = ()
    modifiers: tuple[Term, ...] = ()
    container: str = ""
    base: bool = False
    part_of: bool = False
    topic: tuple[Term, ...] = ()
    main: frozenset[str] = frozenset()
    events: frozenset[str] = frozenset()
    core: tuple[Term, ...] = ()
    near: tuple[Term, ...] = ()
    actor: Term | None = None
    recipient: Term | None = None
    places: tuple[Term, ...] = ()
    times: tuple[DateRef, ...] = ()
    modality: str = ""
    negated: bool = False
    statistic: str = ""
    direction: str = ""
    role: str = ""
    subset: bool = False
    excepted: bool = False
    speaker: Term | None = None
    withdrawn: bool = False
    anaphor: bool = False
    verb: int = -1
    patient: str = ""
    dep: str = ""
    condition: tuple[Term, ...] = ()
    alternatives: tuple[tuple[tuple[Term, ...], ...], ...] = ()
    crowd: bool = False
    definite: bool = False
    detail: tuple[Term, ...] = ()
    unread: bool = False
    giver: Term | None = None
    verb_lemma: str = ""
    labels: tuple[tuple[Term, ...], ...] = ()
    in_row: bool = False
    whole: bool = False
    ends: bool = False
    nested: bool = False
    aside: bool = False
    compared: bool = False
    captioned: bool = False
    tense: str = ""
    firm: tuple[Term, ...] = field(default=(), repr=False)
    loose: tuple[Term, ...] = field(default=(), repr=False)
    foreign: tuple[Term, ...] = field(default=(), repr=False)
    siblings: tuple[Quantity, ...] = field(default=(), repr=False)

    @property
    def core_means(self) -> frozenset[str]:
        """Everything that the words of its own clause can mean."""
        return _means(self.core) | self.events

    @property
    def near_means(self) -> frozenset[str]:
        """Everything that the words of its sentence can mean."""
        return _means(self.near) | self.events

    @property
    def told(self) -> str:
        """The words of its sentence."""
        return self.sentence.of(self.view.analysis.parsed.text)


def _means(terms: tuple[Term, ...]) -> frozenset[str]:
    return frozenset().union(*(each.means for each in terms)) if terms else frozenset()
