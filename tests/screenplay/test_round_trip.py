"""What a person wrote survives, and every text whatever becomes a film: the promises, for screenplays made by Hypothesis.

APEX_FUZZ says how many of each are tried."""

from __future__ import annotations

import os
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from apexlang.ir import load_source
from apexlang.ir.layout import formatted
from apexlang.plan.timeline import lay_out
from apexlang.screenplay import final_draft, final_draft_text, formats, fountain, fountain_text, telling
from apexlang.screenplay.model import Dialogue, Heading, PageBreak, Screenplay
from apexlang.source import Source, World
from tests.screenplay import generated

EXAMPLES = settings(max_examples=int(os.environ.get("APEX_FUZZ", "120")), deadline=None)
HERE = World(Path(__file__).parent)

anything = st.one_of(
    st.text(max_size=200),
    st.text(alphabet='\n\t []{}()#=>!@~^.:*_/-\\"<AB a1\u2028\u202e\x00\x0c\r张：', max_size=60),
    st.lists(st.one_of(generated.wild, generated.element), max_size=8).map("\n".join),
)


def imported(play: Screenplay) -> Source:
    return Source("film.apex", formats.film_text(play))


def errors(source: Source) -> list[str]:
    """What is wrong with a film, its time too."""
    film, found, _ = load_source(HERE, source)
    found = (*found, *(lay_out(film).diagnostics if film is not None else ()))
    return [f"{d.code} {d.span.line + 1 if d.span else ''} {d.message}" for d in found if d.is_error]


@EXAMPLES
@given(generated.screenplay)
def test_fountain_is_written_as_it_is_read(text: str) -> None:
    play = fountain.read(text)
    assert fountain.read(fountain_text.write(play)) == play


@EXAMPLES
@given(generated.screenplay)
def test_fountain_survives_a_film(text: str) -> None:
    play = fountain.read(text)
    assert telling.screenplay(imported(play), HERE) == play


@EXAMPLES
@given(generated.screenplay)
def test_every_screenplay_is_a_film_in_the_one_true_layout(text: str) -> None:
    source = imported(fountain.read(text))
    assert not errors(source), source.text
    assert formatted(source) == source.text


@EXAMPLES
@given(anything)
def test_every_text_whatever_is_a_film_and_comes_back(text: str) -> None:
    play = fountain.read(text)
    source = imported(play)
    assert not errors(source), source.text
    assert formatted(source) == source.text
    assert telling.screenplay(source, HERE) == play


@EXAMPLES
@given(generated.screenplay)
def test_every_word_survives_final_draft(text: str) -> None:
    """Every word in its order. Final Draft has its own ways with spaces, and with what XML cannot hold."""
    play = fountain.read(text)
    again = final_draft.read(final_draft_text.write(play))
    assert words(again) == words(play)
    source = imported(again)
    assert not errors(source), source.text
    assert telling.screenplay(source, HERE) == again


@EXAMPLES
@given(st.one_of(st.binary(max_size=200), st.binary(max_size=100).map(lambda tail: b"<FinalDraft>" + tail)))
def test_any_bytes_are_a_screenplay_or_a_reason(data: bytes) -> None:
    for name in ("script.fountain", "script.fdx"):
        play = formats.read(name, data)
        if isinstance(play, Screenplay):
            assert not errors(imported(play))
        else:
            assert name in play.message


def words(play: Screenplay) -> str:
    """The signs of a screenplay: marks of emphasis and escapes, space, and what XML cannot hold left out."""
    told: list[str] = []
    for element in play.elements:
        match element:
            case Dialogue():
                told += [element.cue, *(part.text for part in element.parts)]
            case Heading():
                told += [element.text, element.number or ""]
            case PageBreak():
                pass
            case _:
                told.append(element.text)
    return "".join(c for c in "".join(told) if c.isprintable() and not c.isspace() and c not in "*_\\~!#[]/�")
