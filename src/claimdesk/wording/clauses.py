"""Clauses with what they deny, allow and require: the unit in which reported speech is compared."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimdesk.language.parse import Parsed
from claimdesk.language.remember import remembered
from claimdesk.language.terms import stand_apart
from claimdesk.model import Span
from claimdesk.wording.edges import frames
from claimdesk.wording.protected import function_words, is_number, protect, stem
from claimdesk.wording.referents import akin
from claimdesk.wording.restate import Content, contents, particle_of, role_of, sense_of
from claimdesk.wording.wording import comparable

if TYPE_CHECKING:
    from spacy.tokens import Token

_EDGE = 100  # characters
_HEADS = frozenset(
    ["ROOT", "ccomp", "conj", "advcl", "relcl", "parataxis", "csubj", "csubjpass", "acl", "pcomp", "dep"]
)
_MERGED = frozenset(["xcomp", "aux", "auxpass", "acl"])
_MODALS = {
    "will": "will", "would": "will", "shall": "will", "going to": "will", "can": "can", "could": "can", "may": "may",
    "might": "may", "should": "should", "ought": "should", "must": "must", "have to": "must", "has to": "must",
    "had to": "must", "perhaps": "may", "maybe": "may", "possibly": "may", "probably": "may", "likely": "may",
    "want": "want", "hope": "want", "wish": "want", "plan": "plan", "intend": "plan", "aim": "plan", "try": "try",
    "consider": "may", "expect": "may", "threaten": "may", "promise": "will", "propose": "plan", "need": "must",
}  # fmt: skip
_MOODS = frozenset(("want", "hope", "wish", "plan", "intend", "aim", "try", "expect", "threaten"))
_LINKS = frozenset(("before", "after", "against", "for", "from", "over", "under", "since", "because"))
_TAILS = frozenset(("to", "1", "from", "but"))
_DENYING = frozenset(["deny", "doubt", "refuse", "reject", "fail", "dismiss"])
_COUNTS = frozenset(("half", "dozens", "hundreds", "thousands"))
_COMPARED = frozenset(("less", "more", "fewer", "later", "earlier", "longer", "higher", "lower"))
_DETERMINERS = frozenset(("PRON", "DET", "ADJ"))
_SET_AGAINST = frozenset(("but", "and", ",", "—", "–"))
_TELLING = frozenset(("NOUN", "PROPN", "ADJ", "ADV", "NUM", "VERB"))
_SURE = frozenset(["sure", "convinced", "confident", "certain", "persuaded"])
_UNSURE = frozenset(["unsure", "uncertain", "unconvinced", "doubtful", "skeptical", "sceptical"])
_VIEWING = frozenset(["think", "believe", "expect", "suppose", "imagine", "guess", "feel"])


@dataclass(frozen=True)
class Clause:
    """A verb with its words.

    ``names`` are the stems of all content words, ``subject`` those of the subject (``pronoun`` where it is one).
    ``head`` is where the verb stands; ``predicate`` its stem, or the complement's after a form of *be*; ``verbs``
    has those below it, too (*decided to sell*). ``own`` is a denial in the clause, ``above`` one that governs it;
    ``guards`` are conditions, limits and views. ``wording`` is its comparable words between blanks. ``terms`` are the
    content words with their parts in the clause, ``figures`` the places of its numbers, ``deed`` is what the
    predicate may be put for, ``owner`` a possessive before the subject, ``pronouns`` the others with their parts.
    ``excluded`` has, for each phrase that is only set against another one (*daily, but not weekly*), the stems that it
    alone has.
    """

    span: Span
    head: Span
    predicate: str
    verbs: frozenset[str]
    subject: tuple[str, ...]
    pronoun: str
    names: tuple[str, ...]
    numbers: tuple[str, ...]
    own: bool
    above: bool
    wording: str
    links: frozenset[str]
    modality: frozenset[str]
    guards: frozenset[str]
    terms: tuple[Content, ...] = ()
    figures: tuple[tuple[Span, str], ...] = ()
    deed: str = ""
    owner: str = ""
    pronouns: frozenset[tuple[str, str]] = frozenset()
    particle: str = ""
    excluded: tuple[frozenset[str], ...] = ()

    def denies(self, beside: Clause) -> bool:
        """Whether it says that something is not so, read beside a clause that may leave out what it only excludes.

        "Daily, but not weekly, weighing helped" denies nothing of "Daily weighing helped".
        """
        unsaid = sum(stems.isdisjoint(beside.names) for stems in self.excluded)
        return (self.own != self.above) != (unsaid % 2 == 1)

    def does(self, other: Clause) -> bool:
        """Whether the predicates may be put for one another; a particle makes another verb: take, take over."""
        return self.deed == other.deed or (akin(self.predicate, other.predicate) and self.particle == other.particle)


def clauses(parsed: Parsed, within: Span, cues: Collection[int] = (), without: Span | None = None) -> list[Clause]:
    """The clauses of a stretch of text in order; a stretch without a verb is one clause.

    ``cues`` are the offsets of cue words, whose denials the caller counts (*denied that ...*). ``without`` is left
    out of the stretch: an attribution in the middle of what it reports.
    """
    return list(_clauses(parsed, within, _near(parsed, within, cues), without))


def _near(parsed: Parsed, within: Span, cues: Collection[int]) -> frozenset[int]:
    """The cues that can govern the stretch: those of its own sentences, with room for a token across their edges."""
    if not cues:
        return frozenset()
    first, last = parsed.sentence_at(within.start), parsed.sentence_at(max(within.start, within.end - 1))
    return frozenset(cue for cue in cues if first.start - _EDGE <= cue <= last.end + _EDGE)


@remembered
def _clauses(parsed: Parsed, within: Span, cues: frozenset[int], without: Span | None) -> tuple[Clause, ...]:
    tokens = [token for token in parsed.tokens(within) if not token.is_space]
    if without is not None:
        tokens = [token for token in tokens if not without.start <= token.idx < without.end]
    if not tokens:
        return ()
    inside = {token.i for token in tokens}
    heads = [token for token in tokens if _is_head(token, inside)]
    if not heads:
        root = tokens[0].sent.root
        return (_clause(parsed, root if root.i in inside else tokens[0], tokens, cues),)
    owners = {token.i: token.i for token in heads}
    groups: dict[int, list[Token]] = {token.i: [] for token in heads}
    for token in tokens:
        groups[_owner(token, owners, heads)].append(token)
    return tuple(_clause(parsed, token, groups[token.i], cues) for token in heads)


def _is_head(token: Token, inside: set[int]) -> bool:
    if token.pos_ not in ("VERB", "AUX"):
        return False
    if token.head.i not in inside or token.head.i == token.i:
        return token.dep_ not in ("aux", "auxpass")
    if token.dep_ in _MERGED or token.dep_ not in _HEADS:
        return False
    if token.dep_ == "conj" and token.head.pos_ not in ("VERB", "AUX"):
        return any(child.dep_ in ("nsubj", "nsubjpass") for child in token.children)
    return any(
        child.dep_ in ("nsubj", "nsubjpass", "expl", "aux", "mark") for child in token.children
    ) or token.dep_ in (
        "conj",
        "ccomp",
    )


def _owner(token: Token, owners: dict[int, int], heads: list[Token]) -> int:
    if token.i in owners:
        return token.i
    for up in token.ancestors:
        if up.i in owners:
            return up.i
    return min(heads, key=lambda head: abs(head.i - token.i)).i


def _clause(parsed: Parsed, head: Token, tokens: list[Token], cues: Collection[int]) -> Clause:
    span = Span(min(t.idx for t in tokens), max(t.idx + len(t) for t in tokens))
    places = [Span(t.idx, t.idx + len(t)) for t in tokens]
    words = [tok for tok in comparable(parsed.text, span) if any(tok.span.overlaps(place) for place in places)]
    norms = [tok.norm for tok in words]
    classes = protect(norms)
    telling = [tok for tok in words if _telling(tok.norm) and not _only_mood(parsed, tok.span)]
    names = tuple(_lemma_stem(parsed, tok.span, tok.norm) for tok in telling)
    subject, pronoun = _subject(head)
    figures = tuple((tok.span, tok.norm) for tok in words if is_number(tok.norm) or tok.norm in _COUNTS)
    homes = [(parsed.tokens(tok.span), tok.span, name) for tok, name in zip(telling, names, strict=True)]
    return Clause(
        span=span,
        head=Span(head.idx, head.idx + len(head)),
        predicate=stem(_predicate(head).lemma_.lower()),
        verbs=frozenset(stem(t.lemma_.lower()) for t in tokens if t.pos_ == "VERB"),
        subject=subject,
        pronoun=pronoun,
        names=names,
        numbers=tuple(norm for _, norm in figures),
        own=_denials(norms, classes) % 2 == 1,
        above=_denied_above(head, cues),
        wording=f" {' '.join(norms)} ",
        links=frozenset(norm for norm in norms if norm in _LINKS),
        modality=frozenset(_modality([tok.norm for tok in words if not _is_month(parsed, tok.span)], head)),
        guards=frozenset(_guards(classes, head, norms)),
        terms=contents((found[0], span, name) for found, span, name in homes if len(found)),
        figures=figures,
        deed=sense_of(_predicate(head)),
        particle=particle_of(_predicate(head)),
        owner=_owner_of_subject(head),
        pronouns=frozenset((t.lower_, role_of(t)) for t in tokens if t.pos_ == "PRON"),
        excluded=tuple(_excluded(tokens)),
    )


def _excluded(tokens: list[Token]) -> Iterator[frozenset[str]]:
    """The words of each phrase that is denied only beside another one: *but not weekly*, *and not for swearing*."""
    for index, token in enumerate(tokens):
        before = tokens[index - 1].lower_ if index else ""
        if token.lower_ != "not" or before not in _SET_AGAINST or index + 1 == len(tokens):
            continue
        if tokens[index + 1].pos_ in ("VERB", "AUX"):
            continue  # and not found
        end = next((n for n in range(index + 1, len(tokens)) if tokens[n].is_punct), len(tokens))
        phrase = {stem(t.lemma_.lower()) for t in tokens[index + 1 : end] if t.pos_ in _TELLING}
        yield frozenset(phrase - {stem(t.lemma_.lower()) for t in (*tokens[:index], *tokens[end:])})


def _telling(norm: str) -> bool:
    if norm in function_words() or norm in _MODALS and norm not in ("plan", "need", "promise", "propose"):
        return False
    return not is_number(norm) and protect([norm])[0] not in (
        "polarity",
        "hedge",
        "restriction",
        "condition",
        "modality",
        "contrast",
    )


def _only_mood(parsed: Parsed, span: Span) -> bool:
    """Whether a word is an inflected verb that counts as mood: *wanted* to sell."""
    tokens = parsed.tokens(span)
    return len(tokens) > 0 and tokens[0].pos_ == "VERB" and tokens[0].lemma_.lower() in _MOODS


def _is_month(parsed: Parsed, span: Span) -> bool:
    """Whether a word is the month of May and no modal."""
    tokens = parsed.tokens(span)
    return span.of(parsed.text) == "May" and len(tokens) > 0 and tokens[0].pos_ == "PROPN"


def _lemma_stem(parsed: Parsed, span: Span, norm: str) -> str:
    tokens = parsed.tokens(span)
    lemma = tokens[0].lemma_.lower() if len(tokens) else norm
    return stem(lemma if lemma.isalpha() and " " not in lemma and len(tokens[0]) == len(span) else norm)


def _predicate(head: Token) -> Token:
    """The verb that tells; after *be* the complement: *was unsafe* is unsafe, *wants to sell* is sell."""
    for child in head.children:
        if head.lemma_ == "be" and child.dep_ in ("attr", "acomp"):
            return child
        if child.dep_ == "xcomp" and child.pos_ == "VERB" and head.lemma_ in _MODALS:
            return child
    return head


def _owner_of_subject(head: Token) -> str:
    """The possessive pronoun before the subject: *its* forces; empty where there is none."""
    subject = next((child for child in head.children if child.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None:
        return ""
    return next((child.lower_ for child in subject.children if child.dep_ == "poss" and child.pos_ in _DETERMINERS), "")


def _subject(head: Token) -> tuple[tuple[str, ...], str]:
    """The stems of the subject and, where it is one, the pronoun; a coordinated verb shares its first verb's."""
    verb = head
    for _ in range(4):
        for child in verb.children:
            if child.dep_ in ("nsubj", "nsubjpass"):
                if child.pos_ == "PRON" or child.lower_ in ("i", "we", "it", "they"):
                    earlier = _antecedent(child, verb)
                    return earlier, "" if earlier else child.lower_
                found = [t for t in child.subtree if t.i <= child.i and t.pos_ in ("NOUN", "PROPN", "ADJ")]
                return tuple(stem(t.lemma_.lower()) for t in found), ""
        if verb.dep_ not in ("conj", "xcomp"):
            break
        verb = verb.head
    return (), ""


