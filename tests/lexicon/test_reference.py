"""The stage's page has the words as they are."""

from pathlib import Path

from apexlang.lexicon.reference import filled
from apexlang.lexicon.words import SECTIONS, standard

PAGE = Path(__file__).parent.parent.parent / "docs" / "previz.md"


def test_the_page_has_the_words_as_they_are() -> None:
    text = PAGE.read_text("utf-8")
    assert filled(text) == text, "python -m apexlang.lexicon.reference writes previz.md anew"
    for section in SECTIONS:
        for meaning in standard().meanings(section) if section != "people" else standard().people:
            assert f"`{meaning}`" in text


def test_every_meaning_acts() -> None:
    from apexlang.picture.previz.kits.catalogue import KITS
    from apexlang.picture.previz.lights import HOURS
    from apexlang.picture.previz.puppet import POSES, PROPS

    v = standard()
    assert v.meanings("places") == set(KITS)
    assert v.meanings("times") == set(HOURS)
    assert v.meanings("weather") == {"rain", "fog", "snow"}
    assert v.meanings("actions") <= set(POSES)
    assert v.meanings("held") <= set(PROPS)
    assert set(v.held) <= v.meanings("props")
    assert v.meanings("manners") == set(v.manner)
