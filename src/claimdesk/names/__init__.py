"""The names of a text by strings and positions: with the office, the age and the grammatical place beside them.

The type that a recognizer gives a name is never used (it takes invented towns for people): capitals, the words
around a name and its part in the sentence are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from claimdesk.analysis import View
from claimdesk.language.remember import remembered
from claimdesk.language.text import fold, normal
from claimdesk.model import Span
from claimdesk.names.aliases import Words
from claimdesk.names.titles import Role, read_role, titles

if TYPE_CHECKING:
    from spacy.tokens import Token

_PARTICLES = frozenset(
    ["de", "da", "del", "della", "di", "du", "la", "van", "von", "der", "den", "ter", "bin", "ibn", "al", "el"]
)
_NO_START = frozenset(["DET", "PRON", "ADP", "ADV", "CCONJ", "SCONJ", "AUX", "INTJ", "PART", "NUM"])
_AGE_AFTER = re.compile(r"(?:, (?:aged |age )?| aged )(\d{1,3})(?=[,.;]| years? old)")
_AGE_IS = re.compile(r" (?:is|was|turned) (?:aged )?(\d{1,3})(?=[,.;]| years? old| when| at the time)")
_AGE_BEFORE = re.compile(r"(\d{1,3})-year-old (?:[\w-]{1,20} ){0,4}$")
_OFFICE_AFTER = re.compile(r"(?:'s)?,(?: (?:aged )?\d{1,3},)? ([^,.;:()\"\n]{3,100})")
_OFFICE_BEFORE = re.compile(
    r"(?:^|[,.;:(\"\n] ?|\b)((?:[Tt]he|[Ii]ts|[Tt]heir|[A-Z][\w-]{1,30}'s) [^,.;:()\"\n]{3,90}), $"
)
_AS = re.compile(r" as (?:its |the |an? )?([^,.;:()\"\n]{3,60})")
_WHO = re.compile(r" (?:who|whose|which|that|said|says|told|and|but|was|is|has|had) ")
_APPOINT = frozenset(["appoint", "name", "elect", "hire", "choose", "nominate", "install", "pick", "swear"])
_BACK = 6  # words in front of a name in which its office is looked for


@dataclass(frozen=True, slots=True)
class Name:
    """A name where it stands. ``words`` are comparable and without office and title.

    ``slot`` is its part in the sentence: ``subject``, ``object``, ``prep in`` ... or "" where unclear, ``governors``
    the lemmas of the words that it depends on, ``real`` whether that is said to have happened.
    """

    span: Span
    text: str
    words: Words
    sentence: Span
    role: Role | None = None
    age: int | None = None
    slot: str = ""
    governors: frozenset[str] = frozenset()
    real: bool = True
    quoted: bool = False


@lru_cache(maxsize=256)
@remembered
def find_names(view: View) -> tuple[Name, ...]:
    """Every name of a stretch of text in order of place."""
    parsed = view.analysis.parsed
    found: list[Name] = []
    for sentence in parsed.sentences:
        if not view.span.overlaps(sentence):
            continue
        tokens = [token for token in parsed.tokens(sentence) if sentence.start <= token.idx < sentence.end]
        if not _is_title_case(tokens):
            found += _names_of(tokens, sentence, view)
    return tuple(name for name in found if view.span.contains(name.span))


def _is_title_case(tokens: Sequence[Token]) -> bool:
    """A headline that capitalizes every long word tells nothing by its capitals."""
    long = [token for token in tokens if token.is_alpha and len(token) > 3]
    closed = tokens and tokens[-1].text in (".", "!", "?", '"')
    return len(long) >= 4 and not closed and all(token.text[0].isupper() for token in long)


def _names_of(tokens: Sequence[Token], sentence: Span, view: View) -> Iterator[Name]:
    folded = fold(view.analysis.parsed.text)
    marked = [pair.inner for pair in view.analysis.parsed.marks]
    for run in _runs(tokens):
        cut = _office_in(run)
        name = run[cut:]
        if not name:
            continue
        span = Span(name[0].idx, name[-1].idx + len(name[-1]))
        words = tuple(word for token in name if (word := normal(token.text.strip(".-&"))) and word not in _PARTICLES)
        if not words or (cut == 0 and _is_office_alone(words)):
            continue
        slot, governors, real = _place(name)
        modifies = name[-1].dep_ in ("compound", "amod", "nmod", "poss")  # a 26-year-old Berlin man
        yield Name(
            span=span,
            text=span.of(view.analysis.parsed.text),
            words=words,
            sentence=sentence,
            role=_office(run, cut, span, sentence, folded),
            age=_age(span, sentence, folded, run[0].idx, modifies),
            slot=slot,
            governors=governors,
            real=real,
            quoted=any(inner.overlaps(span) for inner in marked),
        )


def _runs(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Words with a capital that stand together, with the small words that names may hold."""
    run: list[Token] = []
    for index, token in enumerate(tokens):
        if _is_capital(token, tokens, index, bool(run)) or (run and _links(run, tokens, index)):
            run.append(token)
        elif run:
            yield _trimmed(run)
            run = []
    if run:
        yield _trimmed(run)


