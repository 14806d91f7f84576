"""Stand-ins for the models: small, exact and without a file."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np

from claimdesk.entailment.judges import Probabilities
from claimdesk.store import search_terms


class TinyEncoder:
    """Bag-of-words vectors over hashed stems: texts with the same words are near."""

    name = "tiny"

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode(self, texts, progress=None):
        self.encoded += list(texts)
        rows = np.zeros((len(texts), 64), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for term in search_terms(text):
                row[int(hashlib.sha256(term.encode()).hexdigest(), 16) % 64] += 1
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        if progress:
            progress(len(texts), len(texts))
        return rows / np.maximum(lengths, 1e-9)


class FixedMeaning:
    """A meaning model that always says the same."""

    name = "fixed"
    marked = False

    def __init__(self, supports: float = 0.1, conflicts: float = 0.1) -> None:
        self.answer = Probabilities(supports, conflicts, 1 - supports - conflicts)

    def predict(self, pairs):
        return [self.answer for _ in pairs]


def tiny_bert(folder: Path, words: tuple[str, ...], **settings) -> Path:
    """A cross-encoder of a few thousand weights that knows ``words``, saved as a hub model would be.

    ``settings`` go to its config; ``bias`` is what its classes get beside that.
    """
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace
    from tokenizers.processors import TemplateProcessing
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    known = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *words]
    tokenizer = Tokenizer(WordLevel({word: index for index, word in enumerate(known)}, "[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]"
    ).save_pretrained(folder)
    bias = settings.pop("bias", None)
    size = {"hidden_size": 16, "num_attention_heads": 2, "intermediate_size": 16}
    model = BertForSequenceClassification(BertConfig(vocab_size=len(known), **{**size, **settings}))
    if bias is not None:
        model.classifier.bias.data[:] = model.classifier.bias.data.new_tensor(bias)
    model.save_pretrained(folder)
    return folder
