"""The line lexer: what each odd line is, by its own text alone."""

from __future__ import annotations

import pytest

from apexlang.syntax.lines import classify

LINES = [
    ("", "BLANK", "", ""),
    ("// a comment", "COMMENT", "", "// a comment"),
    ("/* bone */", "BONEYARD", "", "/* bone */"),
    ("She reads the sign: CLOSED.", "PROSE", "", "She reads the sign: CLOSED."),
    ("SARAH walks between crates.", "PROSE", "", "SARAH walks between crates."),
    ("SARAH: Who's there?", "CUE", "SARAH", "Who's there?"),
    ("SARAH (whispering): Who's there?", "CUE", "SARAH", "Who's there?"),
    ("SARAH:Who's there?", "CUE", "SARAH", "Who's there?"),
    ("O'BRIEN: No.", "CUE", "O'BRIEN", "No."),
    ("D’ARTAGNAN: Non.", "CUE", "D’ARTAGNAN", "Non."),
    ("MRS. O'BRIEN (V.O.): Yes.", "CUE", "MRS. O'BRIEN", "Yes."),
    ("JEAN-LUC #2: Engage.", "CUE", "JEAN-LUC #2", "Engage."),
    ("McCLANE: Yippee.", "PROSE", "", "McCLANE: Yippee."),
    ("@McCLANE: Yippee.", "CUE", "@McCLANE", "Yippee."),
    ("张伟: 你好", "PROSE", "", "张伟: 你好"),
    ("@张伟：你好（低声）", "CUE", "@张伟", "你好（低声）"),
    ("@佐藤(ささやき)：だれ？", "CUE", "@佐藤", "だれ？"),
    ("@سارة: من هناك؟", "CUE", "@سارة", "من هناك؟"),
    ("СЕРГЕЙ: Кто там?", "CUE", "СЕРГЕЙ", "Кто там?"),
    ("ΣΟΦΙΑ: Ποιος;", "CUE", "ΣΟΦΙΑ", "Ποιος;"),
    ("ÉLODIE: Qui ?", "CUE", "ÉLODIE", "Qui ?"),
    ("10:30 AM. The clock ticks.", "PROSE", "", "10:30 AM. The clock ticks."),
    ("MEET AT 10:30 reads the note.", "PROSE", "", "MEET AT 10:30 reads the note."),
    ("https://example.com/a is on the screen.", "PROSE", "", "https://example.com/a is on the screen."),
    ("See https://example.com/a // and a comment", "PROSE", "", "See https://example.com/a"),
    ("C:\\film\\a.exr on a monitor.", "PROSE", "", "C:\\film\\a.exr on a monitor."),
    ("hold: 2s", "PROPERTY", "hold", "2s"),
    ("hold:2s // short", "PROPERTY", "hold", "2s"),
    ('still: "a //b.png"', "PROPERTY", "still", '"a //b.png"'),
    ("!reads: CLOSED", "PROSE", "!", "reads: CLOSED"),
    ("Hold: 2s", "PROSE", "", "Hold: 2s"),
    ("SHOT glasses clink on the bar.", "SHOT", "SHOT", "glasses clink on the bar."),
    ("!SHOT glasses clink on the bar.", "PROSE", "!", "SHOT glasses clink on the bar."),
    ("SHOT", "SHOT", "SHOT", ""),
    ("SHOTGUN in hand, she waits.", "PROSE", "", "SHOTGUN in hand, she waits."),
    ("CUT: hello", "CUE", "CUT", "hello"),
    ("CUT TO:", "TRANSITION", "CUT", "TO:"),
    ("MATCH CUT TO:", "TRANSITION", "MATCH CUT", "TO:"),
    ("FADE IN:", "TRANSITION", "FADE IN", ""),
    ("FADE OUT.", "TRANSITION", "FADE OUT", ""),
    ("DISSOLVE 12f, ease-in", "TRANSITION", "DISSOLVE", "12f, ease-in"),
    ("SUPER: Berlin, 1949", "SUPER", "SUPER", "Berlin, 1949"),
    ("WIPE 1s", "TRANSITION", "WIPE", "1s"),
    ("INT. HOUSE: BACK ROOM - NIGHT #12A#", "HEADING", "INT.", "HOUSE: BACK ROOM - NIGHT #12A#"),
    ("INT./EXT. CAR - DAY", "HEADING", "INT./EXT.", "CAR - DAY"),
    (".SNIPER SCOPE", "HEADING", ".", "SNIPER SCOPE"),
    ("...and then silence.", "PROSE", "", "...and then silence."),
    ("INTERIOR monologue.", "PROSE", "", "INTERIOR monologue."),
    ("INT HOUSE - DAY", "PROSE", "", "INT HOUSE - DAY"),
    ("= He finds the letter", "SYNOPSIS", "=", "He finds the letter"),
    ("#4 on the list.", "PROSE", "", "#4 on the list."),
    ("(beat)", "PROSE", "", "(beat)"),
    ('A quote "said JOE: hi" here.', "PROSE", "", 'A quote "said JOE: hi" here.'),
    ("THE END", "PROSE", "", "THE END"),
    ("/- more rain", "NOTHING", "/-", "/- more rain"),
]


@pytest.mark.parametrize(("text", "kind", "word", "rest"), LINES, ids=[line[0] or "blank" for line in LINES])
def test_what_a_line_is(text: str, kind: str, word: str, rest: str) -> None:
    for indent in (0, 4):
        line = classify(" " * indent + text, 7)
        assert (line.kind, line.word, line.text) == (kind, word, rest)
        assert (line.number, line.indent) == (7, indent)
        if rest:
            assert (" " * indent + text)[line.text_col :].startswith(rest)


def test_muted_lines_are_what_they_are() -> None:
    line = classify("  /- SHOT wide #a", 0)
    assert (line.kind, line.text, line.muted, line.indent) == ("SHOT", "wide #a", True, 2)
    assert "  /- SHOT wide #a"[line.text_col :] == "wide #a"
    assert classify("/- hold: 2s", 0).muted


def test_how_a_line_is_said() -> None:
    assert classify("SARAH (whispering): Hush.", 0).how == "whispering"
    assert classify("@佐藤（ささやき）：だれ？", 0).how == "ささやき"


@pytest.mark.parametrize(
    "text", ["A WORD " * 200_000, "a " * 500_000, "x: " + '"' * 200_000, "SARAH " + "(" * 200_000, "/-" * 200_000]
)
def test_a_very_long_line_takes_no_time(text: str) -> None:
    assert classify(text, 0).kind in ("PROSE", "PROPERTY", "NOTHING")
