"""Final Draft's files, both ways; and XML that only looks like one."""

from __future__ import annotations

from pathlib import Path

import pytest

from apexlang.screenplay import final_draft, final_draft_text, formats, fountain, fountain_text, telling
from apexlang.screenplay.model import Action, Centred, Dialogue, Lyric, Part, Screenplay, Section, Synopsis
from apexlang.source import Problem, Source, World
from tests.screenplay.scripts import FDX, FOUNTAIN

AS_FOUNTAIN = """\
Title: The Lighthouse
Credit: Written by
Author: Ada Holm
Draft date: 3/4/2026
Contact: Harbour Films

FADE IN:

EXT. LIGHTHOUSE - NIGHT #1#

= The storm begins.

Rain & wind. ***The lamp*** turns.

[[Find the rail.]]

MARA (V.O.)
(low)
Not _tonight_.

CLOSE ON THE LAMP

MARA
Down!

TOMAS ^
Behind you!

===

INT. BOAT - DAWN

> THE END <
"""


def read(paragraphs: str) -> Screenplay:
    return final_draft.read(f"<FinalDraft><Content>{paragraphs}</Content></FinalDraft>".encode())


def test_a_script_is_read() -> None:
    assert fountain_text.write(final_draft.read(FDX.encode())) == AS_FOUNTAIN


def test_a_script_comes_back_through_a_film() -> None:
    play = final_draft.read(FDX.encode())
    source = Source("film.apex", formats.film_text(play))
    back = telling.screenplay(source, World(Path(__file__).parent))
    assert back == play
    assert final_draft.read(final_draft_text.write(back)) == play


def test_what_fountain_says_final_draft_says_too() -> None:
    play = fountain.read(FOUNTAIN)
    again = final_draft.read(final_draft_text.write(play))
    lost = [element for element in play.elements if element not in again.elements]
    assert [type(element) for element in lost] == [
        Dialogue,
        Lyric,
    ]  # a song after a speech is sung by its speaker there
    assert Part("lyric", "And the light went round") in next(e for e in again.elements if e not in play.elements).parts  # type: ignore[union-attr]
    assert again.title_page == play.title_page


def test_paragraphs_of_other_kinds() -> None:
    play = read(
        '<Paragraph Type="Outline 2"><Text>Sequence</Text></Paragraph>'
        '<Paragraph Type="Outline Body"><Text>He finds it.</Text></Paragraph>'
        '<Paragraph Type="New Act"><Text>ACT ONE</Text></Paragraph>'
        '<Paragraph Type="Cast List"><Text>A: B</Text></Paragraph>'
        '<Paragraph Type="Lyrics"><Text>La la</Text></Paragraph>'
        '<Paragraph Type="Dialogue"><Text>To nobody.</Text></Paragraph>'
        '<Paragraph Type="Scene Heading"><Text>(LATER)</Text></Paragraph>'
        '<Paragraph Type="Character"><Text>SARAH</Text></Paragraph>'
        '<Paragraph Type="Action"/>'
        '<Paragraph Type="Character"><Text>McCready</Text></Paragraph>'
        '<Paragraph Type="Dialogue"><Text>One&#10;two</Text></Paragraph>'
    )
    assert play.elements == (
        Section(2, "Sequence"), Synopsis("He finds it."), Centred("ACT ONE"), Action("A: B"), Lyric("La la"), Action("To nobody."),
        Action("(LATER)"), Action("SARAH"), Dialogue("McCready", (Part("speech", "One"), Part("speech", "two"))),
    )  # fmt: skip


def test_what_reads_like_something_else_stays_what_it_is() -> None:
    play = read(
        '<Paragraph Type="Action"><Text>INT. is how it begins</Text></Paragraph>'
        '<Paragraph Type="Action"><Text>2 * 3 and *4* and _x_</Text></Paragraph>'
        '<Paragraph Type="Action"><Text>/* </Text></Paragraph>'
        '<Paragraph Type="Transition"><Text>Burn to white.</Text></Paragraph>'
    )
    assert (
        fountain_text.write(play)
        == "!INT. is how it begins\n\n2 \\* 3 and \\*4\\* and \\_x\\_\n\n/*\n\n> Burn to white.\n"
    )
    again = final_draft_text.write(play).decode()
    assert "<Text>2 * 3 and *4* and _x_</Text>" in again


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"<html></html>", "begins with <html>"),
        (b"<FinalDraft>", "XML is broken"),
        (b"<FinalDraft>\xff\xfe</FinalDraft>", "XML is broken"),
        (b'<?xml version="1.0" encoding="klingon"?><FinalDraft/>', "cannot be read"),
        (
            b'<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><FinalDraft>&b;</FinalDraft>',
            "entities or a document type",
        ),
        (b'<!DOCTYPE x SYSTEM "http://example.com/x.dtd"><FinalDraft/>', "entities or a document type"),
        (b"", "XML is broken"),
    ],
)
def test_what_is_no_script(data: bytes, why: str) -> None:
    problem = formats.read("script.fdx", data)
    assert isinstance(problem, Problem)
    assert why in problem.message


def test_a_script_without_anything() -> None:
    assert final_draft.read(b"<FinalDraft/>") == Screenplay()
    assert final_draft.read(final_draft_text.write(Screenplay())) == Screenplay()


def test_deep_nesting_is_no_trouble() -> None:
    deep = b"<FinalDraft><Content>" + b"<Paragraph>" * 20_000 + b"</Paragraph>" * 20_000 + b"</Content></FinalDraft>"
    assert final_draft.read(deep) == Screenplay()
