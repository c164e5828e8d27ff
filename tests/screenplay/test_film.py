"""From a screenplay to a film: what each of its elements becomes."""

from __future__ import annotations

from pathlib import Path

import pytest

from apexlang.ir import load_source
from apexlang.ir.layout import formatted
from apexlang.ir.model import Shot
from apexlang.screenplay import formats, fountain, fountain_text, shots, telling
from apexlang.screenplay.cast import Cast
from apexlang.screenplay.model import Action, Dialogue
from apexlang.source import Source, World
from tests.screenplay.scripts import FOUNTAIN

HERE = World(Path(__file__).parent)


def film(text: str) -> str:
    return formats.film_text(fountain.read(text))


def scene(text: str) -> str:
    """What stands under the heading of one scene."""
    return film(f"INT. HALL - DAY\n\n{text}").partition("INT. HALL - DAY\n")[2]


def test_a_shot_for_each_paragraph_of_action() -> None:
    assert scene("Rain.\n\nThe men look at each other.\nA long look.\n\nNothing.") == (
        "  SHOT wide\n    Rain.\n    hold: 2s\n\n"
        "  SHOT medium\n    The men look at each other.\n    A long look.\n    hold: 3s\n\n"
        "  SHOT medium\n    Nothing.\n    hold: 2s\n"
    )


def test_speech_stands_in_the_shot_of_the_action_before_it() -> None:
    assert scene("The door opens.\n\nSARAH (V.O.)\n(low)\nWho is\nthere?\n\nVICTOR\nMe.") == (
        "  SHOT wide of VICTOR\n    The door opens.\n    SARAH (V.O., low): Who is\n      there?\n    VICTOR: Me.\n    hold: 4s\n"
    )


def test_speech_without_action_has_a_shot() -> None:
    assert scene("SARAH\nNo.") == "  SHOT wide of SARAH\n    SARAH: No.\n    hold: 2s\n"


def test_dual_dialogue_is_told_by_a_note() -> None:
    assert "SARAH: [[^]] Yes!" in scene("VICTOR\nNo!\n\nSARAH ^\nYes!")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("CUT TO:", "CUT TO:"),
        ("SMASH CUT TO:", "SMASH CUT TO:"),
        ("DISSOLVE TO:", "DISSOLVE TO:"),
        ("TIME CUT TO:", "TIME CUT TO:"),
        ("> CROSSFADE TO.", "// fountain below: > CROSSFADE TO.\n  DISSOLVE"),
        ("> Burn to pink.", "// fountain below: > Burn to pink.\n  CUT"),
        ("> Fades to white.", "// fountain below: > Fades to white.\n  FADE OUT"),
    ],
)
def test_transitions(written: str, shown: str) -> None:
    assert f"\n\n  {shown}\n\n" in scene(f"One.\n\n{written}\n\nTwo.")


def test_a_transition_that_joins_nothing_is_kept_in_a_comment() -> None:
    assert film("DISSOLVE TO:\n\nINT. A\n\nOne.").startswith("// fountain: DISSOLVE TO:\n")


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("INT. HOUSE - DAY #12A#", "INT. HOUSE - DAY #12A#"),
        ("int. house", "// fountain below: int. house\nINT. house"),
        ("EXT SEA - DAY", "// fountain below: EXT SEA - DAY\nEXT. SEA - DAY"),
        (".THE SEA", ".THE SEA"),
    ],
)
def test_headings(written: str, line: str) -> None:
    assert f"{line}\n  SHOT wide\n    One.\n" in film(f"{written}\n\nOne.")


@pytest.mark.parametrize(
    "prose",
    [
        "SHOT in the arm.",
        "CUT",
        "hold: it.",
        "SARAH: no.",
        "Sarah: no.",
        "// there",
        "= so",
        "Shot wide",
        "USE it",
        "/- no",
    ],
)
def test_prose_that_would_be_something_else_is_marked(prose: str) -> None:
    text = scene(f"!{prose}")
    found = load_source(HERE, Source("film.apex", f"CHARACTER SARAH\n\nINT. HALL\n{text}"))
    assert found.film is not None and not found.diagnostics
    assert found.film.scenes[0].items[0].prose[0].replace("/ /", "//") == prose  # type: ignore[union-attr]


def test_what_is_for_people() -> None:
    text = film("# Act\n\n= All.\n\nINT. A\n\n= Here.\n\nOne.\n\n[[who?]]\n\nSARAH\nMe.\n\n/* no */\n\n===\n\nTwo.")
    assert text.index("// # Act") < text.index("= All.") < text.index("INT. A")
    assert "INT. A\n  = Here.\n\n  SHOT wide of SARAH\n    One.\n    // [[who?]]\n    SARAH: Me.\n    hold:" in text
    assert "\n  /* no */\n\n  // ===\n\n  SHOT" in text


