"""The frame of a quotation: what governs its words in the source, and whether the claim says so too."""

from __future__ import annotations

from claimdesk.model import Meta, Outcome, Quote, QuoteType, Span
from claimdesk.wording.edges import Cut, Wording, cut_left, describe, frames
from claimdesk.wording.edges_right import cut_right
from claimdesk.wording.edits import Change, shown, span_of
from claimdesk.wording.locate import Placed
from claimdesk.wording.protected import protect, stem
from claimdesk.wording.referents import Referent, norms_of
from claimdesk.wording.targets import points, same_target, target_of

_ASKING = frozenset(["ask", "wonder", "inquire", "question", "query"])
_SURE = frozenset(["will", "would", "shall"])
_UNSURE = {
    "may": "may", "might": "may", "can": "can", "could": "can", "should": "should", "must": "must", "want": "want",
    "wants": "want", "wanted": "want", "hope": "hope", "hopes": "hope", "hoped": "hope", "plan": "plan",
    "plans": "plan", "planned": "plan", "try": "try", "tries": "try", "tried": "try", "need": "must", "have": "must",
    "has": "must", "intend": "plan", "intends": "plan", "intended": "plan",
}  # fmt: skip


def outside_words(quote: Quote, claim: Wording) -> list[str]:
    """The reporter's own words in the sentences of a quotation."""
    return [tok.norm for tok in claim.toks if not any(outer.overlaps(tok.span) for outer in quote.outer)]


def read_edges(
    quote: Quote, placed: Placed, source: Wording, claim: Wording, bounds: tuple[int, int], carrier: Quote | None
) -> list[Change]:
    """What was cut off at the ends of a quotation (``bounds``: its first and one past its last source word)."""
    found: list[Change] = []
    start, end = bounds
    first = placed.scripts[0]
    last = placed.scripts[-1]
    span = Span(placed.segments[0].span.start, placed.segments[-1].span.end)
    for side, cut in (
        ("left", cut_left(source, start, max(first.fit.end, start + 1))),
        ("right", cut_right(source, min(last.fit.start, end - 1), end)),
    ):
        if cut is None or _said_outside(quote, cut, source, claim):
            continue
        cue = carrier.cue if carrier is not None and carrier.type is not QuoteType.INDIRECT else None
        if cut.kind == "view" and cue is not None and cue.span.overlaps(cut.span):
            continue  # the source's own attribution, which the speaker check compares
        words = describe(source, cut)
        where = source.sentence(start if side == "left" else end - 1)
        sentence = shown(source.parsed.text, span_of(source.toks[where[0] : where[1]]), 200)
        headline = "headline" in quote.flags and side == "right"
        if cut.decisive and not (headline and cut.kind == "counted"):
            label = "TRIMMED_MEANING_CHANGE"
            if quote.type is QuoteType.PARTIAL and cut.kind in ("polarity", "negation"):
                label = "CONTEXT_CHANGED"
            place = "before" if side == "left" else "after"
            detail = f'The source has "{words}" {place} these words; the quote leaves it out.'
            found.append(Change(label, span, cut.span, detail))
        else:
            settled = None if cut.holds else Outcome.SILENT
            detail = f'The quote is cut from the sentence "{sentence}".'
            found.append(Change("TRUNCATED", span, cut.span, detail, settled, flag=True))
    return found


def _said_outside(quote: Quote, cut: Cut, source: Wording, claim: Wording) -> bool:
    """Whether the reporter says in other words what the marks leave out; only a fragment can be framed so."""
    outside = outside_words(quote, claim)
    classes = set(protect(outside))
    if quote.type is not QuoteType.PARTIAL:
        return False
    negative = quote.cue is not None and quote.cue.group == "negative"
    if cut.kind in ("polarity", "negation"):
        return "polarity" in classes or negative
    if cut.kind == "unwise":
        return "polarity" in classes or negative or bool(set(frames()["unwise"]) & set(outside))
    if cut.kind == "condition":
        return "condition" in classes or bool({"only", "but", "except"} & set(outside))
    if cut.kind in ("hedge", "view"):
        views = frames()["view_verbs"]
        return "hedge" in classes or any(word in views for word in outside)
    if cut.kind == "restriction":
        return "restriction" in classes
    if cut.kind in ("narrowing", "counted"):
        cut_stems = {stem(word) for word in norms_of(source.parsed.text, cut.span)}
        return len(cut_stems & {stem(word) for word in outside}) >= min(2, len(cut_stems))
    return True


