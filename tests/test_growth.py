"""``bench growth``: the figures are there, and they are of what was asked for."""

import json

from claimdesk import cli
from claimdesk.bench.growth import bench_growth


def test_the_figures_of_a_small_library(tmp_path):
    figures = bench_growth([60, 200], tmp_path)
    assert [row["passages"] for row in figures["sizes"]] == [60, 200]
    for row in figures["sizes"]:
        assert row["recall_at_10"] > 0.98
        assert row["disk_mb"] >= 0 and row["ms_per_claim"] > 0
    assert list(tmp_path.iterdir()) == []


def test_the_command_prints_json_and_a_table(tmp_path, capsys):
    assert cli.main(["bench", "growth", "--passages", "60", "--folder", str(tmp_path), "-f", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["sizes"][0]["passages"] == 60
    assert cli.main(["bench", "growth", "--passages", "60", "--folder", str(tmp_path)]) == 0
    assert "recall_at_10" in capsys.readouterr().out
