"""Alterations: each false one is really false, each harmless one changes nothing, and the same seed gives the same."""

import json
import re
import subprocess
import sys
from random import Random

import pytest

from claimdesk.bench.alter import Scene, alterations, find_speaker
from claimdesk.bench.alter_bases import built_in_stories, make_scenes, read_stories
from claimdesk.bench.alterations import FALSE, HARMLESS, RARE, STRICT, bench_alter
from claimdesk.errors import ClaimdeskError
from claimdesk.language.parse import parse

TABLES = {**FALSE, **HARMLESS}


def every(kind, sentence, evidence=None, others=()):
    """All altered claims of one kind, over several seeds: the choice among them is random."""
    scene = Scene(parse(sentence), evidence or sentence, "alone", others=tuple(others))
    return {text for seed in range(30) for text in TABLES[kind](scene, Random(seed))}


QUOTE = "“We will sell the land if the court agrees,” farmer Judith Amery said."
MADE = [
    # numbers
    ("digit", "The ship sank with 1,212 men.", "The ship sank with 1,221 men."),
    ("digit", "They beat Norwick 3-1.", "They beat Norwick 4-1."),
    ("digit", "He wrote three letters.", "He wrote seven letters."),
    ("scale", "It cost $3.5 million.", "It cost $3.5 billion."),
    ("scale", "They sold 1,212 cars.", "They sold 12,120 cars."),
    ("unit", "The road is 60 km long.", "The road is 60 miles long."),
    ("unit", "It cost $3.5 million.", "It cost €3.5 million."),
    ("unit", "Support fell by 3 percentage points.", "Support fell by 3 percent."),
    ("bound", "More than 40 homes burned.", "Fewer than 40 homes burned."),
    ("bound", "They sold 1,212 cars.", "They sold more than 1,212 cars."),
    ("bound_dropped", "At least 40 homes burned.", "40 homes burned."),
    ("bound_value", "More than 42 homes burned.", "More than 62 homes burned."),
    ("hedge", "About 40 homes burned.", "Exactly 40 homes burned."),
    ("hedge", "They sold 1,212 cars.", "They sold nearly 1,000 cars."),
    ("direction", "Prices rose 3 percent.", "Prices fell 3 percent."),
    ("counted", "The fire destroyed 43 homes.", "The fire destroyed 43 violins."),
    # dates
    ("date", "He died on May 3, 2021.", "He died on May 3, 2022."),
    ("date", "He died on Monday.", "He died on Friday."),
    # words
    ("quote_word", QUOTE, "“We will sell the carpet if the court agrees,” farmer Judith Amery said."),
    ("modal", QUOTE, "“We may sell the land if the court agrees,” farmer Judith Amery said."),
    ("negation_quote", QUOTE, "“We will not sell the land if the court agrees,” farmer Judith Amery said."),
    ("negation_quote", "“We can't stay here,” Ann Lee said.", "“We can stay here,” Ann Lee said."),
    ("negation_plain", "Prices rose in May.", "Prices did not rise in May."),
    ("order", QUOTE, "“We will sell the court if the land agrees,” farmer Judith Amery said."),
    ("speaker", QUOTE, "“We will sell the land if the court agrees,” farmer Milo Janssen said."),
    ("role", QUOTE, "“We will sell the land if the court agrees,” opera singer Judith Amery said."),
    ("cut", QUOTE, "“We will sell the land,” farmer Judith Amery said."),
    ("cut", QUOTE, "“We will sell the land …,” farmer Judith Amery said."),
    # harmless
    ("number_format", "They sold 11,212 cars.", "They sold 11\u2009212 cars."),
    ("words_and_digits", "He wrote three letters.", "He wrote 3 letters."),
    ("scale_words", "It cost $3.5 million.", "It cost $3,500,000."),
    ("percent_sign", "Prices rose 3 percent.", "Prices rose 3%."),
    ("glyphs", QUOTE, '"We will sell the land if the court agrees," farmer Judith Amery said.'),
    ("unit_converted", "The town is 60 km north of here.", "The town is about 37 miles north of here."),
    ("permitted_cut", "“Rates, of course, fell last year,” Ann Lee said.", "“Rates … fell last year,” Ann Lee said."),
    ("speaker_alias", QUOTE, "“We will sell the land if the court agrees,” farmer Amery said."),
    ("voice", "The board approved the plan on Monday.", "The plan was approved by the board on Monday."),
]


@pytest.mark.parametrize(("kind", "sentence", "altered"), MADE)
def test_every_kind_makes_its_example(kind, sentence, altered):
    assert altered in every(kind, sentence)


def test_every_kind_has_an_example():
    assert {kind for kind, _, _ in MADE} == set(TABLES) - {"splice"}


def test_a_splice_joins_halves_of_two_sentences_of_the_evidence():
    made = every("splice", QUOTE, others=["Nobody asked the people who live beside the river"])
    assert "“We will sell the land who live beside the river,” farmer Judith Amery said." in made


def test_a_lower_bound_is_only_raised_and_an_upper_one_only_lowered():
    for text in every("bound_value", "More than 42 homes burned."):
        assert int(re.search(r"\d+", text)[0]) > 42
    for text in every("bound_value", "Up to 42 homes burned."):
        assert int(re.search(r"\d+", text)[0]) < 42
    assert not every("digit", "More than 42 homes burned.")
    assert not every("scale", "Men under the age of 25 were freed.")


