"""Who is meant: short names, roles and pronouns led back to the longest name in the same text."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib import resources

from claimdesk.language.parse import Parsed
from claimdesk.language.text import fold, normal
from claimdesk.model import Mention, Span
from claimdesk.quotes.cues import cue_table

_LONG_SENTENCE = 1500
_OTHER = {
    "f": re.compile(r"\bhim\b", re.IGNORECASE),
    "m": re.compile(r"\bher(?=[,.;]| (?:of|to|for|as|in|on|over|with|and|by|from|at)\b)", re.IGNORECASE),
}
_PRONOUNS = frozenset({"he", "she", "they", "his", "her", "their", "him", "them", "it", "its"})
_WORD = r"(?:(?:Mr|Mrs|Ms|Dr|Prof|Gen|Sen|Rep|Gov|Col|Lt|Capt|Sgt|Rev|St|Jr|Sr|[A-Z])\.|[A-Z][\w'-]*\w)"
_LINK = r"(?: (?:de|van|von|der|den|bin|al|el|da|del|la|of the|of|for the|for|and the|on)(?= [A-Z]))?"
_NAME = re.compile(rf"(?<![\w'-]){_WORD}(?:{_LINK} {_WORD}){{0,7}}")
_APPOSITION = re.compile(r"(?:'s)?, (?:(?:\d{1,3}), )?((?:an? |the |its |his |her |their )?[^,.;:()\"]{3,80})(?=[,.;])")
# The minister's spokesman, Karl Berg, said
_APPOSED_NAME = re.compile(r", ([A-Z][\w'-]+(?: [A-Z][\w'.-]*){1,3})(?=,)")
_ACRONYM = re.compile(r" \(([A-Z][A-Za-z]{1,7})\)")


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    """The word lists of ``data/roles.toml``."""
    lists = tomllib.loads(resources.files("claimdesk").joinpath("data/roles.toml").read_text(encoding="utf-8"))
    return {name: frozenset(words.split()) for name, words in lists.items()}


@dataclass(frozen=True)
class Person:
    """A name in its longest form with what stands beside it."""

    name: str
    first: int
    role: str = ""
    org: str = ""
    is_person: bool = True
    short: frozenset[str] = field(default_factory=frozenset)


class People:
    """The people and organizations of one text."""

    def __init__(self, parsed: Parsed) -> None:
        self.text = parsed.text
        self._folded = fold(parsed.text)
        self._parsed = parsed
        self._inner_starts = [pair.outer.start for pair in parsed.marks]
        self._full: dict[str, Person] = {}
        self._short: dict[str, list[Person]] = {}
        self._office: dict[str, list[Person]] = {}
        for known in _collect(self._folded, parsed):
            self._full[_key(known.name)] = known
            for short in known.short:
                self._short.setdefault(short, []).append(known)
            if head := _office(known.role):
                self._office.setdefault(head[-1], []).append(known)

    def mention(self, span: Span, spoken: list[Mention]) -> Mention:
        """Who the words of a span mean; ``spoken`` are the speakers so far, the latest last.

        A pronoun is resolved only where one person fits; where two fit, the mention is ambiguous.
        """
        words = self._folded[span.start : span.end]
        text = span.of(self.text)
        if words.casefold() in _PRONOUNS:
            return self._pronoun(span, text, spoken)
        parts = re.split(r" and (?=[A-Z])", words)
        if len(parts) == 2 and _key(_bare(words)) not in self._full:
            names = [self._resolve(part, span.start) for part in parts]
            return Mention(
                span, text, " and ".join(name[0] for name in names), ambiguous=any(name[3] for name in names)
            )
        if (apposed := _APPOSED_NAME.match(self._folded, span.end)) and _office(_bare(words)):
            known = self._full.get(_key(apposed.group(1)))
            org = known.org if known else ""
            return Mention(span, text, apposed.group(1), _bare(words), org)
        name, role, org, ambiguous = self._resolve(words, span.start)
        return Mention(span, text, name, role, org, ambiguous)

    def _resolve(self, words: str, offset: int) -> tuple[str, str, str, bool]:
        """Name, role and organization that words stand for, and whether two fit."""
        role, name = split_role(words)
        bare = _bare(words)
        found = self._lookup(name, offset) if name else self._holders(bare) or self._short.get(bare.casefold(), [])
        if len(found) == 1:
            return found[0].name, found[0].role or role, found[0].org, False
        if not name:
            role = bare if bare.casefold().split()[-1:] and bare.casefold().split()[-1] in _words()["roles"] else ""
        return name or bare, role, "", len(found) > 1

    def _lookup(self, name: str, offset: int) -> list[Person]:
        """Everyone a name may mean: the name itself in full, else all whose last or only name it is."""
        key = _key(name)
        exact = [self._full[key]] if key in self._full else []
        if exact and " " in key:
            return exact
        longer = self._short.get(key, [])
        return [known for known in longer if known.first < offset] or longer or exact

    def _holders(self, bare: str) -> list[Person]:
        """The people who hold an office such as "president"."""
        wanted = bare.casefold().split()
        if not wanted:
            return []
        return [known for known in self._office.get(wanted[-1], []) if set(wanted) <= set(_office(known.role))]

    def _pronoun(self, span: Span, text: str, spoken: list[Mention]) -> Mention:
        pronoun = text.casefold()
        if pronoun in ("they", "their", "them", "it", "its"):
            return Mention(span, text, text)
        wanted = "f" if pronoun in ("she", "her") else "m"
        candidates = self._near(span.start, wanted)
        last = next((mention for mention in reversed(spoken) if mention.name), None)
        if last is not None and last.text.casefold() == pronoun and not last.ambiguous and len(candidates) <= 1:
            return Mention(span, text, last.name, last.role, last.org)
        if len(candidates) > 1:
            candidates = self._beside_other(span.start, wanted, candidates)
        if len(candidates) == 1:
            known = candidates[0]
            return Mention(span, text, known.name, known.role, known.org)
        if not candidates and last is not None and not last.ambiguous and _fits(last.text, last.role, wanted):
            if (known_last := self._full.get(_key(last.name))) is not None and known_last.is_person:
                return Mention(span, text, last.name, last.role, last.org)
        return Mention(span, text, text, ambiguous=True)

    def _beside_other(self, offset: int, wanted: str, candidates: list[Person]) -> list[Person]:
        """The one who acts on one of the other gender in the sentence before: "Aamot accused him. She said ..."."""
        sentences = self._parsed.sentences
        index = max(bisect_right(sentences, offset, key=lambda sentence: sentence.start) - 1, 0)
        if not index or len(sentences[index - 1]) > _LONG_SENTENCE:
            return candidates
        before = self._folded[sentences[index - 1].start : sentences[index - 1].end]
        if not _OTHER[wanted].search(before):
            return candidates
        named = [each for each in candidates if re.search(rf"\b{re.escape(each.name.split()[-1])}\b", before)]
        return named if len(named) == 1 else candidates

    def _near(self, offset: int, wanted: str) -> list[Person]:
        """People named in this sentence before the pronoun and in the two sentences before it, outside marks."""
        sentences = self._parsed.sentences
        index = max(bisect_right(sentences, offset, key=lambda sentence: sentence.start) - 1, 0)
        start = max(sentences[max(0, index - 2)].start, offset - 1500)
        first, last = bisect_right(self._inner_starts, start - 1500), bisect_right(self._inner_starts, offset)
        marks = [pair.inner for pair in self._parsed.marks[first:last]]
        found: list[Person] = []
        for match in _NAME.finditer(self._folded, start, offset):
            if any(inner.start <= match.start() < inner.end for inner in marks):
                continue
            for known in self._lookup(split_role(match.group())[1] or match.group(), offset):
                if known.is_person and known not in found and _fits(match.group(), known.role, wanted):
                    found.append(known)
        return found


def split_role(words: str) -> tuple[str, str]:
    """The role in front of a name, and the name; an empty name where there is none.

    >>> split_role("deputy transport minister Dana Ruiz")
    ('deputy transport minister', 'Dana Ruiz')
    >>> split_role("Ukrainian President Volodymyr Zelenskyy")
    ('Ukrainian President', 'Volodymyr Zelenskyy')
    >>> split_role("the Committee for the Missing")
    ('', 'Committee for the Missing')
    """
    tokens = _bare(words).split(" ")
    cut = 0
    for index, token in enumerate(tokens):
        plain = token.strip(".,").casefold()
        if plain in _words()["roles"] or plain in _words()["titles"]:
            if index + 1 < len(tokens) and tokens[index + 1][:1].isupper():
                cut = index + 1
    rest = tokens[cut:]
    while rest and not rest[0][:1].isupper():
        rest = rest[1:]
        cut += 1
    role = " ".join(tokens[:cut]).strip(" ,")
    if not role or role.split()[-1].casefold() not in _words()["roles"]:
        role = ""
    name = " ".join(rest)
    if name.endswith("'s"):
        name = name[:-2]
    if rest and rest[-1].casefold() in _words()["roles"]:
        return "", ""
    if role.strip(".").casefold() in _words()["titles"] and role.strip(".").casefold() not in _words()["roles"]:
        role = ""
    return role, name


def _collect(folded: str, parsed: Parsed) -> list[Person]:
    """Every name in its longest form, with role and organization; single names only of people."""
    found: dict[str, Person] = {}
    singles: dict[str, Person] = {}
    for match in _NAME.finditer(folded):
        role, name = split_role(match.group())
        opening = bool(match.group()) and match.group().split()[0].casefold() in _words()["not_first"]
        if name and name.split()[0].casefold() in _words()["not_first"]:
            name = name.partition(" ")[2]
        key = _key(name)
        if " " not in name:
            if name and key not in singles and _is_single(name, match, parsed):
                title = role or ("" if opening else match.group().split()[0].strip("."))
                singles[key] = Person(name, match.start(), role or (title if title != name else ""))
            continue
        heads = {word.casefold() for word in name.split()}
        is_person = (
            not heads & _words()["organizations"]
            and len(name.split()) <= 4
            and not re.search(r" (?:of|for|on|and) ", name)
        )
        role = role or _role_before(folded, match.start())
        if is_person and not role:
            role = _role_after(folded, match.end())
        old = found.get(key)
        if old is None:
            short = _shorts(name, is_person)
            if acronym := _ACRONYM.match(folded, match.end()):
                short |= {_key(acronym.group(1))}
            found[key] = Person(name, match.start(), role, _org_in(role), is_person, frozenset(short))
        elif role and not old.role:
            found[key] = replace(old, role=role, org=_org_in(role))
    surnames = {short for known in found.values() for short in known.short}
    return [*found.values(), *(known for key, known in singles.items() if key not in surnames)]


def _is_single(name: str, match: re.Match[str], parsed: Parsed) -> bool:
    """Whether a name of one word is a person's: after a title, or one who says or does what people do."""
    if (
        match.group() != name
        and match.group().split()[0].strip(".").casefold() in _words()["titles"] | _words()["roles"]
    ):
        return True
    tokens = parsed.tokens(Span(match.end() - len(name), match.end()))
    if len(tokens) != 1 or tokens[0].ent_type_ in ("GPE", "LOC", "NORP", "DATE", "FAC", "ORG"):
        return False
    token = tokens[0]
    verb = token.head
    return token.dep_ == "nsubj" and (verb.lemma_ in _words()["human_verbs"] or cue_table().verb(verb) is not None)


