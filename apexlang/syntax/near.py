"""Near misses: lines that are prose to the letter and plainly meant as something else. Each is said with its fix."""

from __future__ import annotations

import re

from apexlang.diagnostics import Diagnostic, Fix, error, suggest, warning
from apexlang.source import Span
from apexlang.syntax.lines import BLOCK_WORDS, DEFINITIONS, TRANSITION_WORDS, Line

PROPERTIES = (
    "format", "look", "grade", "generate", "music", "camera", "light", "move", "hold", "palette", "compose", "wears",
    "build", "refs", "match", "primary", "lut", "finish", "still", "clip", "color", "sound",
)  # fmt: skip
"""Keys that are looked for in prose. A test holds this against the table of properties."""

_STRUCTURE = (*BLOCK_WORDS, "CUT", "DISSOLVE", "FADE IN", "FADE OUT", "SUPER")

_CAPITAL_KEY = re.compile(r"([A-Za-z][A-Za-z_-]*)[ \t]*[:：](?=[ \t]|$)")
_BARE_KEY = re.compile(r"([a-z]+)[ \t]+(?=[\d\"#+(-])")
_LOWER_WORD = re.compile(r"([A-Za-z]+(?: (?:in|out|In|Out|IN|OUT))?)(?=[ \t:]|$)")
_HEADING = re.compile(r"(INT|EXT|EST|INT/EXT|I/E|int|ext|Int|Ext|int\.|ext\.|Int\.|Ext\.|int\./ext\.)(?=[ \t])")
_HASH = re.compile(r"#(?![0-9A-Fa-f]{6}\b)")

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
                   helps=("begin the line with `!` to keep it as prose",), fixes=found.fixes)  # fmt: skip


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
    return error(code, found.span, found.message, found.label, helps=found.helps, fixes=found.fixes)


def _probable(line: Line, path: str, block: Line | None) -> Diagnostic | None:
    text = line.text
    first = text[:1]
    if first == "#" and _HASH.match(text):
        return _say("W0107", line, path, 0, 1, "a comment begins with `//`", "this is prose", "//",
                    "write `//` for a comment, `!#` for prose that begins with `#`")  # fmt: skip
    if ":" in text[:32] or "：" in text[:32]:
        match = _CAPITAL_KEY.match(text)
        if match and match[1].lower() in PROPERTIES:
            key = match[1].lower()
            return _say("W0101", line, path, 0, match.end(), f"`{match[0]}` is prose: a property is written small",
                        f"did you mean `{key}:`?", f"{key}:", "begin the line with `!` to keep it as prose")  # fmt: skip
    match = _HEADING.match(text)
    if match:
        meant = match[1].upper()
        meant = meant if meant.endswith(".") else meant.replace("INT/EXT", "INT./EXT") + "."
        return _say("W0106", line, path, 0, match.end(1), f"`{match[1]}` is prose: a scene heading begins with `{meant}`",
                    f"did you mean `{meant}`?", meant, "begin the line with `!` to keep it as prose")  # fmt: skip
    match = _BARE_KEY.match(text)
    if match and match[1] in PROPERTIES:
        return _say("W0103", line, path, 0, len(match[1]), f"`{match[1]}` is prose: a property has a colon",
                    f"did you mean `{match[1]}:`?", f"{match[1]}:", "begin the line with `!` to keep it as prose")  # fmt: skip
    match = _LOWER_WORD.match(text)
    if match and match[1] not in _STRUCTURE and match[1].upper() in _STRUCTURE:
        word = match[1].upper()
        if _reads_as(word, text[match.end() :], match[1]):
            return _say("W0104", line, path, 0, match.end(1), f"`{match[1]}` is prose: structure is written in capitals",
                        f"did you mean `{word}`?", word, "begin the line with `!` to keep it as prose")  # fmt: skip
    return None


def _reads_as(word: str, rest: str, written: str) -> bool:
    """Whether what follows a structure word makes it likely that structure was meant, not a sentence."""
    rest = rest.strip()
    if word == "SHOT":
        return rest.split(" ")[0].rstrip(",") in _SIZES or "#" in rest
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
