"""Another name in the place of the claim's, and the claim's subject in another part: what a sure reading overlooks."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from claimdesk.analysis import View
from claimdesk.language.text import words
from claimdesk.model import Finding
from claimdesk.names import Name, find_names
from claimdesk.names.aliases import related
from claimdesk.wording.clauses import clauses

# Parts of a sentence that those who act fill; the names of all others say where, when and of what.
_ACTING = frozenset(("subject", "object", "prep by", "prep to"))


def has_rival_name(claim: View, evidence: Sequence[View]) -> bool:
    """Whether the evidence has another name where the claim has one that the evidence does not know.

    >>> from claimdesk.analysis import analyze
    >>> has_rival_name(analyze("Ana Ruiz won.").view(), [analyze("The prize went to Marta Cole.").view()])
    True
    >>> has_rival_name(analyze("Ana Ruiz won.").view(), [analyze("She won in Lisbon.").view()])
    False
    """
    ours = find_names(claim)
    theirs = [name for view in evidence for name in find_names(view)]
    known = {word.norm for view in evidence for word in words(view.text)}
    missing = [name for name in ours if _is_unknown(name, theirs, known)]
    if not missing:
        return False
    mine = {word.norm for word in words(claim.text)}
    others = [name for name in theirs if _is_unknown(name, ours, mine)]
    return any(_fill_one_place(name, other) for name in missing for other in others)


def is_turned(finding: Finding, claim: View, evidence: Sequence[View]) -> bool:
    """Whether the passage says it of another, and speaks of the claim's subject too: who did what is exchanged."""
    if finding.label != "OTHER_SUBJECT" or finding.claim_span is None:
        return False
    told = clauses(claim.analysis.parsed, claim.span)
    heads = {clause.subject[-1] for clause in told if clause.subject and finding.claim_span.overlaps(clause.head)}
    theirs = [clause for view in evidence for clause in clauses(view.analysis.parsed, view.span)]
    return any(head in clause.names for head in heads for clause in theirs)


def _is_unknown(name: Name, names: Sequence[Name], known: Collection[str]) -> bool:
    return not any(word in known for word in name.words) and not any(related(name.words, n.words) for n in names)


def _fill_one_place(one: Name, two: Name) -> bool:
    """Whether both names act, both tell where, when or of what, or neither has a known place in its sentence."""
    return bool(one.slot) == bool(two.slot) and (one.slot in _ACTING) == (two.slot in _ACTING)