def test_more_than_some_miles_is_not_made_kilometers():
    assert not every("unit", "They drove more than 40 miles.")
    assert every("unit", "They drove more than 40 km.")


def test_a_digit_is_not_changed_into_a_rounded_or_a_more_exact_number():
    made = every("digit", "They sold 1,213 cars.")
    assert "They sold 1,215 cars." not in made and "They sold 1,210 cars." not in made
    assert all(text.count("000") for text in every("digit", "They sold 84,000 cars."))


def test_figures_of_the_evidence_are_not_put_in():
    made = every("digit", "They sold 12 cars.", "They sold 12 cars. A rival sold 21 cars.")
    assert made and "They sold 21 cars." not in made


def test_years_days_times_and_labels_are_no_amounts():
    assert not every("digit", "On May 3, 2021 Flight 212 left at 6 p.m.")


def test_an_open_date_moves_only_where_it_cannot_follow():
    assert all("2031" not in text for text in every("date", "It must close by 2030."))
    assert every("date", "It must close by 2030.") <= {f"It must close by {year}." for year in (2020, 2028, 2029)}


def test_a_range_is_only_narrowed():
    for text in every("date", "The cars were built between 2014 and 2018."):
        first, last = map(int, re.findall(r"\d{4}", text))
        assert first >= 2014 and last <= 2018 and (first, last) != (2014, 2018)


def test_words_that_hold_a_denial_are_not_cut_up():
    assert not any(
        "didhing" in text for text in every("negation_quote", "Cole said that the city “knew and did nothing”.")
    )


def test_about_before_a_noun_is_no_hedge():
    assert not every("cut", "“We are ready to talk about a merger,” Ann Lee said.")


@pytest.mark.parametrize(
    ("sentence", "name", "role"),
    [
        ("“We won,” fire chief Ruben Okafor said.", "Ruben Okafor", "fire chief"),
        ("“We won,” said Mayor Dana Whitlock on Monday.", "Dana Whitlock", "Mayor"),
        ("Health Minister Oskar Bly called it “reasonable but late”.", "Oskar Bly", "Health Minister"),
        ("“It works,” Reyes said on Monday.", "Reyes", None),
        ("“It works,” the Committee for the Missing said.", "Committee for the Missing", None),
    ],
)
def test_speakers_are_found_by_the_shape_of_the_sentence(sentence, name, role):
    who = find_speaker(sentence)
    assert who.name.of(sentence) == name
    assert (who.role.of(sentence) if who.role else None) == role


def test_the_same_seed_gives_the_same_alterations_and_none_twice():
    scene = Scene(parse(QUOTE), QUOTE, "alone")
    first = list(alterations(scene, TABLES, lambda kind: 3, seed=1))
    assert first == list(alterations(scene, TABLES, lambda kind: 3, seed=1))
    assert len({one.text for one in first}) == len(first)
    assert QUOTE not in {one.text for one in first}


@pytest.fixture(scope="module")
def scenes():
    return list(make_scenes(built_in_stories()))


def test_the_built_in_sentences_are_many_and_varied(scenes):
    sentences = [sentence for story in built_in_stories() for sentence in story]
    assert len(sentences) == len(set(sentences)) >= 450
    assert sum(bool(re.search(r"\d|\b(?:two|three|six)\b", sentence)) for sentence in sentences) >= 250
    assert sum("“" in sentence for sentence in sentences) >= 120
    assert {scene.form for scene in scenes} == {"alone", "beside", "statement", "speech"}


@pytest.mark.slow
def test_there_are_two_hundred_of_each_false_kind(scenes):
    counts = dict.fromkeys(FALSE, 0)
    for scene in scenes:
        for one in alterations(scene, FALSE, lambda kind: 3 if kind in RARE else 1, seed=7):
            counts[one.kind] += 1
    assert counts.pop("bound_dropped") >= 100  # one for each bound in the sentences
    assert all(count >= 200 for count in counts.values()), counts


def test_figures_of_a_few_bases():
    figures = bench_alter(limit=12, verbose=True)
    assert figures["bases"] == 12
    assert figures["alterations"] == sum(row["n"] for row in figures["by_kind"].values()) > 30
    assert set(STRICT) <= set(figures["by_kind"])
    assert len(figures["wrong"]["false_supports"]) == figures["false_support"]
    assert json.loads(json.dumps(figures)) == figures


def test_sentences_of_a_file(tmp_path):
    file = tmp_path / "mine.txt"
    file.write_text("# mine\nThe fire destroyed 43 homes.\nNobody died.\n\nPrices rose 3 percent.\n", "utf-8")
    assert read_stories(file) == [["The fire destroyed 43 homes.", "Nobody died."], ["Prices rose 3 percent."]]
    file.write_text("\n", "utf-8")
    with pytest.raises(ClaimdeskError, match="no sentence"):
        read_stories(file)
    with pytest.raises(ClaimdeskError, match="cannot be read"):
        read_stories(tmp_path / "absent.txt")


def test_the_command_writes_json(tmp_path):
    file = tmp_path / "mine.txt"
    file.write_text("The fire destroyed 43 homes.\n", "utf-8")
    command = [sys.executable, "-m", "claimdesk", "bench", "alter", "--sentences", str(file), "-f", "json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    assert json.loads(done.stdout)["bases"] == 1