def _antecedent(pronoun: Token, verb: Token) -> tuple[str, ...]:
    """What *they* or *it* names when the clause before in the same sentence has just one subject."""
    if (
        pronoun.lower_ not in ("they", "it", "he", "she")
        or verb.dep_ != "conj"
        or verb.head.pos_ not in ("VERB", "AUX")
    ):
        return ()
    return _subject(verb.head)[0]


def _denials(norms: list[str], classes: list[str]) -> int:
    """How many denials a clause has; *fail to* and *no one* are one each, *not less than* is none."""
    return sum(
        name == "polarity" and norm not in _TAILS and not _is_bound(norms[index : index + 3])
        for index, (norm, name) in enumerate(zip(norms, classes, strict=True))
    )


def sets_bound(denial: Token) -> bool:
    """Whether a denial only sets a bound to what follows: *not less than* 3,200 years."""
    return _is_bound([denial.lower_, *(token.lower_ for token in denial.doc[denial.i + 1 : denial.i + 3])])


def _is_bound(norms: list[str]) -> bool:
    """Whether three words set a bound to a number: *not less than*, *no more than*."""
    return len(norms) == 3 and norms[0] in ("not", "no") and norms[1] in _COMPARED and norms[2] == "than"


def _denied_above(head: Token, cues: Collection[int]) -> bool:
    """Whether what governs a clause denies it: *I do not think (that) ...*, *doubts that ...*."""
    above = False
    for token in _governors(head):
        denied = any(child.dep_ == "neg" or child.lower_ in ("never", "nobody", "no") for child in token.children)
        lemma = token.lemma_.lower()
        if (
            lemma in _DENYING
            and token.idx not in cues
            or denied
            and lemma in _VIEWING | {"say", "claim", "true", "want", "be"}
        ):
            above = not above
    return above


