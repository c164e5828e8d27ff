"""Files that no one writes by hand: each ends in a film or in what is wrong with it, in a time that grows with its size."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from apexlang.diagnostics import Diagnostic, render
from apexlang.ir import load, load_source
from apexlang.ir.layout import formatted
from apexlang.plan.timeline import lay_out
from apexlang.source import Problem, Source, World, decode
from tests.syntax.judging import ROOT

SHOT = "CHARACTER SARAH\nINT. A - DAY\n  SHOT wide\n"
MB = 1_000_000
SLOW = 8
"""A machine under load, with its steps counted, may be so many times slower; a square is thousands of times slower."""


def told(text: str, folder: Path, path: str = "film.apex") -> tuple[Diagnostic, ...]:
    """All that is said of a text, and that it can be shown."""
    film, found, sources = load_source(World(folder), Source(path, text))
    if film is not None:
        found = (*found, *lay_out(film).diagnostics)
    for d in found[:20]:
        assert render(d, sources)
    return found


def codes(text: str, folder: Path) -> Counter[str]:
    return Counter(d.code for d in told(text, folder))


# ---- size --------------------------------------------------------------------------------------------------------------

# What a text of about n bytes is, and the codes of what is said of it, whatever n. `...`: as many as there are of the first.
GROWING: Mapping[str, tuple[Callable[[int], str], set[str]]] = {
    "prose": (lambda n: SHOT + "    " + "rain " * (n // 5), set()),
    "a word": (lambda n: SHOT + "    " + "a" * n, set()),
    "dialogue": (lambda n: SHOT + "    SARAH: " + "no " * (n // 3), set()),
    "a speaker's name": (lambda n: SHOT + "    " + "A" * n + ": no", set()),
    "a property's name": (lambda n: SHOT + "    " + "a" * n + ": 2s", {"E0109"}),
    "clauses": (lambda n: SHOT + "    camera: " + "35mm," * (n // 5), {"E0301"}),
    "different clauses": (lambda n: SHOT + "    light: " + ", ".join(f"a{k}" for k in range(n // 8)), {"E0301"}),
    "opening brackets": (lambda n: SHOT + "    move: " + "(" * n, {"E0301"}),
    "pairs of brackets": (lambda n: SHOT + "    move: " + "()" * (n // 2), {"E0301"}),
    "brackets in brackets": (lambda n: SHOT + "    move: " + "(" * (n // 2) + ")" * (n // 2), {"E0301"}),
    "numbers in a bracket": (lambda n: SHOT + "    move: pan (" + "0.1, " * (n // 5) + "0.1)", {"E0301"}),
    "brackets of a speaker": (lambda n: SHOT + "    SARAH " + "(" * n + "): no", set()),
    "a number": (lambda n: SHOT + "    hold: " + "1" * n + "s", {"E0301"}),
    "digits after the point": (lambda n: SHOT + "    hold: 0." + "3" * n + "s", {"E0301"}),
    "a fraction": (lambda n: SHOT + "    hold: 1/" + "7" * n + "s", {"E0301"}),
    "a size": (lambda n: 'FILM "A"\n  format: ' + "1" * n + "x2\n" + SHOT, {"E0301"}),
    "an aperture": (lambda n: SHOT + "    camera: f/" + "1" * n, {"E0301"}),
    "a point": (lambda n: SHOT + "    move: pan (0." + "1" * n + ", 1) -> (1, 1)", {"E0301"}),
    "a unit": (lambda n: SHOT + "    hold: 2" + "s" * n, {"E0301"}),
    "a colour": (lambda n: SHOT + "    palette: #" + "a" * n, {"E0301"}),
    "a text without its end": (lambda n: SHOT + '    still: "' + "a" * n, {"E0301"}),
    "a file's name": (lambda n: SHOT + '    still: "' + "a" * n + '.png"', {"E0301"}),
    "folders of a name": (lambda n: SHOT + '    still: "' + "a/" * (n // 2) + 'a.png"', {"E0301"}),
    "folders above": (lambda n: SHOT + '    still: "' + "../" * (n // 3) + 'a.png"', {"E0301"}),
    "a head": (lambda n: SHOT + "  SHOT " + "wide " * (n // 5), {"E0107"}),
    "a label": (lambda n: SHOT + "  SHOT wide #" + "a" * n, {"E0107"}),
    "a heading": (lambda n: SHOT + "INT. " + "A - " * (n // 4) + "DAY\n", set()),
    "a title": (lambda n: f'FILM "{"a" * n}"\n' + SHOT, {"E0107"}),
    "a name": (lambda n: "LOOK " + "a" * n + "\n" + SHOT, {"E0107"}),
    "a person": (lambda n: f"CHARACTER {'A' * n}\n" + SHOT, set()),
    "a transition": (lambda n: SHOT + "  DISSOLVE " + "12f, " * (n // 5), {"E0301"}),
    "a comment": (lambda n: SHOT + "    // " + "/" * n, set()),
    "a comment at an end": (lambda n: SHOT + "    hold: 2s " + "// " * (n // 3), set()),
    "a long comment": (lambda n: SHOT + "/*" + "rain\n" * (n // 5) + "*/\n", set()),
    "a comment without its end": (lambda n: SHOT + "/*" + "/ " * (n // 2), {"E0105"}),
    "spaces": (lambda n: SHOT + " " * n + "\n", set()),
    "spaces before a word": (lambda n: SHOT + " " * n + "hold: 2s\n", set()),
    "tabs before a word": (lambda n: SHOT + "\t" * n + "hold: 2s\n", {"E0101"}),
    "ends of lines": (lambda n: SHOT + "\n" * n, set()),
    "carriage returns": (lambda n: SHOT + "    a\r" * (n // 6), {"E0106"}),
    "notes": (lambda n: SHOT + "    " + "[[a]]" * (n // 5), set()),
    "notes in notes": (lambda n: SHOT + "    " + "[[" * (n // 4) + "]]" * (n // 4), set()),
    "notes over lines": (lambda n: SHOT + "    [[a\n" + "    a\n" * (n // 6), set()),
    "stars": (lambda n: SHOT + "    " + "*" * n, set()),
    "stars and words": (lambda n: SHOT + "    " + "*a _b **c " * (n // 10), set()),
    "braces": (lambda n: SHOT + "    " + "{" * n, {"E0211"}),
    "names in braces": (lambda n: SHOT + "    " + "{a}" * (n // 3), {"E0210", "E0211"}),
    "what stands in no text": (lambda n: SHOT + "    " + "a\x01" * (n // 2), {"E0106"}),
    "what turns around": (lambda n: SHOT + "    " + "a\u202e" * (n // 2), {"E0106"}),
    "accents": (lambda n: SHOT + "    a" + "\u0301" * n, set()),
    "accents of a name": (lambda n: "CHARACTER A" + "\u0301" * n + "\n" + SHOT, set()),
    "mutes": (lambda n: SHOT + "    " + "/- " * (n // 3) + "hold: 2s", {"E0107"}),
    "USE": (lambda n: "USE " + '"a.apex", ' * (n // 10) + '"a.apex"\n' + SHOT, {"E0107"}),
}


def _bounded(text: str, folder: Path, most: float) -> set[str]:
    """The codes of what is said, within so many seconds of the processor: far more than it takes, far less than a square would."""
    begun = time.process_time()
    said = set(codes(text, folder))
    assert time.process_time() - begun < most * SLOW
    return said


@pytest.mark.parametrize("name", GROWING)
def test_a_fifth_of_a_megabyte_of_it(name: str, tmp_path: Path) -> None:
    text, expected = GROWING[name]
    assert _bounded(text(MB // 5), tmp_path, 5) == expected


TEN = (
    "prose",
    "dialogue",
    "a property's name",
    "clauses",
    "opening brackets",
    "a comment",
    "a text without its end",
    "a head",
)


@pytest.mark.parametrize("name", TEN)
def test_ten_megabytes_of_it(name: str, tmp_path: Path) -> None:
    text, expected = GROWING[name]
    assert _bounded(text(10 * MB), tmp_path, 10) == expected


@pytest.mark.parametrize("name", GROWING)
def test_the_layout_of_it(name: str) -> None:
    begun = time.process_time()
    formatted(Source("film.apex", GROWING[name][0](MB // 50)))
    assert time.process_time() - begun < 5 * SLOW


# ---- number ------------------------------------------------------------------------------------------------------------

MANY = 100_000
FEWER = 20_000
"""As many of those that are like one of the others."""
_KINDS = (
    "zork: 2s",
    "hold: 12q",
    "hold: 2",
    "look: nowhere",
    "camera: 35mm 5",
    "SARHA: hi",
    "camera: #12345",
    "move: wobble",
)

IN_FULL = {
    "errors of one kind", "errors of many kinds", "one name", "USE of a file that is not there", "USE of the library", "variants",
}  # fmt: skip

NUMEROUS: Mapping[str, tuple[Callable[[int], str], Callable[[int], Mapping[str, int | None]]]] = {
    "errors of one kind": (lambda n: SHOT + "    zork: 2s\n" * n, lambda n: {"E0109": n}),
    "errors of many kinds": (
        lambda n: SHOT + "".join(f"  SHOT wide\n    {_KINDS[k % len(_KINDS)]}\n" for k in range(n // 2)),
        lambda n: {"E0109": None, "E0305": None, "E0306": None, "E0311": None, "E0201": None,
         "E0310": None, "E0317": None, "E0301": None},
    ),
    "lines that open nothing": (lambda n: SHOT + "SHOT wide\n" * n, lambda n: {"E0103": n}),
    "one name": (lambda n: "LOOK a\n" * n + SHOT, lambda n: {"E0202": n - 1}),
    "one person": (lambda n: SHOT + "CHARACTER SARAH\n" * n, lambda n: {"E0202": n}),
    "one label": (lambda n: SHOT + "  SHOT wide #a\n" * n, lambda n: {"E0203": n - 1}),
    "one property": (lambda n: SHOT + "    hold: 2s\n" * n, lambda n: {"E0108": n - 1}),
    "names": (lambda n: "".join(f"LOOK a{k}\n" for k in range(n // 2)) + SHOT, lambda n: {}),
    "unknown names": (lambda n: SHOT + "".join(f"  SHOT wide of X{k}Y\n" for k in range(n // 4)), lambda n: {"E0201": n // 4}),
    "FILM": (lambda n: 'FILM "A"\n' * n + SHOT, lambda n: {"E0112": n - 1}),
    "USE of a file that is not there": (lambda n: 'USE "a.apex"\n' * n + SHOT, lambda n: {"E0501": n}),
    "USE of the library": (lambda n: "USE std.looks.clean\n" * n + SHOT, lambda n: {}),
    "variants": (lambda n: "".join(f"VARIANT a{k}\n" for k in range(n // 2)) + SHOT, lambda n: {}),
    "names of SET": (lambda n: "SET\n" + "".join(f"  a{k}: 2s\n" for k in range(n // 2)) + SHOT, lambda n: {}),
    "templates": (lambda n: "".join(f"TEMPLATE a{k}\n  SHOT wide\n" for k in range(n // 4)) + SHOT, lambda n: {}),
    "scenes": (lambda n: "INT. A - DAY\n" * n + SHOT, lambda n: {}),
    "transitions": (lambda n: SHOT + "  SHOT wide\n  CUT\n" * (n // 4) + "  SHOT wide\n", lambda n: {}),
    "steps to the right": (lambda n: SHOT + "".join(" " * k + "a\n" for k in range(3, 1500)), lambda n: {}),
    "boneyards": (lambda n: SHOT + "/* a */\n" * n, lambda n: {}),
    "boneyards in boneyards": (lambda n: SHOT + "/*\n" * n + "*/\n", lambda n: {}),
    "boneyards that end twice": (lambda n: SHOT + "/* a */ b\n" * n, lambda n: {"E0103": n}),
    "slips": (lambda n: SHOT + "    Hold: 2s\n\n" * (n // 2), lambda n: {"W0101": n // 2}),
    "tabs": (lambda n: SHOT + "\train\n" * n, lambda n: {"E0101": 1}),
}  # fmt: skip


@pytest.mark.parametrize("name", NUMEROUS)
def test_thousands_of_them(name: str, tmp_path: Path) -> None:
    text, counts = NUMEROUS[name]
    begun = time.process_time()
    many = MANY if name in IN_FULL else FEWER
    film, found, _ = load_source(World(tmp_path), Source("film.apex", text(many)))
    assert time.process_time() - begun < 20 * SLOW
    expected = counts(many)
    said = Counter(d.code for d in found)
    assert film is not None
    assert set(said) == set(expected)
    assert {code: said[code] for code, count in expected.items() if count} == {c: n for c, n in expected.items() if n}


# ---- circles and growth ------------------------------------------------------------------------------------------------


def _doubling(depth: int) -> str:
    return "SET\n  a0: lol\n" + "".join(f"  a{k}: {{a{k - 1}}} {{a{k - 1}}}\n" for k in range(1, depth))


CIRCLES = {
    "laughs of SET": (_doubling(60) + SHOT + "    {a59}\n", {"E0211"}),
    "laughs of ten": (
        "SET\n  a0: lol\n" + "".join(f"  a{k}: {f'{{a{k - 1}}}' * 10}\n" for k in range(1, 12)) + SHOT + "    {a11}\n",
        {"E0211"},
    ),
    "laughs of TEMPLATE": (
        "TEMPLATE a0\n  SHOT wide\n"
        + "".join(f"TEMPLATE a{k}\n" + f"  SHOT FROM a{k - 1}\n" * 10 for k in range(1, 10))
        + SHOT
        + "  SHOT FROM a9\n",
        {"E0211"},
    ),
    "laughs that make nothing": (
        "TEMPLATE a0\n  A line.\n"
        + "".join(f"TEMPLATE a{k}\n" + f"  SHOT FROM a{k - 1}\n" * 10 for k in range(1, 10))
        + SHOT
        + "  SHOT FROM a9\n",
        {"E0211"},
    ),
    "a circle of SET": ("SET\n  a: {b}\n  b: {a}\n" + SHOT + "    {a}\n", {"E0204"}),
    "a circle of TEMPLATE": (
        "TEMPLATE a\n  SHOT FROM b\nTEMPLATE b\n  SHOT FROM a\n" + SHOT + "  SHOT FROM a\n",
        {"E0204"},
    ),
    **{
        f"a circle of {kind}": (f"{kind} a FROM b\n{kind} b FROM c\n{kind} c FROM a\n" + SHOT, {"E0204"})
        for kind in ("LOOK", "GRADE", "LIGHT", "MOVE", "DELIVER", "TEMPLATE")
    },
}


@pytest.mark.parametrize("name", CIRCLES)
def test_what_has_no_end_ends(name: str, tmp_path: Path) -> None:
    text, expected = CIRCLES[name]
    assert {c for c in _bounded(text, tmp_path, 10) if c[0] == "E"} == expected


def test_files_that_use_each_other(tmp_path: Path) -> None:
    for k in range(300):
        (tmp_path / f"a{k}.apex").write_text(f'USE "a{k + 1}.apex"\nLOOK l{k}\n', "utf-8")
    (tmp_path / "a300.apex").write_text('USE "a300.apex", "a0.apex"\n' + SHOT, "utf-8")
    assert {d.code for d in load(World(tmp_path), "a0.apex").diagnostics} == {"E0207"}


def test_a_file_used_by_many_is_read_once(tmp_path: Path) -> None:
    """Each of forty files uses the next twice: two to the fortieth ways lead to the last."""
    for k in range(40):
        (tmp_path / f"a{k}.apex").write_text(f'USE "a{k + 1}.apex"\nUSE "a{k + 1}.apex" AS b\n', "utf-8")
    (tmp_path / "a40.apex").write_text("LOOK l\n" + SHOT, "utf-8")
    begun = time.process_time()
    film = load(World(tmp_path), "a0.apex").film
    assert film is not None and len(film.scenes) == 1
    assert time.process_time() - begun < 10 * SLOW


# ---- bytes and letters -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"\0", "E0507", "byte 0"),
        (SHOT.encode() * 1000 + b"\0", "E0507", f"byte {len(SHOT) * 1000}"),
        (SHOT.encode() + b"\xed\xa0\x80", "E0505", f"byte {len(SHOT)}"),  # half of a surrogate pair
        (SHOT.encode() + b"\xc0\xaf", "E0505", f"byte {len(SHOT)}"),  # a `/` in two bytes
        (SHOT.encode() + b"\xf5\x80\x80\x80", "E0505", f"byte {len(SHOT)}"),  # beyond Unicode
        (SHOT.encode() + b"\xe5\xbc", "E0505", f"byte {len(SHOT)}"),  # cut off in the middle of a letter
        (SHOT.encode("utf-16-be"), "E0506", "UTF-16"),
        (b"\xff\xfe" + SHOT.encode("utf-16-le"), "E0506", "UTF-16"),
        (b"\xfe\xff" + SHOT.encode("utf-16-be"), "E0506", "UTF-16"),
    ],
)
def test_what_is_no_text(data: bytes, code: str, words: str) -> None:
    problem = decode("film.apex", data)
    assert isinstance(problem, Problem)
    assert problem.code == code
    assert words in problem.message


@pytest.mark.parametrize(
    "c", ["\x00", "\x0b", "\x0c", "\x1b", "\x7f", "\x85", "\u2028", "\u2029", "\u202e", "\u2066", "\ud800"]
)
@pytest.mark.parametrize(
    "line", ["    Rain{}.", "    hold: 2s{}", "  SHOT wide{} #a", "    SARAH: No{}.", "    SARAH{}: No."]
)
def test_letters_that_are_none(c: str, line: str, tmp_path: Path) -> None:
    """They end no line, and each is pointed at."""
    text = SHOT + line.format(c) + "\n"
    found = [d for d in told(text, tmp_path) if d.code == "E0106"]
    assert [(d.span.line, d.span.col) for d in found if d.span] == [(3, line.index("{"))]


@pytest.mark.parametrize("name", ["SAR\u0410H", "\u0405ARAH", "SARA\u041d", "S\u0391RAH", "\u041e\u041b\u042cGA"])
def test_names_that_look_alike(name: str, tmp_path: Path) -> None:
    assert codes(f"CHARACTER {name}\n" + SHOT, tmp_path) == {"W0201": 1}


@pytest.mark.parametrize("name", ["СЕРГЕЙ", "ΣΟΦΙΑ", "ÉLODIE", "@张伟", "@سارة", "ЁЖ"])
def test_names_of_one_alphabet_are_names(name: str, tmp_path: Path) -> None:
    assert not codes(f"CHARACTER {name}\n" + SHOT + f"    {name}: …\n", tmp_path)


@pytest.mark.parametrize(
    "number",
    ["1e9", "1e999999999", "0x10", "NaN", "nan", "inf", "-inf", "Infinity", "1_000", "1/0", "--1", "+-1", "0.0.1"],
)
@pytest.mark.parametrize(
    "said", ["hold: {}s", "camera: {}mm", "camera: f/{}", "move: push in 1.0 -> {}", "move: pan ({}, 0.5) -> (1, 1)"]
)
def test_numbers_that_are_none(number: str, said: str, tmp_path: Path) -> None:
    found = told(SHOT + f"    {said.format(number)}\n", tmp_path)
    assert [d for d in found if d.is_error]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {"E0120"}), ("\n\n \n", {"E0120"}), ("\r\n\r\n", {"E0120"}), ("// only this\n", {"E0120"}),
        ("/* only this */", {"E0120"}),
        ("// a\n/* b\nc */\n", {"E0120"}), ("\ufeff", {"E0120"}), (SHOT.rstrip("\n"), set()), (SHOT.replace("\n", "\r\n"), set()),
        (SHOT.replace("\n", "\r"), {"E0106"}), ("INT. A\r\n  SHOT wide\n", set()),
    ],
)  # fmt: skip
def test_little_or_nothing(text: str, expected: set[str], tmp_path: Path) -> None:
    source = decode("film.apex", text.encode())
    assert isinstance(source, Source)
    assert set(codes(source.text, tmp_path)) >= expected
    assert bool(expected) == bool(codes(source.text, tmp_path))


# ---- files -------------------------------------------------------------------------------------------------------------


def _used(folder: Path, name: str) -> list[str]:
    return [d.code for d in told(f'USE "{name}"\n' + SHOT, folder)]


def test_what_is_no_file_to_use(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty.apex").touch()
    (tmp_path / "nul.apex").write_bytes(b"LOOK a\0")
    (tmp_path / "wide.apex").write_bytes("LOOK a\n".encode("utf-16"))
    assert _used(tmp_path, "folder") == ["E0502"]
    assert _used(tmp_path, "empty.apex") == []
    assert _used(tmp_path, "nul.apex") == ["E0507"]
    assert _used(tmp_path, "wide.apex") == ["E0506"]
    assert _used(tmp_path, "film.apex/../../secret.apex") == ["E0504"]
    assert _used(tmp_path, str(tmp_path.parent / "secret.apex")) == ["E0504"]
    assert _used(tmp_path, "http://example.com/a.apex") == ["E0513"]


@pytest.mark.skipif(sys.platform == "win32", reason="no such files there")
def test_pipes_devices_and_links(tmp_path: Path) -> None:
    project = tmp_path / "film"
    project.mkdir()
    (tmp_path / "secret.apex").write_text("LOOK a\n", "utf-8")
    os.mkfifo(project / "pipe.apex")
    (project / "out.apex").symlink_to(tmp_path / "secret.apex")
    (project / "round.apex").symlink_to(project / "round.apex")
    (project / "zero.apex").symlink_to("/dev/zero")
    assert _used(project, "pipe.apex") == ["E0501"]
    assert _used(project, "out.apex") == ["E0504"]
    assert _used(project, "zero.apex") == ["E0504"]
    assert len(_used(project, "round.apex")) == 1
    assert [d.code for d in told('USE "zero.apex"\n' + SHOT, tmp_path, "film/film.apex")] == ["E0504"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "E0120"),
        (b"INT. \xff", "E0505"),
        (SHOT.encode("utf-16"), "E0506"),
        (SHOT.encode() + b"    zork: 1\n" * 5000, "E0109"),
    ],
)
def test_the_program_says_so(data: bytes, code: str, tmp_path: Path) -> None:
    (tmp_path / "film.apex").write_bytes(data)
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-m", "apexlang.cli", "check", "film.apex"], cwd=tmp_path, env=env, text=True,
                          capture_output=True, timeout=120, check=False, encoding="utf-8")  # fmt: skip
    assert done.returncode not in (0, -9)
    assert code in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
