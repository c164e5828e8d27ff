"""Near misses: lines that are prose to the letter and plainly meant as something else. Each is said with its fix.

`keys` are the names of the properties that there are; the table of them is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import replace
from typing import Literal

from apexlang.diagnostics import Diagnostic, Fix, error, suggest, warning
from apexlang.source import Span
from apexlang.syntax.habits import STRUCTURE_CUES, STRUCTURE_KEYS, Habit, habit
from apexlang.syntax.lines import BLOCK_WORDS, DEFINITIONS, SETTINGS, TRANSITION_WORDS, Line
from apexlang.syntax.literals import Fault, parse_value

_STRUCTURE = (*BLOCK_WORDS, "CUT", "DISSOLVE", "FADE IN", "FADE OUT", "SUPER")

_CAPITAL_KEY = re.compile(r"([A-Za-z][A-Za-z_-]*)[ \t]*[:：](?=[ \t]|$)")
_BARE_KEY = re.compile(r"([a-z]+|[A-Z][a-z]+(?=[ \t]*=))(?:[ \t]+(?=[\d\"#+(-])|[ \t]*=[ \t]*(?=[^\s=]))")
_WORDED_KEY = re.compile(r"([a-z]+)[ \t]+(?=\S)")
_LOWER_WORD = re.compile(r"([A-Za-z]+(?: (?:in|out|In|Out|IN|OUT))?)(?=[ \t:]|$)")
_SPOKEN = re.compile(r"[^._]*")
_HEADING = re.compile(r"(INT|EXT|EST|INT/EXT|I/E|int|ext|Int|Ext|int\.|ext\.|Int\.|Ext\.|int\./ext\.)(?=[ \t])")
_CLOSE_HEADING = re.compile(r"(?:INT\./EXT|EXT\./INT|INT|EXT|I/E|EST)\.(?=[^\W\d_])")
_LONG_HEADING = re.compile(r"(INTERIOR|EXTERIOR|Interior|Exterior)(?=[ \t]*[:.–—-]|[ \t]+[A-Z]{2})[ \t]*[:.–—-]?[ \t]*")
_SET_NAME = re.compile(r"([^\W\d_][\w -]{0,40}?)[ \t]*[:=]")
_HASH = re.compile(r"#(?![0-9A-Fa-f]{6}\b)")

_KEEP = "begin the line with `!` to keep it as prose"

_TAKE_PROSE = frozenset({"HEADING", "SHOT", "CHARACTER", *DEFINITIONS})

_SIZES = ("wide", "medium", "full", "close", "extreme", "insert", "establishing", "two-shot", "over", "pov")


def near_misses(line: Line, path: str, block: Line | None, keys: Container[str]) -> list[Diagnostic]:
    """Warnings for a prose line in a block that takes prose. At most one."""
    if block is None or block.kind not in _TAKE_PROSE:
        return []
    found = _probable(line, path, block, keys) or (_misspelt_in_scene(line, path) if block.kind == "HEADING" else None)
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


def refused_as(line: Line, path: str, block: Line | None, keys: Container[str]) -> Diagnostic | None:
    """The error for a refused prose line that is probably something else, or None."""
    if line.kind != "PROSE" or line.forced:
        return None
    if block is not None and block.kind == "SET":
        return _set_badly(line, path)
    found = _probable(line, path, block, keys)
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


def _set_badly(line: Line, path: str) -> Diagnostic | None:
    """`Town: Berlin` and `town = Berlin` under SET."""
    match = _SET_NAME.match(line.text)
    if match is None:
        return None
    name = re.sub(r"\W+", "_", match[1].lower()).strip("_")
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        return None
    span = Span(path, line.number, line.text_col, line.number, line.text_col + match.end())
    return error("E0103", span, f"`{match[0].rstrip()}` gives no name: under SET it is one small word and a colon",
                 f"did you mean `{name}:`?", fixes=(Fix(span, f"{name}:"),))  # fmt: skip


def _probable(line: Line, path: str, block: Line | None, keys: Container[str]) -> Diagnostic | None:
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
        if match and match[1].lower() in keys:
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
    match = _CLOSE_HEADING.match(text)
    if match:
        return _say("W0106", line, path, 0, match.end(), f"`{match[0]}` is prose: a space follows it in a scene heading",
                    f"did you mean `{match[0]} `?", f"{match[0]} ", _KEEP)  # fmt: skip
    match = _LONG_HEADING.match(text)
    if match:
        meant = f"{match[1][:3].upper()}."
        return _say("W0106", line, path, 0, match.end(1), f"`{match[1]}` is prose: a scene heading begins with `{meant}`",
                    f"did you mean `{meant}`?", meant, _KEEP)  # fmt: skip
    match = _BARE_KEY.match(text)
    if match and match[1].lower() in keys and "=" in match[0]:
        return _say("W0103", line, path, 0, match.end(), f"`{match[0].rstrip()}` is prose: a property has a colon, not `=`",
                    f"did you mean `{match[1].lower()}:`?", f"{match[1].lower()}: ", _KEEP)  # fmt: skip
    if match and match[1] in keys:
        return _say("W0103", line, path, 0, len(match[1]), f"`{match[1]}` is prose: a property has a colon",
                    f"did you mean `{match[1]}:`?", f"{match[1]}:", _KEEP)  # fmt: skip
    match = _WORDED_KEY.match(text)
    defines = block is None and match is not None and match[1].upper() in DEFINITIONS
    if match and not defines and match[1] in keys and _is_value(text[match.end() :]):
        return _say("W0103", line, path, 0, len(match[1]), f"`{match[1]}` is prose: a property has a colon",
                    f"did you mean `{match[1]}:`?", f"{match[1]}:", _KEEP)  # fmt: skip
    match = _LOWER_WORD.match(text)
    if match and match[1] not in _STRUCTURE and match[1].upper() in _STRUCTURE:
        word = match[1].upper()
        if _reads_as(word, text[match.end() :], match[1]):
            return _say("W0104", line, path, 0, match.end(1), f"`{match[1]}` is prose: structure is written in capitals",
                        f"did you mean `{word}`?", word, _KEEP)  # fmt: skip
    return None


def _is_value(text: str) -> bool:
    """Whether a text can only be a value: it reads as one, and something in it stands in no sentence (`3200K`, `f/2`, `->`,
    `std.looks.golden`)."""
    if len(text) > 200 or text[-1:] in ".!?…":
        return False
    clauses = parse_value(text)
    return not isinstance(clauses, Fault) and any(
        literal.kind not in ("word", "number", "string")
        or (literal.kind == "word" and not _SPOKEN.fullmatch(literal.text))
        for clause in clauses
        for literal in clause
    )


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
        if known is not None:
            return _habitual(*known, line, path)
        near = suggest(word, TRANSITION_WORDS) if word not in TRANSITION_WORDS else None
        if near is None:
            return None
        span = Span(path, line.number, line.col, line.number, line.word_end)
        return warning("W0108", span, f"`{word} TO:` is read as a cut: there is no `{word}`", f"did you mean `{near}`?",
                       fixes=(Fix(span, near),))  # fmt: skip
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
    if word in TRANSITION_WORDS:
        return not rest or rest[0].isdigit() or rest.upper().startswith("TO:")
    if word in ("CHARACTER", *DEFINITIONS):
        return bool(re.fullmatch(r"[\w.-]+( (?:FROM|from) [\w.-]+)?", rest))
    if word in ("TEMPLATE", "VARIANT"):
        return bool(re.fullmatch(r"[\w-]+(?:[ \t]*\(.*\)| FROM [\w.-]+)?", rest))
    if word == "SET":
        return not rest
    if word == "FILM":
        return rest.startswith('"')
    if word == "USE":
        return rest.startswith(('"', "std."))
    return rest.startswith(":")


def _misspelt(line: Line, path: str) -> Diagnostic | None:
    """`SHTO wide`, `CHARCTER X`: a word in capitals near to a reserved one, where prose may not stand."""
    match = meant = None
    for count in (2, 1, 0):  # `SMSH CUT` is near to a word of two words
        match = re.match(rf"[A-Z]{{3,}}(?: [A-Z]{{2,}}){{{count}}}(?![^\W_])", line.text)
        words = [w for w in (*_STRUCTURE, *TRANSITION_WORDS) if w.count(" ") == count]
        meant = suggest(match[0], words) if match else None
        if meant is not None:
            break
    if match is None or meant is None:
        return None
    span = Span(path, line.number, line.text_col, line.number, line.text_col + match.end())
    return error("E0104", span, f"unknown word `{match[0]}`", f"did you mean `{meant}`?", fixes=(Fix(span, meant),),
                 helps=(f"a word with a similar name exists: `{meant}`",))  # fmt: skip


def _say(
    code: str, line: Line, path: str, start: int, end: int, message: str, label: str, replacement: str, help_: str
) -> Diagnostic:
    span = Span(path, line.number, line.text_col + start, line.number, line.text_col + end)
    return warning(code, span, message, label, helps=(help_,), fixes=(Fix(span, replacement),))