def _trimmed(run: list[Token]) -> list[Token]:
    while run and not run[-1].text[0].isupper():
        run = run[:-1]
    return run


def _is_capital(token: Token, tokens: Sequence[Token], index: int, inside: bool) -> bool:
    text = token.text
    if not text[0].isupper() or token.lower_.strip(".") in titles().never_names:
        return False
    if inside or (
        index and tokens[index - 1].text not in ('"', "'", "(", "[", "\n") and not tokens[index - 1].is_space
    ):
        return token.pos_ not in ("DET", "PRON") or (text.isupper() and len(text) > 1)
    if token.pos_ in _NO_START or (token.is_stop and not text.isupper()):
        return False
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    return token.pos_ == "PROPN" or (
        following is not None and following.text[0].isupper() and following.pos_ == "PROPN"
    )


def _links(run: list[Token], tokens: Sequence[Token], index: int) -> bool:
    """Whether a small word goes on with a name: van, of the (after Ministry, Bank), a hyphen, an ampersand."""
    token = tokens[index]
    ahead = tokens[index + 1] if index + 1 < len(tokens) else None
    if ahead is None:
        return False
    capital = ahead.text[0].isupper() and ahead.lower_ not in titles().never_names
    if token.text in ("-", "&"):
        return capital and not run[-1].whitespace_ or token.text == "&"
    if token.lower_ in _PARTICLES:
        return capital or ahead.lower_ in _PARTICLES
    heads = titles().organizations
    if token.lower_ in ("of", "for") and any(part.lower_ in heads for part in run):
        return capital or (ahead.lower_ == "the" and index + 2 < len(tokens) and tokens[index + 2].text[0].isupper())
    if token.lower_ == "the" and run[-1].lower_ in ("of", "for"):
        return capital
    return False


def _office_in(run: Sequence[Token]) -> int:
    """How many words at the start of a run are an office or a title: Interior Minister | Ana Ruiz."""
    table = titles()
    if run[-1].lower_ in table.organizations:
        return 0
    cut = 0
    for index, token in enumerate(run[:-1]):
        pair = f"{run[index - 1].lower_} {token.lower_}" if index else ""
        if token.lower_.strip(".") in table.titles or token.lower_ in table.heads or pair in table.heads:
            cut = index + 1
    return cut


def _is_office_alone(words: Words) -> bool:
    table = titles()
    if words[-1] not in table.heads:
        return False
    return len(words) == 1 or all(
        word in table.heads or word in table.ranks or word in table.ministries for word in words[:-1]
    )


def _office(run: Sequence[Token], cut: int, span: Span, sentence: Span, folded: str) -> Role | None:
    """The office beside a name: right before it, in apposition on either side, or given by "appointed as"."""
    before = _words_before(run[0], run[cut - 1] if cut else None, sentence, folded)
    if before and (role := read_role(before)):
        return role
    if match := _OFFICE_AFTER.match(folded, span.end, sentence.end):
        phrase = _WHO.split(f"{match.group(1)} ", maxsplit=1)[0]
        if (role := read_role(phrase)) and not _starts_with_name(phrase):
            return role
    head = run[-1]
    if (match := _AS.match(folded, span.end, sentence.end)) and head.dep_ == "dobj" and head.head.lemma_ in _APPOINT:
        return read_role(_WHO.split(f"{match.group(1)} ", maxsplit=1)[0])
    if folded[span.end : span.end + 1] in (",", ".", ";", ")") and cut == 0:
        if match := _OFFICE_BEFORE.search(folded, sentence.start, span.start):
            return read_role(match.group(1))
    return _copula(head)