def read_questions(quote: Quote, placed: Placed, source: Wording, claim: Wording) -> list[Change]:
    """A question quoted as a statement, or a statement as a question."""
    asked = quote.cue is not None and quote.cue.lemma in _ASKING
    outside = set(outside_words(quote, claim))
    if asked or outside & {"whether", "asked", "wondered"}:
        return []
    found = []
    later = [script.matched()[:1] for script in placed.scripts[1:]] + [[]]
    for segment, script, beyond in zip(placed.segments, placed.scripts, later, strict=True):
        pairs = script.matched()
        for number, (mine, theirs) in enumerate(pairs):
            following = next(iter(pairs[number + 1 : number + 2] + beyond), None)
            if following and source.toks[following[1]].sentence == source.toks[theirs].sentence:
                continue
            _, stop = source.sentence(theirs)
            rest = [tok.norm for tok in source.toks[theirs + 1 : stop]]
            ending = source.folded[source.toks[stop - 1].span.end : source.toks[stop - 1].span.end + 4]
            asks = "?" in ending[: _up_to_word(ending)]
            limit = claim.folded[segment.toks[mine].span.end : segment.toks[mine].span.end + 4]
            quoted = "?" in limit[: _up_to_word(limit)]
            tag = " ".join(rest[-3:]) in frames()["tags"] or " ".join(rest[-4:]) in frames()["tags"]
            if asks == quoted or (asks and tag) or (quoted and rest):
                continue
            where = span_of(source.toks[source.sentence(theirs)[0] : stop])
            words = shown(source.parsed.text, where)
            detail = (
                f'The source asks "{words}?"; the quote states it.'
                if asks
                else f'The source states "{words}"; the quote asks it.'
            )
            label = "CONTEXT_CHANGED" if quote.type is QuoteType.PARTIAL else "ALTERED_MATERIAL"
            found.append(Change(label, segment.span, where, detail))
    return found[:1]


def _up_to_word(text: str) -> int:
    return next((index for index, char in enumerate(text) if char.isalnum()), len(text))


def read_frame(
    quote: Quote, placed: Placed, source: Wording, claim: Wording, meta: Meta, carrier: Quote | None
) -> list[Change]:
    """Whether the reporter's words around a quotation put it as the source does: polarity, modality, target."""
    found: list[Change] = []
    mine = [i for i, tok in enumerate(claim.toks) if any(c.contains(tok.span) for c in quote.content)]
    if not mine or placed.start >= placed.end:  # nothing of the quotation could be placed
        return []
    span = Span(placed.segments[0].span.start, placed.segments[-1].span.end)
    where = span_of(source.toks[placed.start : placed.end])
    if negation := _denied(quote, claim, mine[0], mine[-1] + 1):
        if not _source_denies(source, placed) and not (carrier is not None and _cue_denies(carrier)):
            detail = f'The claim denies these words ("{negation}"); the source says them.'
            found.append(Change("CONTEXT_CHANGED", span, where, detail))
    if quote.type is not QuoteType.PARTIAL and not quote.target:
        return found
    if change := _modality(quote, placed, source, claim, span):
        found.append(change)
    if change := _target(quote, placed, source, claim, meta, (mine[0], mine[-1] + 1), carrier):
        found.append(change)
    return found


def read_denial(quote: Quote, carrier: Quote | None, placed: Placed, source: Wording, claim: Wording) -> list[Change]:
    """Words that the source quotes only to say that they were not said: *denied saying* "I took the money"."""
    if carrier is None or carrier.type is QuoteType.INDIRECT:
        return []
    theirs = [i for i, tok in enumerate(source.toks) if any(c.contains(tok.span) for c in carrier.content)]
    mine = [i for i, tok in enumerate(claim.toks) if any(c.contains(tok.span) for c in quote.content)]
    if not theirs or not mine:
        return []
    denial = _denied(carrier, source, theirs[0], theirs[-1] + 1)
    if not denial or _denied(quote, claim, mine[0], mine[-1] + 1):
        return []
    span = Span(placed.segments[0].span.start, placed.segments[-1].span.end)
    where = span_of(source.toks[placed.start : placed.end])
    detail = f'In the source these words are denied ("{denial}").'
    return [Change("CONTEXT_CHANGED", span, where, detail)]


