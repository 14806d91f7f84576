"""Whether a text denies or excepts something, in whatever words.

What is denied here and excepted there may be the same: no rule takes "did not break" for the opposite of "without
breaking".
"""

from __future__ import annotations

import re

_PLAIN = re.compile(r"\b(?:not|no|cannot)\b|n[’']t\b", re.IGNORECASE)
_OTHER = re.compile(
    r"\b(?:never|none|nobody|nothing|neither|nor|without|unless|hardly|scarcely|barely|except|instead|all but"
    r"|den(?:y|ies|ied|ying)|refus(?:e[sd]?|ing)|fail(?:s|ed|ing)?|reject(?:s|ed|ing)?|lack(?:s|ed|ing)?"
    r"|abstain(?:s|ed|ing)?)\b",
    re.IGNORECASE,
)


def has_denial(text: str) -> bool:
    """Whether a word of the text denies or excepts something.

    >>> has_denial("The ransom was not paid."), has_denial("They paid the ransom.")
    (True, False)
    """
    return bool(_PLAIN.search(text)) or denies_in_other_words(text)


def denies_in_other_words(text: str) -> bool:
    """Whether a word other than a plain *not* or *no* does.

    >>> denies_in_other_words("They freed him without paying the ransom."), denies_in_other_words("It was not paid.")
    (True, False)
    """
    return bool(_OTHER.search(text))
