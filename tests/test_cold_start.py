"""What a command imports: a help text needs nothing heavy, a check of plain text needs neither torch nor readers."""

import json
import subprocess
import sys

import pytest

TORCH = ("torch", "transformers", "sentence_transformers", "sklearn", "scipy")
READERS = ("trafilatura", "pandas", "openpyxl", "docx", "pypdfium2", "dateparser", "streamlit")


def modules_after(code):
    """The top-level packages that a fresh interpreter has imported after running ``code``."""
    tail = "\nimport json, sys; print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
    done = subprocess.run([sys.executable, "-c", code + tail], capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_help_imports_nothing_heavy():
    code = "from claimdesk.cli import build_parser; build_parser().format_help()"
    assert not modules_after(code) & {"numpy", "onnxruntime", "spacy", "yaml", *TORCH, *READERS}


def test_a_check_of_plain_text_imports_no_torch_and_no_reader_of_other_formats(tmp_path):
    (tmp_path / "article.txt").write_text("The council sold 1,200 homes on Monday.\n")
    (tmp_path / "source.txt").write_text("The council sold 1,300 homes on Monday, it said.\n")
    files = [str(tmp_path / name) for name in ("article.txt", "source.txt", "out.json")]
    command = ["check", files[0], "--sources", files[1], "-f", "json", "-o", files[2]]
    found = modules_after(f"from claimdesk.cli import main; assert main({command!r}) in (0, 1)")
    assert "spacy" in found
    assert not found & {*TORCH, *READERS}


def test_torch_can_be_imported_after_the_grammar():
    pytest.importorskip("torch")
    code = """
from claimdesk.language.parse import grammar
import sys
assert [token.text for token in grammar()("Two words.")] == ["Two", "words", "."]
assert "torch" not in sys.modules
import torch
assert torch.ones(2).sum() == 2
from sentence_transformers import SentenceTransformer
assert len(grammar()("Two words.")) == 3
"""
    assert "torch" in modules_after(code)


def test_torch_that_is_there_already_stays():
    pytest.importorskip("torch")
    code = "import torch\nfrom claimdesk.language.parse import grammar\ngrammar()\nassert torch.ones(2).sum() == 2"
    assert "torch" in modules_after(code)


def test_another_thread_may_import_what_seems_absent_here():
    from claimdesk.language.absence import seeming_absent

    with seeming_absent("colorsys"):
        sys.modules.pop("colorsys", None)
        with pytest.raises(ModuleNotFoundError, match="colorsys"):
            import colorsys
        import threading

        found = []
        thread = threading.Thread(target=lambda: found.append(__import__("colorsys")))
        thread.start()
        thread.join()
        assert found
    import colorsys

    assert colorsys.rgb_to_hsv(0, 0, 0) == (0, 0, 0)


def test_spacy_brings_no_command_line_and_still_has_it_for_whoever_asks():
    code = """
from claimdesk.language.parse import grammar
import sys
grammar()
assert not {"spacy.cli", "requests", "httpx", "weasel"} & set(sys.modules), "the command line came along"
import spacy
assert not hasattr(spacy, "cli")
assert spacy.info()["spacy_version"] == spacy.__version__
from spacy.cli import download
assert download.__module__ == "spacy.cli.download"
"""
    assert "requests" in modules_after(code)


def test_a_module_that_is_there_already_does_not_wait():
    import json.decoder

    from claimdesk.language.absence import waiting_function

    with waiting_function("json.decoder", "JSONDecoder"):
        assert sys.modules["json.decoder"] is json.decoder
    assert sys.modules["json"] is json