def _is_unsure(word: Token) -> bool:
    """Whether somebody leaves open what follows: *I am not sure that ...*, *is not convinced that ...*, *is unsure*."""
    if word.lower_ in _UNSURE:
        return True
    holder = word.head if word.dep_ == "acomp" else word
    return word.lower_ in _SURE and any(child.dep_ == "neg" for child in (*word.children, *holder.children))


def _governors(head: Token) -> Iterator[Token]:
    """The verbs above a clause that it is the content of, within its sentence."""
    token = head
    while token.dep_ in ("ccomp", "xcomp", "conj") and token.head.i != token.i:
        if stand_apart(token, token.head):
            return
        if token.dep_ != "conj":
            yield token.head
        token = token.head


def _modality(norms: list[str], head: Token) -> Iterator[str]:
    for index, norm in enumerate(norms):
        pair = " ".join(norms[index : index + 2])
        if pair in _MODALS:
            yield _MODALS[pair]
        elif norm in _MODALS:
            yield _MODALS[norm]
    for token in [head, *_governors(head)]:
        lemma = token.lemma_.lower()
        if lemma in _MOODS and token.pos_ == "VERB":
            yield _MODALS[lemma]


def _inverted(head: Token) -> bool:
    """Whether the auxiliary stands before the subject: *had the players won*."""
    subject = next((child.i for child in head.children if child.dep_ in ("nsubj", "nsubjpass")), head.i)
    return any(child.lower_ in ("had", "were", "should") and child.i < subject for child in head.children)


def _guards(classes: list[str], head: Token, norms: list[str]) -> Iterator[str]:
    """The flags beside negation and modality: a condition, a hedge, a limit."""
    for name in ("condition", "restriction"):
        if name in classes:
            yield name
    if "or" in norms:
        yield "choice"  # "on May 29 or 30" is not "on May 30"
    if "hedge" in classes and not any(is_number(norm) or norm == "half" for norm in norms):
        yield "hedge"
    for child in head.children:
        if child.dep_ == "advcl" and any(low.lower_ in ("if", "unless", "until", "provided") for low in child.children):
            yield "condition"
    if head.dep_ == "advcl" and any(low.lower_ in ("if", "unless", "had", "were", "should") for low in head.children):
        if any(low.lower_ in ("if", "unless") for low in head.children) or _inverted(head):
            yield "condition"
    for token in _governors(head):
        subject = next((child.lower_ for child in token.children if child.dep_ == "nsubj"), "")
        if token.lemma_.lower() in _VIEWING and subject in frames()["first_person"]:
            yield "view"
        if _is_unsure(token):
            yield "doubt"
