"""Words to a person: what is said is kept, the rest comes from the name."""

from __future__ import annotations

import pytest

from apexlang.picture.previz.puppet import describe
from apexlang.picture.previz.puppet.spec import linear
from apexlang.picture.previz.puppet.words import COLOURS, EYES, HAIR


def test_the_same_name_is_the_same_person() -> None:
    assert describe("LENA", "woman, yellow raincoat") == describe("LENA", "woman, yellow raincoat")
    assert describe("Lena", "woman").face == describe("LENA", "woman").face


def test_other_names_are_other_faces() -> None:
    names = ["ANNA", "BERT", "CLARA", "DORA", "EMIL", "FRIEDA", "GUSTAV", "HEDDA", "IGOR", "JUDE", "KARL", "LENA"]
    assert len({describe(n, "").face for n in names}) == len(names)


def test_what_is_not_said_does_not_shift_what_is() -> None:
    plain, hatted = describe("NOAH", "man"), describe("NOAH", "man, fedora")
    assert plain.face == hatted.face
    assert plain.skin == hatted.skin


def test_first_film_lena() -> None:
    s = describe("LENA", "woman, late 20s, dark bob, yellow raincoat")
    assert (s.gender, s.age, s.hair, s.outfit) == ("woman", 28, "bob", "raincoat")
    assert s.hair_colour == linear(HAIR["dark"])
    assert s.top == linear(COLOURS["yellow"])


def test_first_film_otto() -> None:
    s = describe("OTTO", "old man, 70s, white beard, round glasses", ("green wool sweater", "flat cap"))
    assert (s.gender, s.beard, s.glasses, s.outfit, s.hat, s.pattern) == (
        "man",
        "full",
        "round",
        "sweater",
        "flat-cap",
        "knit",
    )
    assert s.old and s.beard_colour == linear(HAIR["white"]) and s.top == linear(COLOURS["green"])


def test_commander_and_detective() -> None:
    s = describe("SARAH", "late 30s, short brown hair, blue eyes, tactical jacket")
    assert (s.gender, s.age, s.hair, s.outfit) == ("woman", 38, "pixie", "tactical")
    assert s.hair_colour == linear(HAIR["brown"]) and s.eyes == linear(EYES["blue"])
    v = describe("VICTOR", "man, 40s, stubble, long coat, fedora")
    assert (v.gender, v.beard, v.outfit, v.hat) == ("man", "stubble", "coat", "fedora")
    assert 40 <= v.age < 50


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("a boy of 9 years", "age", 9),
        ("teenage boy", "teen", True),
        ("grandmother", "old", True),
        ("in her thirties", "age", 35),
        ("aged 52", "age", 52),
        ("heavyset man", "build", "heavy"),
        ("lanky man", "build", "slim"),
        ("long red hair", "hair", "long"),
        ("red-haired woman", "hair_colour", linear(HAIR["red"])),
        ("green-eyed", "eyes", linear(EYES["green"])),
        ("wears a navy pinstripe suit", "pattern", "pinstripe"),
        ("plaid shirt", "pattern", "plaid"),
        ("police officer", "outfit", "uniform"),
        ("peaked cap", "hat", "peaked"),
        ("sunglasses", "glasses", "dark"),
        ("brown leather jacket", "pattern", "leather"),
        ("jeans and a t-shirt", "bottom", "jeans"),
        ("jeans and a t-shirt", "outfit", "tee"),
        ("a dark blue coat", "outfit", "coat"),
        ("bald", "hair", "bald"),
        ("#336699 coat", "top", linear("#336699")),
        ("tall man", "gender", "man"),
        ("\u00e9\u4e2d\u6587 !!! ;;;", "build", "average"),
        ("", "build", "average"),
    ],
)
def test_words(text: str, field: str, value: object) -> None:
    assert getattr(describe("ALEX", text), field) == value


def test_colours_belong_to_their_own_noun() -> None:
    s = describe("MAX", "man with grey hair, red tie, black suit, white shirt")
    assert s.hair_colour == linear(HAIR["grey"])
    assert s.accent == linear(COLOURS["red"])
    assert s.top == linear(COLOURS["black"])
    assert s.shirt == linear(COLOURS["white"])


def test_wears_is_stronger_than_text() -> None:
    assert describe("ANNA", "in a red dress", ("blue coat",)).outfit == "coat"


def test_build_override_and_unknown_build() -> None:
    assert describe("ANNA", "slim", build="heavy").build == "heavy"
    assert describe("ANNA", "slim", build="gaseous").build == "slim"
