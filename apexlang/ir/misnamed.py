"""Properties that a block does not have: unknown ones, misplaced ones, and those that have another name here."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from apexlang.diagnostics import Diagnostic, Fix, error, suggest
from apexlang.ir import habits
from apexlang.ir.scope import Definition, folded
from apexlang.ir.table import BY_NAME, names_in
from apexlang.ir.unit import Unit
from apexlang.source import Span
from apexlang.syntax.lines import Line, classify
from apexlang.syntax.tree import Block


def words(block: Block) -> frozenset[str]:
    """The properties that a block says, by their names as written."""
    return frozenset(line.word for line in block.body if isinstance(line, Line) and line.kind == "PROPERTY")


def called(kind: str) -> str:
    """A kind of block as people call it."""
    return "a scene" if kind == "HEADING" else kind


def _habitual(unit: Unit, line: Line, kind: str, message: str, code: str, said: Collection[str]) -> Diagnostic | None:
    """The error for a property by the name that it has elsewhere."""
    word = line.word
    at = unit.word(line)
    rest = Span(unit.path, line.number, line.col, line.number, line.text_col)
    whole = Span(unit.path, line.number, line.col, line.number, line.end_col)
    label, helps, fixes = "", (), ()  # type: str, tuple[str, ...], tuple[Fix, ...]
    if word in habits.REMARKS:
        label, fixes = "for people, write a comment: `// …`", (Fix(rest, "// "),)
    elif word in habits.PROSE and kind in ("HEADING", "SHOT", "CHARACTER") and line.text:
        plain = classify(line.text, line.number).kind == "PROSE"
        label = "write what is seen as it is, without a word before it"
        fixes = (Fix(rest, "" if plain else "!"),)
    elif word == "title" and kind == "FILM" and line.text:
        quoted = line.text.strip('"“”').replace('"', '""')
        label, helps = "the title stands after FILM", (f'write `FILM "{quoted}"`, and delete this line',)
    elif word in ("title", "text") and kind == "SHOT":
        label, fixes = "did you mean `SUPER:`?", (Fix(rest, "SUPER: "),)
    elif word in ("dialogue", "dialog", "says", "speech") and kind == "SHOT":
        label, helps = "who speaks stands first", ("write `SARAH: Who's there?`",)
    elif word in ("in", "out", "start", "end", "from", "to", "tc", "timecode", "offset") and kind == "SHOT":
        label = "where footage begins is said with it"
        helps = ('write `clip: "takes/a.mov" from 00:00:03:00`, and how long it stands as `hold: 2s 12f`',)
    elif word in ("transition", "cut") and kind in ("SHOT", "HEADING"):
        label, helps = (
            "a transition is no property",
            ("between two shots, in line with them, write `DISSOLVE 12f`, `CUT` or `FADE OUT 1s`",),
        )
    else:
        meant = habits.meant(word, line.text, kind, said) if not line.more else None
        if meant is None:
            return None
        label = f"did you mean `{meant.text or meant.name + ':'}`?"
        if not meant.text:
            label, helps = (
                f"say it in `{meant.name}:`",
                (f"this {called(kind).removeprefix('a ')} has a `{meant.name}:` already",),
            )
        elif meant.certain:
            sure = word not in BY_NAME or word in ("lens", "zoom")
            fixes = (Fix(whole, meant.text, "safe" if sure else "maybe"),)
    return error(code, at, message, label, helps=helps, fixes=fixes)


def unknown(
    unit: Unit, line: Line, kind: str, said: Collection[str], characters: Mapping[str, Definition]
) -> Diagnostic:
    """The error for a property that no block has."""
    here = names_in(kind)
    speaker = characters.get(folded(line.word)) if kind == "SHOT" else None
    if speaker is not None:
        cue = speaker.name.upper() if folded(speaker.name.upper()) == folded(speaker.name) else f"@{speaker.name}"
        span = unit.word(line)
        return error("E0109", span, f"`{line.word}:` is a property: a speaker is written in capitals",
                     f"did you mean `{cue}:`?", fixes=(Fix(span, cue),))  # fmt: skip
    span = unit.word(line)
    known = _habitual(unit, line, kind, f"unknown property `{line.word}`", "E0109", said)
    if known is not None:
        return known
    meant = suggest(line.word, here) or suggest(line.word, BY_NAME)
    label = f"did you mean `{meant}`?" if meant else f"{called(kind)} has no property of this name"
    takes_prose = kind not in ("FILM",)
    helps = [] if meant else [f"{called(kind)} takes " + ", ".join(f"`{n}`" for n in here)]
    if takes_prose and not meant:
        helps.append("if it is prose, begin the line with `!`")
    there = meant is not None and meant in said and not BY_NAME[meant].many  # set already: a person has to choose
    fixes = (Fix(span, meant, "maybe" if there else "safe"),) if meant else ()
    return error("E0109", span, f"unknown property `{line.word}`", label, helps=tuple(helps), fixes=fixes)


def misplaced(unit: Unit, line: Line, kind: str, said: Collection[str]) -> Diagnostic:
    """The error for a property that another kind of block has."""
    message = f"`{line.word}:` cannot stand in {called(kind)}"
    known = _habitual(unit, line, kind, message, "E0110", said)
    if known is not None:
        return known
    row = BY_NAME[line.word]
    *most, last = (called(w) for w in row.where)
    homes = f"{', '.join(most)} or {last}" if most else last
    meant = suggest(line.word, names_in(kind))
    helps: tuple[str, ...] = (f"`{line.word}:` belongs in {homes}",)
    if meant:
        helps = (*helps, f"{called(kind)} has `{meant}:`")
    return error("E0110", unit.word(line), message, "not here", helps=helps)
