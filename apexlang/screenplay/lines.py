"""Each element as lines of Apex, the way a person would write it there, and what cannot be written so.

Apex has no word for some of what a screenplay says (`INT HOUSE` without a dot, a lyric, odd spaces). `natural` gives the
nearest that Apex has; where reading that back gives another element, the writer sets the element's own text above it in a
comment, `// fountain below: …`, or by itself, `// fountain: …`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from apexlang.ir.filling import Filler
from apexlang.ir.table import BY_NAME
from apexlang.ir.text import flowing
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
    Section,
    Synopsis,
    Transition,
    open_note,
)
from apexlang.source import Source
from apexlang.syntax import heads, spacing
from apexlang.syntax.blocks import parse
from apexlang.syntax.fold import FORBIDDEN
from apexlang.syntax.lines import Line, classify
from apexlang.syntax.tree import Block

ALONE, BELOW = "// fountain:", "// fountain below:"
"""How a carried element begins: by itself, or for the lines below it."""

DUAL = "[[^]]"
"""At the start of a speech: it is spoken beside the one before."""

SUNG = "♪ "

NO_TEXT = "…"

_COMMENT = re.compile(r"(?:^|(?<=[ \t]))/(?=/)")
_PREFIX = re.compile(r"(INT\.?/EXT|EXT\.?/INT|INT|EXT|EST|I/E)\.?[ \t]*", re.I)
_MIXED = re.compile(r"(?:SLOW |QUICK )?(?:CROSS[ -]?(?:FADE|DISSOLVE)|LAP[ -]DISSOLVE|DISSOLVE)\b", re.I)
_FADED = re.compile(r"\bFADES? (?:OUT|TO (?:BLACK|WHITE))\b", re.I)
_SUPER = re.compile(r"SUPER: \S[^\n]*")
_TIMED = re.compile(r" for \S*\d")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_SPOKEN = re.compile(r"@?[^\s:：]+(?:[ \t]+[^\s:：]+){0,2}[ \t]*[:：](?:\s|$)")
_ESCAPED = re.compile(r"\\(?:u\{([0-9a-f]{1,6})\}|(.))", re.S)

PLAIN_TRANSITION = re.compile(
    r"[A-Z][A-Z' -]* TO:|(?:(?:SMASH |MATCH )?CUT(?: TO(?: BLACK)?)?|DISSOLVE|FADE IN|FADE OUT|FADE TO BLACK)[ ]?[.:]?"
)


_AROUND = {"shot": "INT. A\n  SHOT wide\n    ", "scene": "INT. A\n  SHOT wide\n  ", "top": ""}


@lru_cache(16384)
def understood(text: str, where: Literal["shot", "scene", "top"]) -> Line | None:
    """A line as the compiler reads it in a shot, in a scene or at the left edge; None where it has anything to say to it."""
    tree = parse(Source("", _AROUND[where] + text + "\n"), BY_NAME)
    item: Line | Block | None = tree.items[-1] if tree.items and not tree.diagnostics else None
    for _ in range(("top", "scene", "shot").index(where)):
        item = item.body[-1] if isinstance(item, Block) and item.body else None
    return item.line if isinstance(item, Block) else item


def clean(text: str) -> str:
    """A line of text as Apex can hold it: no control characters, and no `//` that would begin a comment."""
    text = FORBIDDEN.sub(" ", text).replace("\t", " ").strip()
    return _COMMENT.sub("/ ", text) if "//" in text else text


def held(text: str) -> str:
    """As `clean`, for text in which Apex looks for names in braces: a brace is doubled."""
    text = clean(text)
    return text.replace("{", "{{").replace("}", "}}") if "{" in text or "}" in text else text


def unfilled(line: Line) -> Line:
    """A line of a film that has no SET, as the compiler sees it: `{{` is a brace."""
    return Filler("", lambda _: None, set()).line(line, {}) or line


def carried(text: str) -> str:
    """A text as one line of a comment."""
    text = text.replace("\\", "\\\\").replace("\n", "\\n")
    text = FORBIDDEN.sub(lambda m: f"\\u{{{ord(m[0]):x}}}", text)
    return text[:-1] + f"\\u{{{ord(text[-1]):x}}}" if text[-1:].isspace() else text


def uncarried(text: str) -> str:
    def put(match: re.Match[str]) -> str:
        if match[1]:
            code = int(match[1], 16)
            return chr(code) if code < 0x110000 else ""
        return "\n" if match[2] == "n" else match[2]

    return _ESCAPED.sub(put, text) if "\\" in text else text


def comment(mark: str, element: Element) -> str:
    return f"{mark} {carried(fountain_text.one(element))}"


def of_comment(text: str, mark: str) -> Element | None:
    """The one element that a comment carries; None where it is not one."""
    rest = text.removeprefix(mark)
    rest = rest[1:] if rest[:1] == " " else rest
    found = list(fountain.elements(uncarried(rest)))
    return found[0] if len(found) == 1 else None


def natural(element: Element) -> list[str]:
    """Lines of Apex for an element. A line that continues the one before begins with two spaces."""
    match element:
        case Heading():
            return [_heading(element)]
        case Action():
            return action(element.text)
        case Dialogue():
            return _dialogue(element)
        case Centred():
            return [f"TITLE: {_title(_said(held(element.text)))}"]
        case Lyric():
            text = held(element.text)
            return [f"~{text}" if _continues(f"~{text}") else f"!{SUNG}{text}"]
        case Transition():
            return [_transition(element.text)]
        case Synopsis():
            text = held(element.text)
            return [f"= {text}"] if text else []
        case Section():
            return [f"// {'#' * element.depth} {clean(element.text)}".rstrip()]
        case Note():
            return _note(element)
        case Boneyard():
            return f"/*{element.text}*/".split("\n")
        case PageBreak():
            return ["// ==="]


def _said(text: str) -> str:
    """The text, and something to show where there are only notes in it."""
    return text if flowing(Line("TITLE", 0, 0, "", 0, text, 0)) else f"{text} {NO_TEXT}".strip()


def _title(text: str) -> str:
    """The text of a card, between quotation marks where it would not be read as it stands."""
    quoted = text.replace('"', '""')
    return f'"{quoted}"' if text[0] in ',"' or _TIMED.search(text) else text


def _transition(text: str) -> str:
    line = understood(text, "scene") if PLAIN_TRANSITION.fullmatch(text) else None
    if line is not None and line.kind == "TRANSITION":
        return text
    if _FADED.search(text):
        return "FADE OUT"
    return "DISSOLVE" if _MIXED.match(text) else "CUT"


def _note(element: Note) -> list[str]:
    inside = element.text[2:-2]
    if inside.startswith("//") and "\n" not in inside and "[[" not in inside:
        return [clean_comment(inside)]
    return [f"// {clean_comment(line)}".rstrip() for line in element.text.split("\n")]


def clean_comment(line: str) -> str:
    return FORBIDDEN.sub(" ", line).rstrip()


def _heading(element: Heading) -> str:
    number = f" #{held(element.number)}#" if element.number else ""
    text = held(element.text)
    for line in _headings(text, not fountain.is_heading(text + number)):
        whole = _spaced(line + number)
        if _is_heading(whole):
            return whole
    return f".SCENE {text}" if _is_heading(f".SCENE {text}") else ".SCENE"


def _spaced(text: str) -> str:
    """With its spaces as the formatter sets them."""
    line = classify(text, 0)
    if line.kind != "HEADING":
        return text
    return line.word + ("" if line.word == "." else " ") + spacing.head("HEADING", line.text)


def _headings(text: str, forced: bool) -> list[str]:
    if forced:
        return [f".{text}", f".SCENE {text}"]
    match = _PREFIX.match(text)
    if match is None:
        return [f".{text}"]
    setting = match[1].upper().replace(".", "").replace("/", "./") + "."
    setting = "I/E." if setting.startswith("I./E") else setting
    return [text, f"{setting} {text[match.end() :]}", f".{text}"]


@lru_cache(4096)
def _is_heading(text: str) -> bool:
    line = understood(text, "top")
    return line is not None and line.kind == "HEADING" and bool(heads.heading(line.text).place)


def action(text: str) -> list[str]:
    """The lines of a paragraph. What would be read as something else begins with `!`."""
    if _SUPER.fullmatch(text) and not _TIMED.search(text):
        title = classify(held(text), 0)
        if title.kind == "SUPER" and flowing(title):
            return [held(text)]
    out: list[str] = []
    noting = False
    for raw in text.split("\n"):
        line = held(raw)
        if not line:
            continue
        if noting and out and _continues(line):
            out.append(f"  {line}")
        else:
            out.append(line if _is_prose(line) else f"!{line}")
        noting = open_note(line, noting)
    return out


def _is_prose(text: str) -> bool:
    """Whether a line is prose as it stands, and nobody would take it for anything else."""
    if text[0] == "~" or (text.isupper() and len(text) <= 60 and text[-1].isalnum()):
        return False
    line = understood(text, "shot")
    if line is None or line.kind != "PROSE" or line.forced or line.text != text:
        return False
    return not ((":" in text or "：" in text) and _SPOKEN.match(text))


def _continues(text: str) -> bool:
    line = classify(f"  {text}", 0)
    return line.kind == "PROSE" and not line.forced and line.text == text


def _dialogue(element: Dialogue) -> list[str]:
    turns: list[tuple[str, list[str]]] = [("", [])]
    for part in element.parts:
        if part.kind == "parenthetical":
            if turns[-1] != ("", []):
                turns.append(("", []))
            turns[-1] = (held(part.text), [])
        elif text := held(part.text):
            turns[-1][1].append(f"{SUNG}{text}" if part.kind == "lyric" else text)
    out: list[str] = []
    extension = ", ".join(_BRACKETS.findall(held(element.extension)))
    for index, (said, lines) in enumerate(turns):
        how = said[1:-1].strip()
        if not lines or not how or _BRACKETS.fullmatch(said) is None:
            lines, how = [*([said] if said else []), *lines], ""
        if index == 0:
            how = ", ".join(filter(None, (extension, how)))
            if element.dual:
                lines = [f"{DUAL} {lines[0]}" if lines else DUAL, *lines[1:]]
        if not flowing(Line("CUE", 0, 0, "", 0, " ".join(lines), 0)):
            lines = [*lines[:-1], f"{lines[-1]} {NO_TEXT}" if lines else NO_TEXT]
        out += _turn(speaker(element.name), how, lines)
    return out


def _turn(name: str, how: str, lines: list[str]) -> list[str]:
    """A speech in lines as they were written; in one line where one of them would be read as something else."""
    brackets = f" ({how})" if how else ""
    if understood(f"{name}{brackets}: {lines[0]}", "shot") is None:  # `ANGLE ON: THE DOOR`
        name = f"@{name.removeprefix('@')}"
    if all(_continues(line) for line in lines[1:]):
        return [f"{name}{brackets}: {lines[0]}", *(f"  {line}" for line in lines[1:])]
    return [f"{name}{brackets}: {' '.join(lines)}"]


@lru_cache(4096)
def speaker(name: str) -> str:
    """A name as it stands before the colon of a speech."""
    text = " ".join(clean(name).split())
    text = re.sub(r'[:：(（)）"“”{}]', "", text).strip("@ ")[:58].strip() or "SOMEONE"
    return text if is_speaker(text) else f"@{text}"


def is_speaker(word: str) -> bool:
    plain, low = understood(f"{word}: Yes.", "shot"), understood(f"{word} (low): Yes.", "shot")
    return plain is not None and low is not None and plain.kind == low.kind == "CUE" and plain.word == low.word == word


def folded(texts: list[str]) -> list[Line]:
    """Lines as the compiler sees them within a shot, continuations joined."""
    out: list[Line] = []
    for number, text in enumerate(texts):
        line = classify(text, number)
        if out and text.startswith("  "):
            out[-1].goes_on(line)
        else:
            out.append(line)
    return [unfilled(line) for line in out]
