"""Fountain's elements, one by one, as fountain.io describes them."""

from __future__ import annotations

import pytest

from apexlang.screenplay import fountain, fountain_text
from apexlang.screenplay.model import (
    Action,
    Boneyard,
    Centred,
    Dialogue,
    Element,
    Heading,
    Lyric,
    Note,
    PageBreak,
    Part,
    Section,
    Synopsis,
    Transition,
)
from tests.screenplay.scripts import FOUNTAIN


def speech(cue: str, *lines: str, dual: bool = False) -> Dialogue:
    return Dialogue(cue, tuple(fountain.part(line) for line in lines), dual)


CASES: dict[str, tuple[str, list[Element]]] = {
    "headings": (
        "INT. HOUSE - DAY\n\next. garden\n\nI/E CAR\n\nINT./EXT. BOAT\n\nEST. CITY",
        [
            Heading("INT. HOUSE - DAY"),
            Heading("ext. garden"),
            Heading("I/E CAR"),
            Heading("INT./EXT. BOAT"),
            Heading("EST. CITY"),
        ],
    ),
    "forced headings, and what is none": (
        ".SNIPER SCOPE POV\n\n...and then",
        [Heading("SNIPER SCOPE POV"), Action("...and then")],
    ),
    "scene numbers": (
        "INT. HOUSE - DAY #1#\n\nEXT. SEA #I-1-A#\n\n.THE SEA #2.b#",
        [Heading("INT. HOUSE - DAY", "1"), Heading("EXT. SEA", "I-1-A"), Heading("THE SEA", "2.b")],
    ),
    "action keeps its lines and its indentation": (
        "He reads:\n\n          Scott --\n\n\tJacob\n\tRoom 412",
        [Action("He reads:"), Action("          Scott --"), Action("    Jacob\n    Room 412")],
    ),
    "forced action": (
        "!INT. is how it begins\n\n!BANG\nHe falls.",
        [Action("INT. is how it begins"), Action("BANG\nHe falls.")],
    ),
    "dialogue": (
        "STEEL\nBeer's ready!\n(quietly)\nCome on.\n\nHe waits.",
        [speech("STEEL", "Beer's ready!", "(quietly)", "Come on."), Action("He waits.")],
    ),
    "a cue with nothing below is action": ("STEEL\n\nBeer's ready!", [Action("STEEL"), Action("Beer's ready!")]),
    "extensions": (
        "HANS (on the radio)\nYes.\n\nMOM (V.O.)(CONT'D)\nNo.",
        [speech("HANS (on the radio)", "Yes."), speech("MOM (V.O.) (CONT'D)", "No.")],
    ),
    "a cue with figures, one of figures only": (
        "R2D2\nBeep.\n\n23\nBeep.",
        [speech("R2D2", "Beep."), Action("23\nBeep.")],
    ),
    "forced cues": (
        "@McCLANE\nYippie ki-yay!\n\n@张伟\n你好",
        [speech("McCLANE", "Yippie ki-yay!"), speech("张伟", "你好")],
    ),
    "a pause in a speech": ("DEALER\nTen.\n  \nFour.", [speech("DEALER", "Ten.", "", "Four.")]),
    "dual dialogue": (
        "BRICK\nScrew retirement.\n\nSTEEL ^\nScrew retirement.",
        [speech("BRICK", "Screw retirement."), speech("STEEL", "Screw retirement.", dual=True)],
    ),
    "indented dialogue": ("\t\tJACK\n\t(low)\n\tHello.", [speech("JACK", "(low)", "Hello.")]),
    "lyrics": (
        "~Willy Wonka!\n\nCHORUS\n~He is here\n(louder)\nNow.",
        [
            Lyric("Willy Wonka!"),
            Dialogue(
                "CHORUS", (Part("lyric", "He is here"), Part("parenthetical", "(louder)"), Part("speech", "Now."))
            ),
        ],
    ),
    "transitions": (
        "CUT TO:\n\nFADE IN:\n\nFADE OUT.\n\n> Burn to white.\n\nHE GOES TO: the door",
        [
            Transition("CUT TO:"),
            Transition("FADE IN:"),
            Transition("FADE OUT."),
            Transition("Burn to white."),
            Action("HE GOES TO: the door"),
        ],
    ),
    "centred text": ("> THE END <\n\n>no space<", [Centred("THE END"), Centred("no space")]),
    "emphasis stays in the text": ("*a* **b** _c_ \\*d\\*", [Action("*a* **b** _c_ \\*d\\*")]),
    "page breaks": ("One.\n\n===\n\n=======\n\nTwo.", [Action("One."), PageBreak(), PageBreak(), Action("Two.")]),
    "sections and synopses": (
        "# Act\n\n## Sequence\n= He finds it.\n\n=\n\n#",
        [Section(1, "Act"), Section(2, "Sequence"), Synopsis("He finds it."), Synopsis(""), Section(1, "")],
    ),
    "notes": (
        "[[a note]]\n\nHe [[who?]] sleeps.\n\n[[over\ntwo lines\n  \nand a gap]]",
        [Note("[[a note]]"), Action("He [[who?]] sleeps."), Note("[[over\ntwo lines\n\nand a gap]]")],
    ),
    "boneyard": (
        "One.\n\n/*\nINT. OUT\n\nGone.\n*/\n\nTwo.\n\nHe /* never */ sleeps.",
        [Action("One."), Boneyard("\nINT. OUT\n\nGone.\n"), Action("Two."), Action("He [[/* never */]] sleeps.")],
    ),
    "a boneyard that nothing closes is text": ("/* never", [Action("/* never")]),
    "line ends of Windows and of old Macs": ("INT. A\r\n\r\nGo.\r\rB", [Heading("INT. A"), Action("Go."), Action("B")]),
}


@pytest.mark.parametrize("case", CASES)
def test_elements(case: str) -> None:
    text, expected = CASES[case]
    play = fountain.read(text)
    assert list(play.elements) == expected
    assert fountain.read(fountain_text.write(play)) == play


def test_title_page() -> None:
    play = fountain.read("Title:\n\t_**BRICK**_\n\tPart 2\nAuthor: A. B.\nDraft date:1/2\n\nFADE IN:")
    assert play.title_page == (("Title", ("_**BRICK**_", "Part 2")), ("Author", ("A. B.",)), ("Draft date", ("1/2",)))
    assert play.elements == (Transition("FADE IN:"),)


@pytest.mark.parametrize(
    "text", ["CUT TO:\n\nHe goes.", "INT. HOUSE: DAY", "He says: go.\n\nShe goes.", "Rain:\nhard."]
)
def test_a_colon_alone_makes_no_title_page(text: str) -> None:
    assert fountain.read(text).title_page == ()


def test_a_first_line_that_looks_like_a_title_page_is_marked() -> None:
    play = fountain.read("!Notes: none.")
    assert play.elements == (Action("Notes: none."),)
    assert fountain_text.write(play) == "!Notes: none.\n"


def test_the_whole_screenplay_comes_back_to_the_letter() -> None:
    """All but one mark that was not needed."""
    assert fountain_text.write(fountain.read(FOUNTAIN)) == FOUNTAIN.replace("!SILENCE", "SILENCE")