def test_titles_and_songs() -> None:
    assert "  TITLE: TEN YEARS LATER\n" in scene("> TEN YEARS LATER <")
    assert '  TITLE: "Gone for 2s"\n' in scene("> Gone for 2s <")
    assert "    ~La la\n" in scene("She sings.\n\n~La la")
    assert "SARAH: ♪ La la\n" in scene("SARAH\n~La la")
    assert "    Rain.\n\n    SUPER: Berlin, 1949\n" in scene("Rain.\n\nSUPER: Berlin, 1949")


def test_braces_and_comments_in_the_text_are_text() -> None:
    text = scene("A {sign} with http://x and // more.")
    assert "A {{sign}} with http://x and / / more." in text
    assert "// fountain below: A {sign} with http://x and // more." in text


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("CLOSE ON the letter.", "close-up"),
        ("Close on Sarah's hand.", "close-up"),
        ("Close to the door, a chair.", "medium"),
        ("INSERT - THE LETTER", "insert"),
        ("SARAH'S POV", "pov"),
        ("WIDE on the valley.", "wide"),
        ("Sarah looks up.", "close-up"),
        ("Sarah and Victor look up.", "medium"),
        ("Sarah " + "walks and walks " * 6, "medium"),
    ],
)
def test_sizes(text: str, size: str) -> None:
    cast = Cast([Dialogue("SARAH", ()), Dialogue("VICTOR", ())])
    assert shots.of_action(text, cast).size == size
    assert shots.of_action(text, cast, "wide").size == (size if shots.asked(text) else "wide")


def test_a_heading_may_ask_for_the_size() -> None:
    assert ".SNIPER SCOPE POV\n  SHOT pov\n" in film(".SNIPER SCOPE POV\n\nThe street.")


def test_who_is_meant_by_he_and_she() -> None:
    text = scene("SARAH waits.\n\nShe turns.\n\nThe clock.\n\nSARAH\nNo.")
    assert [line for line in text.split("\n") if "SHOT" in line] == [
        "  SHOT wide of SARAH", "  SHOT close-up of SARAH", "  SHOT medium of SARAH",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("seen", "spoken", "turns", "seconds"),
    [(0, 0, 0, 2.0), (40, 0, 0, 3.0), (4000, 0, 0, 8.0), (0, 150, 1, 10.5), (40, 150, 2, 14.0), (0, 10**6, 1, 600.0)],
)
def test_holds(seen: int, spoken: int, turns: int, seconds: float) -> None:
    assert shots.hold(seen, spoken, turns) == seconds


@pytest.mark.parametrize(
    ("action", "name", "description"),
    [
        ("SARAH (30s, tired) waits.", "SARAH", "30s, tired."),
        ("SARAH, 40, a driver, comes in.", "SARAH", "Aged 40, a driver."),
        ("SARAH, in her late 60s and loud, comes in.", "SARAH", "In her late 60s and loud."),
        ("SARAH (tired, in a wet coat) waits.", "SARAH", "Tired, in a wet coat."),
        ("SARAH, the pilot, waits.", "SARAH", "The pilot."),
        ("SARAH MOORE, AGE 8, waits.", "SARAH", "Aged 8."),
        ("A TIRED OLD MAN (late 70s) stirs.", "OLD MAN", "Late 70s."),
        ("MILA, 20s, waits.", "MILA", "20s."),
        ("SARAH, the gun in hand, runs.", "SARAH", ""),
        ("SARAH (CONT'D) runs.", "SARAH", ""),
    ],
)
def test_people_and_how_they_are_introduced(action: str, name: str, description: str) -> None:
    text = film(f"INT. A\n\n{action}\n\nSARAH\nYes.\n\nOLD MAN\nNo.")
    assert f"CHARACTER {name}\n" + (f"  {description}\n" if description else "\n") in text


def test_the_whole_screenplay() -> None:
    text = film(FOUNTAIN)
    loaded = load_source(HERE, Source("film.apex", text))
    assert loaded.film is not None and not loaded.diagnostics
    assert formatted(Source("film.apex", text)) == text
    made = [item for scene in loaded.film.scenes for item in scene.items if isinstance(item, Shot)]
    paragraphs = [
        e for e in fountain.read(FOUNTAIN).elements if isinstance(e, Action) and not e.text.startswith("SUPER:")
    ]
    assert sum(shot.size != "title" for shot in made) == len(paragraphs)
    assert loaded.film.title == "THE LIGHTHOUSE a short film"
    assert made[1].dialogue[1].text == "Not again."  # emphasis is for people
    back = telling.screenplay(Source("film.apex", text), HERE)
    assert fountain_text.write(back) == FOUNTAIN.replace("!SILENCE", "SILENCE")


def test_the_page_about_screenplays_shows_what_happens() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "screenplays.md").read_text(encoding="utf-8")
    written, made = (page.partition(f"```{kind}\n")[2].partition("```")[0] for kind in ("fountain", "apex"))
    assert film(written) == made