def _words_before(first: Token, last_of_office: Token | None, sentence: Span, folded: str) -> str:
    """The words in front of a name that can belong to an office: Calder coach, deputy transport minister."""
    start, node, taken = first.idx, first, 0
    while node.i > 0 and taken < _BACK:
        previous = node.nbor(-1)
        if previous.idx < sentence.start or not (
            previous.pos_ in ("NOUN", "PROPN", "ADJ")
            or previous.text in ("-", "'s")
            or previous.lower_ in titles().times
        ):
            break
        node, start, taken = previous, previous.idx, taken + 1
    end = last_of_office.idx + len(last_of_office) if last_of_office is not None else first.idx
    return folded[start:end].strip()


def _starts_with_name(phrase: str) -> bool:
    """The next item of a list: "Mayor Li Chen" after a comma."""
    words = phrase.split()
    return len(words) > 1 and all(word[:1].isupper() for word in words) and words[-1].casefold() not in titles().heads


def _copula(head: Token) -> Role | None:
    """Ana Ruiz is the mayor of Tarn."""
    verb = head.head
    if (
        head.dep_ != "nsubj"
        or verb.lemma_ != "be"
        or any(child.dep_ == "neg" for child in verb.children)
        or verb.lower_ == "was"
    ):
        return None
    for child in verb.children:
        if child.dep_ == "attr":
            words = [token.text for token in child.subtree if token.i - child.i < 8][:12]
            return read_role(" ".join(words).replace(" 's", "'s"))
    return None


def _age(span: Span, sentence: Span, folded: str, run_start: int, modifies: bool) -> int | None:
    for pattern in (_AGE_AFTER, _AGE_IS):
        if match := pattern.match(folded, span.end, min(sentence.end, span.end + 40)):
            return int(match.group(1))
    if not modifies and (match := _AGE_BEFORE.search(folded, max(sentence.start, run_start - 100), run_start)):
        return int(match.group(1))
    return None


def _place(name: Sequence[Token]) -> tuple[str, frozenset[str], bool]:
    """The part of a name in its sentence, the words that it depends on, and whether they tell what happened."""
    inside = {token.i for token in name}
    head = next((token for token in name if token.head.i not in inside), name[-1])
    for _ in range(4):
        if head.dep_ in ("appos", "conj") and head.head.i != head.i:
            head = head.head
        else:
            break
    governor = head.head
    if head.dep_ == "nsubj":
        return "subject", frozenset([governor.lemma_.casefold(), *_goals(governor)]), _happened(governor)
    if head.dep_ in ("nsubjpass", "dobj"):
        return "object", frozenset([governor.lemma_.casefold()]), _happened(governor)
    if head.dep_ == "pobj":
        if governor.dep_ == "agent":
            return "subject", frozenset([governor.head.lemma_.casefold()]), _happened(governor.head)
        above = governor.head
        governors = {above.lemma_.casefold()}
        for _ in range(3):
            if above.pos_ in ("VERB", "AUX") or above.head.i == above.i:
                break
            above = above.head
            governors.add(above.lemma_.casefold())
        return f"prep {governor.lower_}", frozenset(governors), _happened(above)
    return "", frozenset(), True


def _goals(verb: Token) -> Iterator[str]:
    """The verbs without a subject of their own that complete one told: beat, in "came from behind to beat"."""
    for child in verb.children:
        led = any(inner.lower_ == "to" and inner.dep_ == "aux" for inner in child.children)
        if child.dep_ in ("xcomp", "advcl") and led and verb.lemma_ in ("come", "go", "fight", "rally", "manage"):
            yield child.lemma_.casefold()


def _happened(verb: Token) -> bool:
    """No negation, no modal, no condition on the verb."""
    return not any(
        child.dep_ == "neg" or child.tag_ == "MD" or child.lower_ in ("if", "unless", "whether", "never")
        for child in verb.children
    )
