"""Every threshold of Claimdesk, each with its reason; a report carries the settings that made it."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices that a check depends on; the defaults are what the README's figures were measured with."""

    model: str = "all-MiniLM-L6-v2"
    """Name or path of the sentence-transformers model that embeds passages."""

    judge: str = "built-in"
    """Name or path of the model that judges meaning."""

    neighbors: int = 1
    """Sentences kept on each side of a passage's own sentence: pronouns and 'the figure' need them."""

    dense_candidates: int = 40
    """Passages fetched by meaning for each query; engine figures: R@50 .68 by meaning alone."""

    lexical_candidates: int = 40
    """Passages fetched by words for each query; together with meaning R@50 rises to .72."""

    fusion_k: int = 60
    """Constant of reciprocal rank fusion (Cormack et al. 2009), 1 / (k + rank)."""

    passages_per_source: int = 4
    """Best passages of one source that are judged: every source that speaks about a claim is heard."""

    passages_per_claim: int = 40
    """Upper bound on judged passages of one claim."""

    related_floor: float = 0.30
    """A passage less similar than this, and sharing no rare word, is not about the claim."""

    shown_related: int = 5
    """Related passages kept in the report for one claim; supporting and conflicting ones are all kept."""

    copy_overlap: float = 0.5
    """Containment of 5-word shingles from which two passages are copies of one story (domain rule 6.2)."""

    def as_dict(self) -> dict[str, object]:
        """The settings as a report holds them."""
        return asdict(self)
