"""Opposites and synonyms from WordNet (Princeton WordNet 3.0, Debian's ``wordnet-base``), and English inflection."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from claimdesk.errors import ClaimdeskError

WORDNET = Path("/usr/share/wordnet")
_FILES = {"VERB": "verb", "ADJ": "adj", "NOUN": "noun", "ADV": "adv"}
_VOWELS = "aeiou"
_WRONG = frozenset("be have do get make take go come give man woman male female boy girl day night right left".split())


@dataclass(frozen=True)
class Lexicon:
    """Opposites and synonyms by part of speech, and irregular forms by lemma: {"win": ("won", "won")}."""

    opposites: dict[tuple[str, str], tuple[str, ...]]
    irregular: dict[str, tuple[str, str]]
    synonyms: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def opposite(self, lemma: str, pos: str) -> tuple[str, ...]:
        """Lemmas of the same part of speech that mean the opposite."""
        return self.opposites.get((lemma, pos), ())

    def same(self, lemma: str, pos: str) -> tuple[str, ...]:
        """Lemmas of the same part of speech that have this one's most frequent sense as their own."""
        return self.synonyms.get((lemma, pos), ())

    def inflect(self, lemma: str, tag: str) -> str:
        """A lemma in the form of a Penn tag.

        >>> Lexicon({}, {"win": ("won", "won")}).inflect("win", "VBD"), Lexicon({}, {}).inflect("reopen", "VBG")
        ('won', 'reopening')
        """
        if tag in ("VBD", "VBN"):
            if lemma in self.irregular:
                return self.irregular[lemma][tag == "VBN"]
            return _suffixed(lemma, "ed")
        if tag == "VBG":
            return _suffixed(lemma, "ing")
        if tag in ("VBZ", "NNS"):
            return _plural(lemma)
        return lemma


@lru_cache(maxsize=1)
def load_lexicon(folder: Path = WORDNET) -> Lexicon:
    """WordNet's opposites. Raises ClaimdeskError where the database is not installed."""
    if not (folder / "data.verb").exists():
        raise ClaimdeskError(f"WordNet is not in {folder}. Run: apt-get install wordnet-base")
    opposites: dict[tuple[str, str], tuple[str, ...]] = {}
    for pos in ("VERB", "ADJ", "ADV"):
        for word, other in _antonyms(folder / f"data.{_FILES[pos]}"):
            if word not in _WRONG and other not in _WRONG:
                opposites[word, pos] = (*opposites.get((word, pos), ()), other)
    synonyms: dict[tuple[str, str], tuple[str, ...]] = {}
    for pos in ("VERB", "ADJ"):
        synonyms |= {
            (word, pos): others for word, others in _synonyms(folder, _FILES[pos]).items() if word not in _WRONG
        }
    return Lexicon(opposites, _irregular(folder / "verb.exc"), synonyms)


def _synonyms(folder: Path, pos: str) -> dict[str, tuple[str, ...]]:
    """Words that share their first sense, which WordNet lists by frequency: "purchase" for "buy"."""
    by_sense: dict[str, list[str]] = {}
    for line in (folder / f"index.{pos}").read_text("utf-8", errors="replace").splitlines():
        fields = line.split()
        if not line.startswith(" ") and fields[0].isalpha():
            by_sense.setdefault(fields[-int(fields[2])], []).append(fields[0])
    return {
        word: tuple(other for other in group if other != word)
        for group in by_sense.values()
        if len(group) > 1
        for word in group
    }


def _antonyms(path: Path) -> list[tuple[str, str]]:
    """Pairs of words that the database marks with ``!``, single words only."""
    rows: dict[str, list[str]] = {}
    links: list[tuple[str, int, str, int]] = []
    for line in path.read_text("utf-8", errors="replace").splitlines():
        if not line[:8].isdigit():
            continue
        fields = line.split("|")[0].split()
        count = int(fields[3], 16)
        rows[fields[0]] = [fields[4 + 2 * index].split("(")[0].casefold() for index in range(count)]
        place = 4 + 2 * count
        for index in range(int(fields[place])):
            symbol, offset, _, both = fields[place + 1 + 4 * index : place + 5 + 4 * index]
            if symbol == "!":
                links.append((fields[0], int(both[:2], 16), offset, int(both[2:], 16)))
    found = []
    for source, first, target, second in links:
        if first and second and target in rows:
            word, other = rows[source][first - 1], rows[target][second - 1]
            if word.isalpha() and other.isalpha():
                found.append((word, other))
    return found


def _irregular(path: Path) -> dict[str, tuple[str, str]]:
    """Past and participle of irregular verbs: forms without -ing and -s; one form serves for both."""
    forms: dict[str, list[str]] = {}
    for line in path.read_text("utf-8").splitlines():
        form, lemma = line.split()[:2]
        if not form.endswith(("ing", "s")) and form.isalpha():
            forms.setdefault(lemma, []).append(form)
    table = {}
    for lemma, found in forms.items():
        sung = [form for form in found if "u" in form and len(found) > 1]  # sang, sung; began, begun
        participle = next(iter(sung or [form for form in found if form.endswith("n")]), found[-1])
        alone = lemma if participle.startswith(lemma) and participle.endswith("en") else participle  # beat, beaten
        table[lemma] = (next((form for form in found if form != participle), alone), participle)
    return table


def _suffixed(lemma: str, suffix: str) -> str:
    if lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")):
        return lemma[:-1] + suffix
    if lemma.endswith("y") and lemma[-2:-1] not in _VOWELS and suffix == "ed":
        return lemma[:-1] + "ied"
    vowels = [letter in _VOWELS for letter in lemma]
    if sum(vowels) == 1 and vowels[-2:] == [True, False] and lemma[-1] not in "wxy":
        return lemma + lemma[-1] + suffix
    return lemma + suffix


def _plural(lemma: str) -> str:
    if lemma.endswith(("s", "x", "z", "ch", "sh")):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        return lemma[:-1] + "ies"
    return lemma + "s"