def _denied(quote: Quote, claim: Wording, start: int, end: int) -> str:
    """The word of the reporter that denies the quoted words, or nothing: *never said*, *denied*, *is not* "safe"."""
    if quote.cue is not None:
        if _cue_denies(quote):
            return quote.cue.text
        tokens = claim.parsed.tokens(quote.cue.span)
        for token in tokens:
            for child in token.children:
                if any(outer.start <= child.idx < outer.end for outer in quote.outer):
                    continue
                if child.dep_ == "neg" or child.lower_ in ("never", "not"):
                    return f"{child.text} {quote.cue.text}"
            if token.dep_ in ("xcomp", "ccomp", "pcomp") and token.head.lemma_ in (
                "deny",
                "refuse",
                "reject",
                "dispute",
            ):
                return f"{token.head.text} {quote.cue.text}"
    elif denial := _denied_above(claim, start, end):
        return denial
    if quote.type is not QuoteType.PARTIAL:
        return ""
    cut = cut_left(claim, start, end)
    if cut is not None and cut.decisive and cut.kind in ("polarity", "negation"):
        if not any(outer.overlaps(cut.span) for outer in quote.outer):
            return describe(claim, cut)
    return ""


def _cue_denies(quote: Quote) -> bool:
    """Whether the cue denies the words: *denied*; *dismissed it as* "nonsense" names something instead."""
    if quote.cue is None or quote.cue.group != "negative":
        return False
    return quote.cue.lemma in ("deny", "refute", "dispute", "rule out") or not quote.target


def _denied_above(claim: Wording, start: int, end: int) -> str:
    """A denied verb of saying above the quoted words where no cue was found: *did not say*."""
    inside = {token.i for index in range(start, end) if (token := claim.token(index)) is not None}
    for index in range(start, min(end, start + 30)):
        token = claim.token(index)
        if token is None or token.head.i in inside or token.head.pos_ != "VERB":
            continue
        for child in token.head.children:
            if child.dep_ == "neg" and child.i not in inside:
                return f"{child.text} {token.head.text}"
    return ""


def _source_denies(source: Wording, placed: Placed) -> bool:
    cut = cut_left(source, placed.start, placed.end)
    return cut is not None and cut.kind in ("polarity", "negation")


def _modality(quote: Quote, placed: Placed, source: Wording, claim: Wording, span: Span) -> Change | None:
    """A fragment whose verb stands under might, could or want in the source and under will in the claim."""
    first, _ = source.sentence(placed.start)
    before = [tok.norm for tok in source.toks[max(first, placed.start - 3) : placed.start]]
    theirs = next((word for word in reversed(before) if word in _UNSURE and _modal(word, before)), None)
    token = source.token(placed.start)
    if theirs is None or token is None or token.pos_ not in ("VERB", "AUX", "ADV", "PART"):
        return None
    outside = outside_words(quote, claim)
    if any(_UNSURE.get(word) == _UNSURE[theirs] for word in outside) or "hedge" in protect(outside):
        return None
    place = max(placed.start - 3, first)
    where = span_of(source.toks[place : placed.end])
    detail = f'The source has "{shown(source.parsed.text, where)}"; the claim drops "{theirs}".'
    return Change("CONTEXT_CHANGED", span, where, detail)


def _modal(word: str, before: list[str]) -> bool:
    """Have and need are modal only with *to*."""
    if word in ("may", "might", "can", "could", "should", "must"):
        return True
    return "to" in before[before.index(word) + 1 :]


def _target(
    quote: Quote,
    placed: Placed,
    source: Wording,
    claim: Wording,
    meta: Meta,
    mine: tuple[int, int],
    carrier: Quote | None,
) -> Change | None:
    """Whether the fragment is said of the same thing on both sides."""
    if quote.target:
        ours, our_text = norms_of(quote.target), quote.target
    else:
        ours, _, our_text = target_of(claim, *mine, quote.cue.span if quote.cue else None)
    cue = carrier.cue.span if carrier is not None and carrier.cue is not None else None
    theirs, place, their_text = target_of(source, placed.start, placed.end, cue)
    if carrier is not None and carrier.target:
        theirs, their_text = norms_of(carrier.target), carrier.target
    if not ours or not theirs:
        return None
    speaker = (
        " ".join(filter(None, (quote.speaker.name, quote.speaker.role, quote.speaker.org))) if quote.speaker else ""
    )
    verdict = same_target(ours, theirs, source, place, meta, speaker)
    span = Span(placed.segments[0].span.start, placed.segments[-1].span.end)
    where = span_of(source.toks[placed.start : placed.end])
    detail = f'The claim says it of "{our_text}", the source of "{their_text}".'
    if verdict is Referent.OTHER:
        return Change("CONTEXT_CHANGED", span, where, detail)
    if verdict is Referent.UNKNOWN:
        settled = None if points(ours, theirs, source, place) else Outcome.SILENT
        return Change("TARGET_UNKNOWN", span, where, detail, settled, flag=True)
    return None
