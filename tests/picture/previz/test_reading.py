"""What the stage understands of words."""

import pytest

from apexlang.lexicon.words import standard
from apexlang.picture.previz.kits.catalogue import KITS
from apexlang.picture.previz.reading import linear_colour, read
from apexlang.plan.model import PictureRequest, Subject


def request(**said: object) -> PictureRequest:
    return PictureRequest(width=64, height=36, **said)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("setting", "place", "kit"),
    [
        ("EXT.", "DARK ALLEY", "alley"), ("INT.", "WAREHOUSE", "warehouse"), ("INT.", "SARAH'S APARTMENT", "room"),
        ("EXT.", "PINE FOREST", "forest"), ("INT.", "FOREST CABIN", "room"), ("EXT.", "OUTSIDE THE WAREHOUSE", "street"),
        ("INT.", "HOSPITAL CORRIDOR", "corridor"), ("EXT.", "BEACH", "sea"), ("EXT.", "DUNES", "desert"),
        ("EXT.", "MOUNTAIN MEADOW", "field"), ("INT.", "ZXQ", "room"), ("EXT.", "ZXQ", "field"),
    ],
)  # fmt: skip
def test_place_words_choose_the_kit(setting: str, place: str, kit: str) -> None:
    assert read(request(setting=setting, place=place)).kit == kit


def test_an_unknown_place_is_said() -> None:
    assert any("ZXQ" in note for note in read(request(setting="EXT.", place="ZXQ")).notes)


def test_every_place_word_has_a_kit() -> None:
    assert standard().meanings("places") == set(KITS)


@pytest.mark.parametrize(
    ("said", "time"),
    [
        ("MORNING", "DAY"),
        ("EVENING", "DUSK"),
        ("GOLDEN HOUR", "DUSK"),
        ("NIGHT", "NIGHT"),
        ("DAWN", "DAWN"),
        ("", "DAY"),
        ("LATER", "DAY"),
    ],
)
def test_times_of_day(said: str, time: str) -> None:
    assert read(request(place="STREET", time=said)).time == time


def test_weather_actions_and_things_are_read_from_prose() -> None:
    subjects = (Subject(name="SARAH"), Subject(name="VICTOR"))
    prose = "Rain falls. SARAH sits on a bench, VICTOR runs. She holds a lantern."
    reading = read(request(place="STREET", prose=prose, subjects=subjects))
    assert reading.rain
    assert "bench" in reading.props
    assert [role.pose for role in reading.roles] == ["sit", "run"]


def test_what_is_not_understood_is_noted() -> None:
    notes = read(request(place="STREET", prose="Rain falls. Seventeen purple elephants juggle.")).notes
    assert len(notes) == 1
    assert "elephants" in notes[0]


def test_a_character_looks_the_same_way_in_every_shot() -> None:
    subject = Subject(name="SARAH")
    sides = {
        read(request(place="STREET", size=s, subjects=(subject,))).roles[0].looks_left
        for s in ("close-up", "medium", "wide")
    }
    assert len(sides) == 1


def test_colours() -> None:
    assert linear_colour("#ffffff") == (1.0, 1.0, 1.0)
    assert linear_colour("#000") == (0.0, 0.0, 0.0)
    assert linear_colour("red") is None


def test_more_people_than_marks() -> None:
    crowd = tuple(Subject(name=f"P{i}") for i in range(9))
    reading = read(request(place="STREET", subjects=crowd))
    assert len(reading.roles) == 6
    assert any("P8" in note for note in reading.notes)