def _org_in(role: str) -> str:
    """The organization that a role names: spokeswoman for the Transport Ministry; empty for a person or a place."""
    parts = re.split(r" (?:for|of|at) ", role, maxsplit=1)
    if len(parts) < 2:
        return ""
    org = parts[1].removeprefix("the ")
    words = org.split()
    return (
        org
        if any(word.casefold() in _words()["organizations"] or len(word) > 1 and word.isupper() for word in words)
        else ""
    )


def _office(role: str) -> list[str]:
    """The words of an office without what it is the office of: deputy transport minister."""
    words = re.split(r" (?:of|for|at|in|with) ", role.casefold(), maxsplit=1)[0].split()
    return words if words and words[-1] in _words()["roles"] else []


def _shorts(name: str, is_person: bool) -> set[str]:
    words = name.split()
    if is_person:
        return {_key(words[-1])}
    heads = {word.casefold() for word in words if word.casefold() in _words()["organizations"]}
    acronym = "".join(word[0] for word in words if word[0].isupper())
    return {*heads, *({acronym.casefold()} if len(acronym) > 2 else ())}


def _role_before(folded: str, start: int) -> str:
    """A lower-case role right before a name: deputy transport minister Dana Ruiz."""
    words = folded[max(0, start - 60) : start].split(" ")
    taken: list[str] = []
    for word in reversed(words[:-1] if words and words[-1] == "" else []):
        if not re.fullmatch(r"[a-z][a-z'-]+", word) or word in (
            "the",
            "a",
            "an",
            "said",
            "and",
            "to",
            "that",
            "by",
            "with",
            "of",
            "for",
        ):
            break
        taken.insert(0, word)
        if len(taken) == 4:
            break
    return " ".join(taken) if taken and taken[-1] in _words()["roles"] else ""


def _role_after(folded: str, end: int) -> str:
    """A role in apposition: Lena Fox, a spokeswoman for Ruiz,"""
    match = _APPOSITION.match(folded, end)
    if match is None:
        return ""
    phrase = re.sub(r"^(?:an?|the|its|his|her|their) ", "", match.group(1))
    head = re.split(r" (?:of|for|at|in|with|to|who|and) ", phrase, maxsplit=1)[0].split()
    return phrase if head and head[-1].casefold() in _words()["roles"] else ""


def _bare(words: str) -> str:
    return re.sub(r"^(?:the|a|an|The|A|An|his|her|its|their) ", "", words.strip()).strip(" ,")


def _key(name: str) -> str:
    return " ".join(normal(word).removesuffix("'s") for word in name.split())


def _fits(words: str, role: str, wanted: str) -> bool:
    """Whether nothing speaks against a gender: a title, a role word, an earlier pronoun."""
    known = {normal(word.strip(".")) for word in f"{words} {role}".split()}
    if known & {"he", "his", "him"} or known & _words()["male"]:
        return wanted == "m"
    if known & {"she", "her"} or known & _words()["female"]:
        return wanted == "f"
    return True
