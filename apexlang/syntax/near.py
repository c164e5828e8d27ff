"""Near misses: lines that are prose to the letter and plainly meant as something else. Each is said with its fix."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from apexlang.diagnostics import Diagnostic, Fix, error, suggest, warning
from apexlang.source import Span
from apexlang.syntax.habits import STRUCTURE_CUES, STRUCTURE_KEYS, Habit, habit
from apexlang.syntax.lines import BLOCK_WORDS, DEFINITIONS, SETTINGS, TRANSITION_WORDS, Line

PROPERTIES = (
    "format", "look", "grade", "camera", "lens", "light", "mood", "key", "fill", "rim", "background",
    "practicals", "move", "zoom", "ease", "hold", "compose", "palette", "generate", "music", "cut", "deliver",
    "wears", "build", "voice", "refs", "match", "primary", "skin", "lut", "finish", "container", "video", "audio",
    "subtitles", "still", "clip", "color", "sound",
)  # fmt: skip
"""Keys that are looked for in prose. A test holds this against the table of properties."""

_STRUCTURE = (*BLOCK_WORDS, "CUT", "DISSOLVE", "FADE IN", "FADE OUT", "SUPER")

_CAPITAL_KEY = re.compile(r"([A-Za-z][A-Za-z_-]*)[ \t]*[:：](?=[ \t]|$)")
_BARE_KEY = re.compile(r"([a-z]+|[A-Z][a-z]+(?=[ \t]*=))(?:[ \t]+(?=[\d\"#+(-])|[ \t]*=[ \t]*(?=[^\s=]))")
_LOWER_WORD = re.compile(r"([A-Za-z]+(?: (?:in|out|In|Out|IN|OUT))?)(?=[ \t:]|$)")
_HEADING = re.compile(r"(INT|EXT|EST|INT/EXT|I/E|int|ext|Int|Ext|int\.|ext\.|Int\.|Ext\.|int\./ext\.)(?=[ \t])")
_HASH = re.compile(r"#(?![0-9A-Fa-f]{6}\b)")

_KEEP = "begin the line with `!` to keep it as prose"

_TAKE_PROSE = frozenset({"HEADING", "SHOT", "CHARACTER", *DEFINITIONS})

_SIZES = ("wide", "medium", "full", "close", "extreme", "insert", "establishing", "two-shot", "over", "pov")


def near_misses(line: Line, path: str, block: Line | None) -> list[Diagnostic]:
    """Warnings for a prose line in a block that takes prose. At most one."""
    if block is None or block.kind not in _TAKE_PROSE:
        return []
    found = _probable(line, path, block) or (_misspelt_in_scene(line, path) if block.kind == "HEADING" else None)
    return [found] if found else []


def _misspelt_in_scene(line: Line, path: str) -> Diagnostic | None:
    """`DISOLVE 12f`: prose may stand in a scene, but hardly ever reads like this."""
    found = _misspelt(line, path)
    if found is None or found.span is None:
        return None
    meant = found.fixes[0].replacement
    rest = line.text[found.span.end_col - line.text_col :]
    if not _reads_as(meant, rest, meant):
        return None
    return warning("W0104", found.span, f"`{line.text.split()[0]}` is prose: no line begins like this", found.label,
                   helps=(_KEEP,), fixes=found.fixes)  # fmt: skip


def refused_as(line: Line, path: str, block: Line | None) -> Diagnostic | None:
    """The error for a refused prose line that is probably something else, or None."""
    if line.kind != "PROSE" or line.forced:
        return None
    found = _probable(line, path, block)
    if found is None:
        found = _misspelt(line, path)
    if found is None:
        return None
    code = "E0104" if found.code in ("W0104", "E0104") else "E0103"
    helps, fixes = found.helps, found.fixes
    if block is None or block.kind not in _TAKE_PROSE:  # where no prose may stand, it cannot be meant
        helps = tuple(text for text in helps if text != _KEEP)
        if found.code == "W0107":
            fixes = tuple(replace(fix, applicability="safe") for fix in fixes)
    return error(code, found.span, found.message, found.label, helps=helps, fixes=fixes)


def _probable(line: Line, path: str, block: Line | None) -> Diagnostic | None:
    text = line.text
    first = text[:1]
    if first == "#" and _HASH.match(text):
        return _say("W0107", line, path, 0, 1, "a comment begins with `//`", "this is prose", "//",
                    "write `//` for a comment, `!#` for prose that begins with `#`")  # fmt: skip
    known = habit(text, block.kind if block is not None else "TOP")
    if known is not None:
        return _habitual(*known, line, path)
    if ":" in text[:32] or "：" in text[:32]:
        match = _CAPITAL_KEY.match(text)
        if match and match[1].lower() in PROPERTIES:
            key = match[1].lower()
            if key == match[1]:
                return _say("W0103", line, path, 0, match.end(), f"`{match[0]}` is prose: a colon follows its word at once",
                            f"did you mean `{key}:`?", f"{key}:", _KEEP)  # fmt: skip
            return _say("W0101", line, path, 0, match.end(), f"`{match[0]}` is prose: a property is written small",
                        f"did you mean `{key}:`?", f"{key}:", _KEEP)  # fmt: skip
    match = _HEADING.match(text)
    if match:
        meant = match[1].upper()
        meant = meant if meant.endswith(".") else meant.replace("INT/EXT", "INT./EXT") + "."
        found = _say("W0106", line, path, 0, match.end(1), f"`{match[1]}` is prose: a scene heading begins with `{meant}`",
                     f"did you mean `{meant}`?", meant, _KEEP)  # fmt: skip
        at_the_edge = Span(path, line.number, 0, line.number, line.text_col + match.end(1))
        return found if block is None else replace(found, fixes=(Fix(at_the_edge, meant),))
    match = _BARE_KEY.match(text)
    if match and match[1].lower() in PROPERTIES and "=" in match[0]:
        return _say("W0103", line, path, 0, match.end(), f"`{match[0].rstrip()}` is prose: a property has a colon, not `=`",
                    f"did you mean `{match[1].lower()}:`?", f"{match[1].lower()}: ", _KEEP)  # fmt: skip
    if match and match[1] in PROPERTIES:
        return _say("W0103", line, path, 0, len(match[1]), f"`{match[1]}` is prose: a property has a colon",
                    f"did you mean `{match[1]}:`?", f"{match[1]}:", _KEEP)  # fmt: skip
    match = _LOWER_WORD.match(text)
    if match and match[1] not in _STRUCTURE and match[1].upper() in _STRUCTURE:
        word = match[1].upper()
        if _reads_as(word, text[match.end() :], match[1]):
            return _say("W0104", line, path, 0, match.end(1), f"`{match[1]}` is prose: structure is written in capitals",
                        f"did you mean `{word}`?", word, _KEEP)  # fmt: skip
    return None


def _habitual(known: Habit, match: re.Match[str], line: Line, path: str) -> Diagnostic:
    start = line.col if line.kind == "TRANSITION" else line.text_col
    said = match[0].rstrip() or f"{line.text.partition(':')[0]}:"
    end = start + len(said)
    span = Span(path, line.number, start, line.number, end)
    new = known.replacement(match)
    written = Span(path, line.number, start, line.number, start + match.end())
    fixes = (Fix(written, new, known.certain),) if new is not None else ()
    label = known.label or (f"did you mean `{new.strip()}`?" if new else "this is prose")
    return warning(known.code, span, known.message(match), label, helps=known.helps, fixes=fixes)


def speaks_oddly(line: Line, path: str, block: str) -> Diagnostic | None:
    """The error for a line that looks like dialogue and is a habit from elsewhere: `ANGLE ON: THE DOOR`, `FCM: NON-DROP FRAME`."""
    if line.how is not None or line.word.startswith("@"):
        return None
    known = habit(f"{line.word}: {line.text}", block)
    if known is None:
        return None
    found = _habitual(*known, line, path)
    new = known[0].replacement(known[1])
    start = Span(path, line.number, line.col, line.number, line.col if known[1].end() == 0 else line.end_col)
    fixes = (Fix(start, new, known[0].certain),) if new else ()
    return error("E0103", Span(path, line.number, line.col, line.number, line.end_col), found.message, found.label,
                 helps=known[0].helps, fixes=fixes)  # fmt: skip


def meant_as_structure(line: Line, path: str) -> Diagnostic | None:
    """The error for a property or a speaker whose name is a word of structure: `shot: wide`, `SHOT: wide`, `FADE TO WHITE:`."""
    word = line.word
    if line.kind == "TRANSITION":
        known = habit(f"{word} TO:", "")
        return _habitual(*known, line, path) if known is not None else None
    if line.kind == "CUE":
        if line.how is not None or word.startswith("@"):
            return None
        known = habit(f"{word}:", "") if not line.text else None
        if known is not None and known[0].code == "W0108":
            found = _habitual(*known, line, path)
            end = line.text_col if line.text else line.end_col + 1
            return _misnamed(line, path, end, found.message, known[0].replacement(known[1]) or "", known[0].certain)
        meant = word if word in STRUCTURE_CUES else None
    else:
        meant = STRUCTURE_KEYS.get(word)
    if meant is None:
        return None
    new = f"{meant} "
    if meant == "SCENE":
        new = "" if line.text.startswith(SETTINGS) else "."
    if meant == "FILM" and not line.text.startswith('"'):
        quoted = line.text.replace('"', '""')
        return _misnamed(line, path, line.text_col + len(line.text), f"`{word}:` is no speaker: FILM has no colon",
                         f'FILM "{quoted}"', "safe")  # fmt: skip
    what = (
        "a scene begins with its heading"
        if meant == "SCENE"
        else f"`{meant.rstrip(':')}` is written in capitals, without a colon"
    )
    if meant.endswith(":"):
        what = f"a text over the picture is a `{meant}`"
    return _misnamed(
        line, path, line.text_col, f"`{word}:` begins no line: {what}", new if line.text else new.rstrip(), "safe"
    )


def _misnamed(line: Line, path: str, end: int, message: str, new: str, certain: Literal["safe", "maybe"]) -> Diagnostic:
    span = Span(path, line.number, line.col, line.number, line.word_end + 1)
    label = f"did you mean `{new.strip()}`?" if new.strip() not in ("", ".") else "the heading alone is enough"
    return error(
        "E0104", span, message, label, fixes=(Fix(Span(path, line.number, line.col, line.number, end), new, certain),)
    )


def _reads_as(word: str, rest: str, written: str) -> bool:
    """Whether what follows a structure word makes it likely that structure was meant, not a sentence."""
    rest = rest.strip()
    if word == "SHOT":
        return rest.split(" ")[0].rstrip(",:") in _SIZES or "#" in rest
    if word in ("CUT", "DISSOLVE", "FADE IN", "FADE OUT"):
        return not rest or rest[0].isdigit() or rest.upper().startswith("TO:")
    if word in ("CHARACTER", *DEFINITIONS):
        return bool(re.fullmatch(r"[\w.-]+( FROM [\w.-]+)?", rest))
    if word == "FILM":
        return rest.startswith('"')
    if word == "USE":
        return rest.startswith(('"', "std."))
    return rest.startswith(":")


def _misspelt(line: Line, path: str) -> Diagnostic | None:
    """`SHTO wide`, `CHARCTER X`: a word in capitals near to a reserved one, where prose may not stand."""
    match = re.match(r"[A-Z]{3,}(?: (?:IN|OUT))?(?![^\W_])", line.text)
    if not match:
        return None
    meant = suggest(match[0], (*_STRUCTURE, *TRANSITION_WORDS))
    if meant is None:
        return None
    span = Span(path, line.number, line.text_col, line.number, line.text_col + match.end())
    return error("E0104", span, f"unknown word `{match[0]}`", f"did you mean `{meant}`?", fixes=(Fix(span, meant),),
                 helps=(f"a word with a similar name exists: `{meant}`",))  # fmt: skip


def _say(
    code: str, line: Line, path: str, start: int, end: int, message: str, label: str, replacement: str, help_: str
) -> Diagnostic:
    span = Span(path, line.number, line.text_col + start, line.number, line.text_col + end)
    return warning(code, span, message, label, helps=(help_,), fixes=(Fix(span, replacement),))
