"""Made-up documents, and an article that repeats their facts, a third of them with another number."""

from __future__ import annotations

from random import Random

_PLACES = "Halden Merrow Lisle Tarn Velden Karsk Oster Brill Sable Dunmore".split()
_THINGS = "homes jobs pupils patients trucks ballots firms trees bridges buses".split()
_DEEDS = "closed opened repaired counted moved sold bought inspected".split()
_BODIES = "council ministry port authority hospital union university court".split()
_PLAIN = (
    "The plan had been under discussion in {place} for a long time, and few people expected it to change much.",
    "Residents of {place} who came to the meeting asked why nobody had told them about it before.",
    "The {body} kept its offices in the old town, where the streets are narrow and the rents are low.",
    "Nothing in the papers of the {body} shows who first had the idea, and those who might know keep quiet.",
    "A spokeswoman for the {body} in {place} did not answer questions about what would come next.",
    "Much depends on the weather in {place}, on the roads, and on how long the {body} is willing to wait.",
)
_PLAIN_SHARE = 0.65  # of the sentences of plain texts; a news article has about one checkable figure in three sentences


def documents(random: Random, count: int, words: int, plain: bool = False) -> list[str]:
    """Documents of at least so many words; every sentence states a fact, or one in three where ``plain`` is set."""
    return [_document(random, words, plain) for _ in range(count)]


def article(random: Random, texts: list[str], words: int) -> str:
    """Sentences of the documents as one text, a third of those with a 1 in them with a 7 instead."""
    sentences: list[str] = []
    while _length(sentences) < words:
        sentence = random.choice(random.choice(texts).replace("\n\n", " ").split(". ")).rstrip(".") + "."
        if random.random() < 0.33:
            sentence = sentence.replace("1", "7", 1)
        sentences.append(sentence)
    return _paragraphs(sentences, 3)


def _document(random: Random, words: int, plain: bool) -> str:
    sentences: list[str] = []
    while _length(sentences) < words:
        is_plain = plain and random.random() < _PLAIN_SHARE
        sentences.append(_plain(random) if is_plain else _fact(random))
    return _paragraphs(sentences, 4)


def _fact(random: Random) -> str:
    number = random.randint(12, 98_000)
    return (
        f"The {random.choice(_PLACES)} {random.choice(_BODIES)} said {number:,} {random.choice(_THINGS)} "
        f"were {random.choice(_DEEDS)} in {random.choice(_PLACES)} on {random.randint(1, 28)} May 2025."
    )


def _plain(random: Random) -> str:
    return random.choice(_PLAIN).format(place=random.choice(_PLACES), body=random.choice(_BODIES))


def _paragraphs(sentences: list[str], size: int) -> str:
    return "\n\n".join(" ".join(sentences[start : start + size]) for start in range(0, len(sentences), size))


def _length(sentences: list[str]) -> int:
    return sum(len(sentence.split()) for sentence in sentences)
