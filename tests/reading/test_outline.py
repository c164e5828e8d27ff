"""The film in outline: every shot with its times, at most 80 columns, whatever the script."""

from __future__ import annotations

import re

import pytest

from apexlang.diagnostics.width import cells
from apexlang.reading.outline import count_words, data, outline, text

from .conftest import FILM


def shown(side, width=80):
    return text(outline(side.film, side.timeline), width).split("\n")


def test_scenes_and_shots_with_their_times(sided):
    lines = shown(sided(FILM))
    assert lines[0] == "Test"
    assert "2 scenes, 5 shots, 2 words of dialogue" in lines
    assert "  With SARAH, VICTOR" in lines or "With SARAH, VICTOR" in lines
    assert any(line.startswith("INT. WAREHOUSE - NIGHT  #12#") and line.endswith("00:00:05:00 long") for line in lines)
    assert "  The letter is gone." in lines
    stop = next(line for line in lines if "#stop" in line)
    assert re.split(r"  +", stop.strip()) == ["00:00:02:00 - 00:00:04:00", "48f", "#stop", "close-up of SARAH; 2 words"]
    assert "; SARAH" in next(line for line in lines if "#crates" in line), "named in the prose, in capitals"
    assert any("00:00:06:00 - 00:00:07:00     24f  2.2" in line for line in lines)


def test_muted_parts_are_shown_as_muted(sided):
    muted = FILM.replace("  SHOT medium of VICTOR", "  /- SHOT medium of VICTOR").replace(
        "INT. OFFICE", "/- INT. OFFICE"
    )
    made = outline((side := sided(muted)).film, side.timeline)
    assert (made.shots, made.frames) == (2, 96)
    victor = made.scenes[0].shots[2]
    assert (victor.muted, victor.start, victor.frames) == (True, None, 24)
    assert made.scenes[1].muted and all(s.muted for s in made.scenes[1].shots)
    lines = text(made).split("\n")
    assert any(re.match(r"  muted +24f  #victor", line) for line in lines)
    assert any(line.startswith("INT. OFFICE") and line.endswith("muted") for line in lines)


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_is_wider_than_the_terminal(sided, width):
    film = (
        FILM.replace("SARAH", "張偉明")
        .replace("CHARACTER 張偉明", "CHARACTER @張偉明")
        .replace("    張偉明 (", "    @張偉明 (")
    )
    film = film.replace("#stop", "#a-label-that-is-longer-than-any-column-should-be").replace(
        "WAREHOUSE", "倉庫の奥の暗い部屋" * 3
    )
    film = film.replace("= The letter is gone.", "= " + "雨が降っている、そして誰もいない。" * 8)
    lines = shown(sided(film), width)
    assert max(map(cells, lines)) <= width, max(lines, key=cells)
    starts = {line.index("#") for line in lines if re.match(r"  (\d\d:|muted).*#", line)}
    assert len(starts) == 1


def test_json_has_timecodes(sided):
    side = sided(FILM)
    found = data(outline(side.film, side.timeline))
    assert found["timecode"] == "00:00:07:00" and found["rate"] == "24"
    shot = found["scenes"][0]["shots"][1]
    assert (shot["in"], shot["out"], shot["words"], shot["people"]) == ("00:00:02:00", "00:00:04:00", 2, ("SARAH",))


@pytest.mark.parametrize(
    ("said", "count"),
    [("Who's there?", 2), ("", 0), ("Well-known facts, 3 of them.", 5), ("你好，世界", 4), ("Привет, мир", 2), ("— … !", 0),
     ("안녕 세상", 2), ("OK 你好", 3)],
)  # fmt: skip
def test_words_are_counted_as_people_count_them(said, count):
    assert count_words(said) == count
