"""The corridor has one direction: a package imports only what stands before it in this list."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "src" / "claimdesk"

CORRIDOR = (
    "errors model settings places progress language dates quantities quotes analysis find readers load passages "
    "transformer graph_export embed filters store memory corpus origins library numbers wording days names entailment "
    "checks internal judge verdicts evidence ahead verify claim_json report review pairs render exports page bench training "
    "library_commands cli __main__"
).split()


def imports(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "claimdesk":
            inner = node.module.split(".")[1:]
            yield from [inner[0]] if inner else [alias.name for alias in node.names]


def unit(path):
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_backward(path):
    own = unit(path)
    if own == "__init__":
        return
    assert own in CORRIDOR, f"{own} has no place in the corridor yet"
    later = [name for name in imports(path) if name in CORRIDOR and CORRIDOR.index(name) > CORRIDOR.index(own)]
    assert not later, f"{own} imports {later}, which stand after it"
