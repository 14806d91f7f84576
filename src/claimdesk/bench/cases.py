"""Case folders end to end: extraction, verdicts and retrieval against ``expected.json``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claimdesk.bench.scores import rate
from claimdesk.load import load_case, load_sources, read_article
from claimdesk.model import Checked, Claim, Report, Span, Stance, Verdict
from claimdesk.verify import check

Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Expected:
    """One row of ``expected.json`` with the place of its text in the article."""

    text: str
    span: Span
    kind: str
    verdict: str
    source: str
    label: str
    known: str = ""  # why this is known to come out wrong today


@dataclass(frozen=True, slots=True)
class Matched:
    """An expected claim and the claim that was found for it, or None."""

    case: str
    expected: Expected
    found: Checked | None
    evidence_shown: bool


def bench_cases(folders: Sequence[Path], verbose: bool = False) -> Figures:
    """Precision and recall of extraction, accuracy of verdicts, and how often the named source is shown."""
    matched: list[Matched] = []
    extra = total = 0
    for folder in folders:
        if not folder.is_dir() or not (folder / "expected.json").exists():
            continue
        case_matched, complete, unmatched, found = match_case(folder)
        matched += case_matched
        if complete:
            extra, total = extra + unmatched, total + found
    return summarize_cases(matched, extra, total, verbose)


def match_case(folder: Path) -> tuple[list[Matched], bool, int, int]:
    """A case checked and compared: the pairs, whether its list is complete, claims beyond it, claims in all."""
    case = load_case(folder)
    report = check(read_article(case.article), load_sources(case.sources))
    expected = expected_claims(case.expected or {}, report.text.text)
    found = [find_match(row, report) for row in expected]
    pairs = [
        Matched(folder.name, row, claim, claim is not None and shows_source(row, claim, report))
        for row, claim in zip(expected, found, strict=True)
    ]
    taken = {claim.claim.id for claim in found if claim is not None}
    complete = bool((case.expected or {}).get("complete"))
    return pairs, complete, sum(item.claim.id not in taken for item in report.claims), len(report.claims)


def expected_claims(data: dict[str, Any], text: str) -> list[Expected]:
    """The rows of ``expected.json`` with their places. Raises ValueError for a text that is not in the article."""
    rows = []
    for row in data.get("claims", ()):
        start = -1
        for _ in range(int(row.get("occurrence", 1))):
            start = text.find(row["text"], start + 1)
            if start < 0:
                raise ValueError(f"{row['text']!r} is not in the article that often.")
        span = Span(start, start + len(row["text"]))
        more = {key: row.get(key, "") for key in ("source", "label", "known")}
        rows.append(Expected(row["text"], span, row["kind"], row["verdict"], **more))
    return rows


def find_match(expected: Expected, report: Report) -> Checked | None:
    """The checked claim of the expected kind that overlaps the expected words most; None without one."""
    claim = match_claim(expected, [item.claim for item in report.claims])
    return next((item for item in report.claims if item.claim is claim), None)


def match_claim(expected: Expected, claims: Sequence[Claim]) -> Claim | None:
    """The claim of the expected kind that overlaps the expected words most; None without one."""
    best, most = None, 0
    for claim in claims:
        if claim.kind.value != expected.kind:
            continue
        spans = [claim.span] if claim.quote is None else list(claim.quote.content)
        shared = max(min(span.end, expected.span.end) - max(span.start, expected.span.start) for span in spans)
        if shared > most:
            best, most = claim, shared
    return best


def shows_source(expected: Expected, found: Checked, report: Report) -> bool:
    """Whether a passage of the named source is shown with a stance that fits the verdict."""
    names = {Path(source.path).name: source.id for source in report.sources}
    wanted = names.get(Path(expected.source).name)
    if expected.source == "" or wanted is None:
        return True
    stances = {
        Verdict.SUPPORTED.value: {Stance.SUPPORTS},
        Verdict.CONFLICTING.value: {Stance.CONFLICTS},
    }.get(expected.verdict, set(Stance))
    return any(item.source == wanted and item.stance in stances for item in found.evidence)


def summarize_cases(matched: Sequence[Matched], extra: int, total: int, verbose: bool) -> Figures:
    """The figures over all cases."""
    located = [item for item in matched if item.found is not None]
    right = [item for item in located if item.found and item.found.verdict.value == item.expected.verdict]
    wrong_support = [
        item
        for item in located
        if item.found and item.expected.verdict == "conflicting" and item.found.verdict is Verdict.SUPPORTED
    ]
    with_source = [item for item in right if item.expected.source]
    figures: Figures = {
        "expected_claims": len(matched),
        "found": len(located),
        "extraction_recall": rate(len(located), len(matched)),
        "extraction_precision_on_complete_cases": rate(total - extra, total),
        "verdicts_right": len(right),
        "verdict_accuracy": rate(len(right), len(matched)),
        "conflicting_called_supported": len(wrong_support),
        "named_source_shown": f"{sum(item.evidence_shown for item in with_source)} of {len(with_source)}",
        "by_verdict": _scores(located),
        "by_kind": {
            kind: f"{sum(i.expected.kind == kind for i in right)} of {sum(i.expected.kind == kind for i in matched)}"
            for kind in sorted({item.expected.kind for item in matched})
        },
        "by_case": {
            case: f"{sum(item.case == case for item in right)} of {sum(item.case == case for item in matched)}"
            for case in sorted({item.case for item in matched})
        },
    }
    if verbose:
        figures["wrong"] = [_explain(item) for item in matched if item not in right]
    return figures


def _scores(located: Sequence[Matched]) -> Figures:
    got = Counter(item.found.verdict.value for item in located if item.found)
    gold = Counter(item.expected.verdict for item in located)
    hit = Counter(i.expected.verdict for i in located if i.found and i.found.verdict.value == i.expected.verdict)
    return {
        verdict: f"precision {rate(hit[verdict], got[verdict])}, recall {rate(hit[verdict], count)}, n {count}"
        for verdict, count in sorted(gold.items())
    }


def _explain(item: Matched) -> Figures:
    found = item.found
    return {
        "case": item.case,
        "text": item.expected.text,
        "kind": item.expected.kind,
        "expected": item.expected.verdict,
        "got": found.verdict.value if found else "no such claim",
        "reason": found.reason if found else "",
    }
