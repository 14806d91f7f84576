"""The documents say what is there: commands, formats, checks, cases."""

import re
from pathlib import Path

import pytest

from claimdesk.checks import CHECKS
from claimdesk.cli import build_parser
from claimdesk.readers import READERS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def commands():
    parser = build_parser()
    actions = [action for action in parser._actions if hasattr(action, "choices") and isinstance(action.choices, dict)]
    return actions[0].choices


@pytest.mark.parametrize("name", commands())
def test_every_command_is_in_the_readme_and_has_help(name):
    assert f"claimdesk {name}" in README
    assert commands()[name].format_help()


@pytest.mark.parametrize("suffix", READERS)
def test_every_format_is_in_the_readme(suffix):
    assert suffix in README or suffix == ".htm"


def test_every_option_in_the_readme_exists():
    helps = "".join(command.format_help() for command in commands().values())
    helps += "".join(sub.format_help() for name in ("bench", "library") for sub in _kinds_of(name))
    for option in set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", README)) - {"--index-url"}:
        assert option in helps, option


def _kinds_of(name):
    command = commands()[name]
    kinds = next(action for action in command._actions if isinstance(getattr(action, "choices", None), dict))
    return kinds.choices.values()


def test_every_check_is_in_the_architecture():
    page = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    for check in CHECKS:
        assert check.run.__name__ in page, check.run.__name__


def test_no_document_names_a_path_of_a_machine():
    for path in (*ROOT.glob("*.md"), *ROOT.glob("claims/**/*.md"), *ROOT.glob("docs/**/*.md")):
        assert not re.search(r"(?:^|[\s`(])/(?:home|root|work|Users)/", path.read_text("utf-8")), path
