"""Words that a user or a source may write to break a page or an export, and a report that is full of them."""

from __future__ import annotations

from dataclasses import replace

from sample_report import document, finding, sample_report

from claimdesk.model import (
    Checked,
    Claim,
    Evidence,
    Inconsistency,
    Kind,
    Location,
    Mention,
    Meta,
    Outcome,
    Quote,
    QuoteType,
    Report,
    Source,
    Span,
    Stance,
    Verdict,
)

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "$x^2$ and $$y$$",
    ":red[text] :material/home: **bold** _soft_ `code` [link](javascript:alert(1))",
    "abc\u202edef\u202c ghi \u2066jkl",
    "👩‍👩‍👧‍👦 🏳️‍🌈 é̂ ﷽",
    "zero\u200bwidth\u200djoin\ufeffmark",
    "w" * 50_000,
    '"><a href="javascript:alert(1)">x</a>',
    "{{ 7 * 7 }} {% raw %} %s {0}",
    "\x00\x07\x1b[31m",
)


def hostile_report(words: str) -> Report:
    """The sample with the given words in every place where a user or a source may write."""
    report = sample_report()
    text = f"{words} costs 12 euros.\n\nNothing else."
    body = document(words, text, Meta(title=words, publisher=words, url=words, speaker=words))
    found = finding(
        "numbers",
        Outcome.CONFLICTS,
        words,
        words,
        (Span(0, len(words)), Span(0, len(words))),
        (words, words),
        flag=True,
    )
    shown = Evidence(
        "s1",
        Stance.CONFLICTS,
        0.5,
        0,
        len(text),
        text,
        Location(page=1, sheet=words, heading=words, speaker=words, time=words),
        0.5,
        words,
        (found,),
        words,
    )
    speaker = Mention(Span(0, len(words)), words, words, words, words)
    quote = Quote(QuoteType.DIRECT, (Span(0, len(words)),), (Span(0, len(words)),), speaker, None, 1.0)
    one = Claim(
        "c1",
        Kind.QUOTE,
        Span(0, len(words)),
        words,
        Span(0, len(words) + 16),
        1.0,
        speaker,
        None,
        quote,
        context=(words,),
        flags=(words,),
    )
    return replace(
        report,
        text=body,
        sources=(Source("s1", words, body), Source("s2", words, None, words)),
        claims=(Checked(one, Verdict.CONFLICTING, words, 0.5, (shown,), (words,)),),
        internal=(Inconsistency(words, words, Span(0, len(words)), Span(0, 5)),),
        passages={"s1": 2},
        settings={words: words},
        notes=(words,),
    )
