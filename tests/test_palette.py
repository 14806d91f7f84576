"""Every color can be read on the ground that it stands on, and no verdict is told by color alone."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from claimdesk.render import load_style
from claimdesk.render.standing import LOOKS, STANCE_LOOKS, Standing

ROOT = Path(__file__).parents[1]
SCHEMES = pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])


def palette(scheme: int) -> dict[str, str]:
    """The colors of the style sheet by name, for light or dark."""
    found = re.findall(r"--cd-([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", load_style("page.css"))
    return {name: (light, dark)[scheme] for name, light, dark in found}


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2, from 1 to 21."""

    def luminance(color: str) -> float:
        parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_ratio_is_that_of_the_guideline() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21) and contrast("#777777", "#777777") == 1
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@SCHEMES
@pytest.mark.parametrize("look", [look.css.removeprefix("cd-") for look in LOOKS.values()])
def test_text_and_lines_are_readable_on_every_tint(look: str, scheme: int) -> None:
    color = palette(scheme)
    tint, line = color[f"{look}-tint"], color[f"{look}-line"]
    assert contrast(color["text"], tint) >= 12.7
    assert contrast(line, tint) >= 4.6
    assert contrast(line, color["page"]) >= 5.7
    assert contrast(color["quiet"], tint) >= 6


@SCHEMES
def test_quiet_words_and_links_are_readable_on_the_page_and_on_soft_ground(scheme: int) -> None:
    color = palette(scheme)
    for ground in (color["page"], color["soft"]):
        assert contrast(color["quiet"], ground) >= 7
        assert contrast(color["link"], ground) >= 6
        assert contrast(color["text"], ground) >= 14


@SCHEMES
def test_the_words_of_the_main_buttons_are_readable(scheme: int) -> None:
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]
    button = theme[("light", "dark")[scheme]]["primaryColor"]
    assert "[data-testid^=stBaseButton-primary]:not(:disabled)" in load_style("app.css")  # takes the page's own color
    assert contrast(palette(scheme)["page"], button) >= 6


def test_the_page_and_its_theme_have_the_same_colors() -> None:
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]
    names = {"backgroundColor": "page", "secondaryBackgroundColor": "soft", "textColor": "text", "linkColor": "link",
             "borderColor": "rule", "primaryColor": "link"}  # fmt: skip
    for index, scheme in enumerate(("light", "dark")):
        assert {key: theme[scheme][key] for key in names} == {key: palette(index)[name] for key, name in names.items()}


def test_every_standing_has_its_own_sign_and_line() -> None:
    style = load_style("page.css")
    assert len({look.sign for look in LOOKS.values()}) == len(LOOKS) == len(Standing)
    lines = [re.search(rf"\.{look.css} .*?--shape: (\w+); --width: ([\d.]+px)", style) for look in LOOKS.values()]
    assert len({match.groups() for match in lines if match}) == len(LOOKS)
    assert len({look.sign for look in STANCE_LOOKS.values()}) == len(STANCE_LOOKS)


def test_pictures_and_marks_stay_visible_where_the_system_chooses_the_colors() -> None:
    forced = load_style("page.css").partition("@media (forced-colors: active)")[2]
    assert all(name in forced for name in (".cd-claim", ".cd-hit", ".cd-here", ".cd-tick", ".cd-dot", ".cd-gap"))
