"""Shots and what stands between them, from the tree to the typed film."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from apexlang.diagnostics import Fix, error, suggest, warning
from apexlang.ir import model as ir
from apexlang.ir import shot_slips
from apexlang.ir.places import Places
from apexlang.ir.properties import Context, Said, curve, node_fields, place, properties, settings, take_file, value_span
from apexlang.ir.scope import folded
from apexlang.ir.speech import nearly_said, nearly_spoken
from apexlang.ir.table import LATER_TRANSITIONS, SIZE_ALIASES, SIZES
from apexlang.ir.text import flowing, prose
from apexlang.ir.unit import Unit
from apexlang.ir.values import read_transition
from apexlang.source import Span
from apexlang.syntax import heads
from apexlang.syntax.lines import Line, nfc
from apexlang.syntax.literals import Fault
from apexlang.syntax.near import speaks_oddly
from apexlang.syntax.tree import Block
from apexlang.units import Time

_SIZES = frozenset(SIZES)
_OF = re.compile(r"(point) of (?=view(?:[^\w-]|$))", re.I)
"""The one size with an `of` in its name: elsewhere that word begins whom the shot shows."""


_TRANSITIONS = {
    "DISSOLVE": "dissolve", "MATCH DISSOLVE": "match dissolve", "WIPE": "wipe", "WHIP PAN": "whip pan",
    "FADE IN": "fade in", "FADE OUT": "fade out", "FADE TO BLACK": "fade out",
}  # fmt: skip
_MOVED = "`CUT on beat` moves it to the music"
_CUTS = {"SMASH CUT": "smash", "MATCH CUT": "match"}


def between(ctx: Context, unit: Unit, line: Line) -> ir.Transition | None:
    """A transition line. None for one that cannot be used, which has then been said."""
    word, text = line.word, line.text
    lead = 2 if text[:2].upper() == "TO" and not text[2:3].isalnum() else 0
    rest = text[lead:].lstrip(" .:")
    offset = len(text) - len(rest)
    kind = _TRANSITIONS.get(word, "cut")
    if kind in ("cut", "fade out") and lead and rest.rstrip(".") == "BLACK":
        rest = ""
        if kind == "cut" and not line.muted:
            ctx.found.append(warning("W0190", unit.line(line), f"`{word} TO BLACK` is not rendered yet", "drawn as a plain cut",
                                     helps=("for black now: a shot with `color: #000000` and a `hold:`",)))  # fmt: skip
    if kind == "cut" and rest and rest.split(None, 1)[0] != "on":
        ctx.found.append(
            unit.fault(
                line,
                Fault(
                    "E0107",
                    offset,
                    len(text),
                    f"`{rest}` cannot follow {word}",
                    "a cut takes no time",
                    (_MOVED, "if it is prose, begin the line with `!`"),
                ),
            )
        )
        return None
    reading = read_transition(rest, word)
    for fault in reading.faults:
        moved = Fault(fault.code, fault.start + offset, fault.end + offset, fault.message, fault.label,
                      (*fault.helps, "if it is prose, begin the line with `!`"), fault.fix, fault.maybe)  # fmt: skip
        ctx.found.append(unit.fault(line, moved))
    if not reading.usable:
        return None
    late = LATER_TRANSITIONS.get("on" if "on" in reading.fields else word)
    if late is not None and not line.muted:
        what = f"{word} on {' '.join(reading.fields['on'])}" if "on" in reading.fields else word
        ctx.found.append(warning("W0190", unit.word(line), f"`{what}` is not rendered yet", late))
    where = {}
    for name in ("length", "within", "on"):
        if name in reading.places:
            a, b = reading.places[name]
            where[name] = unit.span(line, a + offset, b + offset)
    return ir.Transition.made(
        kind=kind,
        length=reading.one("length"),
        curve=curve(reading) or ir.Curve.made(),
        direction=reading.one("direction"),
        on=reading.one("on"),
        within=reading.one("within"),
        style=_CUTS.get(word),
        muted=line.muted,
        where=where,
        span=unit.line(line),
    )


def shot(ctx: Context, unit: Unit, block: Block) -> ir.Shot:
    line = block.line
    size, people, label, where = _shot_head(ctx, unit, line)
    return ir.Shot.made(
        size=size,
        subjects=people,
        label=label,
        **shot_fields(ctx, unit, block),
        muted=line.muted,
        where=where,
        span=unit.line(line),
    )


def shot_fields(ctx: Context, unit: Unit, block: Block) -> dict[str, Any]:
    """What stands under a SHOT, as fields of `ir.Shot`."""
    said = properties(ctx, unit, block, "SHOT")
    fields: dict[str, Any] = {"prose": prose(block.body), "dialogue": tuple(_dialogue(ctx, unit, block.body))}
    ctx.found.extend(nearly_spoken(unit, block.body, ctx.gathering.characters))
    ctx.found.extend(nearly_said(unit, block.body))
    supers = [
        s for i in block.body if isinstance(i, Line) and i.kind == "SUPER" and not i.muted for s in _super(ctx, unit, i)
    ]
    return {
        **fields,
        "supers": tuple(supers),
        "source": _source(ctx, unit, said),
        "settings": settings(ctx, unit, said),
        "sounds": tuple(cue for s in said if s.name == "sound" and (cue := _sound(ctx, unit, s))),
    }


CARD = "#000000"
"""The colour of a TITLE's card where none is said."""


def card(ctx: Context, unit: Unit, block: Block) -> ir.Shot:
    """A TITLE: a card of its own. Prose under it gives further lines."""
    line = block.line
    said = properties(ctx, unit, block)
    first, length, where = _title_text(unit, line)
    text = "\n".join((*([first] if first else []), *prose(block.body)))
    if not text:
        ctx.found.append(error("E0309", unit.word(line), "a TITLE needs a text", "nothing to show",
                               helps=("like `TITLE: Ten years later`",)))  # fmt: skip
    own = settings(ctx, unit, said)
    if length is not None and own.hold is not None:
        ctx.found.append(error("E0108", own.where["hold"], "the TITLE's own line has said how long it stands", "said again",
                               secondary=((where["length"], "first said here"),)))  # fmt: skip
    if length is not None and own.hold is None:
        own = ir.Settings.made(**{**_said(own), "hold": length}, where={**dict(own.where), "hold": where["length"]})
    supers = (ir.Super.made(text=text, card=True, where={}, span=unit.line(line)),) if text else ()
    source = _source(ctx, unit, said) or ir.Colour.made(hex=CARD)
    return ir.Shot.made(
        size="title",
        supers=supers,
        source=source,
        settings=own,
        sounds=tuple(cue for s in said if s.name == "sound" and (cue := _sound(ctx, unit, s))),
        muted=line.muted,
        span=unit.line(line),
    )


def _said(settings: ir.Settings) -> dict[str, Any]:
    return {
        n: v for n in ir.Settings.model_fields if n not in ("span", "where") and (v := getattr(settings, n)) is not None
    }


def _shot_head(ctx: Context, unit: Unit, line: Line) -> tuple[str, tuple[str, ...], str | None, Mapping[str, Span]]:
    """Size, subjects, label and where they stand. What cannot be read is reported and left out."""
    head = heads.shot(_OF.sub(r"\1-of-", line.text, count=1))
    if isinstance(head, Fault) or _known_size(head.size.text) is None:
        slip = shot_slips.slip(line.text, ctx.gathering.characters)
        if slip is not None:
            ctx.found.append(unit.fault(line, slip[0]))
            head = slip[1]
    if isinstance(head, Fault):
        if not line.text or line.text.startswith("#"):
            ctx.found.append(error("E0111", unit.word(line), "a SHOT needs a size", "no size",
                                   helps=("like `SHOT wide` or `SHOT close-up of SARAH #stop`",)))  # fmt: skip
        else:
            help_ = "a shot is `SHOT size of CHARACTER #label`; if it is prose, begin the line with `!`"
            ctx.found.append(
                unit.fault(line, Fault(head.code, head.start, head.end, head.message, head.label, (help_,)))
            )
        return "medium", (), None, {}
    size = head.size.text
    if size not in _SIZES:
        size = _size(ctx, unit, line, head.size)
    places = {"size": (head.size.start, head.size.end)}
    people = tuple(_person(ctx, unit, p.text, unit.span(line, p.start, p.end)) for p in head.people)
    label = None
    if head.label is not None:
        places["label"] = (head.label.start, head.label.end)
        label = labelled(ctx, unit, line, head.label)
    return size, people, label, Places(unit.path, line, places)


def labelled(ctx: Context, unit: Unit, line: Line, said: heads.Text) -> str | None:
    """A label, if it is one."""
    if said.text.replace("-", "").replace("_", "").replace(".", "").isalnum():
        return said.text
    fault = Fault("E0209", said.start, said.end, f"`#{said.text}` is not a label", "letters, digits, `-`, `_` and `.`")
    ctx.found.append(unit.fault(line, fault))
    return None


def _known_size(text: str) -> str | None:
    """The size that is meant by a word or its short name."""
    whole = text.casefold()
    for plain in (whole, whole.removesuffix(" shot")):
        known = plain if plain in _SIZES else SIZE_ALIASES.get(plain)
        if known is not None:
            return known
    return None


def _size(ctx: Context, unit: Unit, line: Line, said: heads.Text) -> str:
    known = _known_size(said.text)
    if known is not None:
        return known
    plain = said.text.casefold().removesuffix(" shot")
    meant = suggest(plain, SIZES)
    label = f"did you mean `{meant}`?" if meant else "no size of this name"
    helps = () if meant else ("sizes: " + ", ".join(SIZES), "if it is prose, begin the line with `!`")
    fault = Fault("E0316", said.start, said.end, f"unknown size `{said.text}`", label, helps, meant)
    ctx.found.append(unit.fault(line, fault))
    return meant or "medium"


def _person(ctx: Context, unit: Unit, name: str, span: Span) -> str:
    """A character's name as it was defined."""
    characters = ctx.gathering.characters
    known = characters.get(folded(name))
    if known is not None:
        return known.name
    plain = name.removeprefix("@")
    words = plain.split()
    if len(words) > 1 and all(folded(word) in characters for word in words):
        ctx.found.append(error("E0201", span, f"unknown character `{plain}`", "commas between them?",
                               helps=("people are separated by commas",), fixes=(Fix(span, ", ".join(words)),)))  # fmt: skip
        return plain
    bare = characters.get(folded(plain.rpartition(".")[2]))
    meant = bare.name if bare is not None else suggest(plain, [c.name for c in characters.values()])
    label = f"did you mean `{meant}`?" if meant else "no character of this name"
    helps: list[str] = []
    fixes: tuple[Fix, ...] = ()
    if meant:
        spelled = meant if meant.isupper() or not name.startswith("@") else f"@{meant}"
        helps.append(f"a character with a similar name exists: `{meant}`")
        fixes = (Fix(span, spelled),)
    else:
        helps.append(f"define the character: `CHARACTER {plain}`; for a thing, say it in the prose under the shot")
    ctx.found.append(error("E0201", span, f"unknown character `{plain}`", label, helps=tuple(helps), fixes=fixes))
    return plain


def _dialogue(ctx: Context, unit: Unit, body: Iterable[Line | Block]) -> Iterator[ir.Dialogue]:
    for line in body:
        if not isinstance(line, Line) or line.kind != "CUE":
            continue
        span = unit.word(line)
        if folded(line.word) not in ctx.gathering.characters:
            _unknown_speaker(ctx, line, span)
            continue
        who = ctx.gathering.characters[folded(line.word)].name
        text = flowing(line)
        if not text:
            ctx.found.append(error("E0309", span, f"{who} says nothing", "speech is missing after the colon"))
            continue
        last = line.last
        whole = Span(unit.path, line.number, min(line.indent, line.col), *last)
        yield ir.Dialogue.made(who=who, text=text, how=nfc(line.how) if line.how else None, span=whole)


def _unknown_speaker(ctx: Context, line: Line, span: Span) -> None:
    plain = line.word.removeprefix("@")
    odd = speaks_oddly(line, span.path, "SHOT")
    if odd is not None:
        ctx.found.append(odd)
        return
    helps: tuple[str, ...]
    characters = [c.name for c in ctx.gathering.characters.values()]
    meant = suggest(plain, characters)
    if meant:
        spelled = meant if meant.isupper() else f"@{meant}"
        label, helps, fixes = (
            f"did you mean `{meant}`?",
            (f"a character with a similar name exists: `{meant}`",),
            (Fix(span, spelled),),
        )
    else:
        start = Span(span.path, span.line, span.col, span.line, span.col)
        label, fixes = "no character of this name", (Fix(start, "!", "maybe"),)
        helps = (f"define the character: `CHARACTER {plain}`", "if it is prose, begin the line with `!`")
        if plain in ("MUSIC", "SOUND", "SFX", "FX", "AUDIO", "SOUND EFFECT"):
            helps = (
                'a sound is a file: `sound: "fx/door.wav" at 1s`; music of the whole film stands in FILM',
                helps[1],
            )
    ctx.found.append(error("E0201", span, f"unknown character `{plain}`", label, helps=helps, fixes=fixes))


def _super(ctx: Context, unit: Unit, line: Line) -> list[ir.Super]:
    text, length, where = _title_text(unit, line)
    if not text:
        ctx.found.append(error("E0309", unit.word(line), "a SUPER needs a text", "nothing to show",
                               helps=("like `SUPER: Berlin, 1949`",)))  # fmt: skip
        return []
    if length is not None and not (length.frames or length.seconds or length.beats or length.bars or length.timecode):
        ctx.found.append(error("E0402", where["length"], "a SUPER is shown for at least one frame", "no frames at all"))
    return [ir.Super.made(text=text, length=length, where=where, span=unit.line(line))]


def _title_text(unit: Unit, line: Line) -> tuple[str, Time | None, dict[str, Span]]:
    """`Berlin, 1949 for 2s`: text, length and its place. The end is a time only where it can be read as one."""
    text = flowing(line)
    length, where = None, {}
    head, found, tail = text.rpartition(" for ")
    if found and head.strip():
        reading = read_transition(tail)
        if reading.usable and set(reading.fields) == {"length"}:
            length = reading.one("length")
            at = line.whole().rfind(" for ")
            where["length"] = unit.span(line, at + 5, len(line.whole())) if at >= 0 else unit.line(line)
            text = head.strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        text = text[1:-1].replace('""', '"')
    return text, length, where


def _source(ctx: Context, unit: Unit, said: Iterable[Said]) -> ir.Still | ir.Clip | ir.Colour | None:
    """Where the shot's picture comes from, if it is not generated."""
    given = [s for s in said if s.name in ("still", "clip", "color")]
    if not given:
        return None
    first = given[0]
    for other in given[1:]:
        ctx.found.append(
            error("E0113", unit.word(other.line), f"`{first.name}:` and `{other.name}:` cannot both be: a shot has one picture",
                  "a second picture", secondary=((unit.word(first.line), "the first"),),
                  helps=("delete one of them, or make two shots",))
        )  # fmt: skip
    span = value_span(unit, first)
    if first.name == "color":
        return ir.Colour.made(hex=first.reading.one("hex"), span=span)
    path = take_file(ctx, unit, first, "path")
    if path is None:
        return None
    where = {"path": place(unit, first, "path")}
    if first.name == "still":
        return ir.Still.made(path=path, span=span, where=where)
    start = first.reading.one("start")
    if start is not None:
        where["start"] = place(unit, first, "start")
        return ir.Clip.made(path=path, start=start, span=span, where=where)
    return ir.Clip.made(path=path, span=span, where=where)


def _sound(ctx: Context, unit: Unit, said: Said) -> ir.SoundCue | None:
    path = take_file(ctx, unit, said, "path")
    if path is None:
        return None
    fields, where = node_fields(unit, said)
    return ir.SoundCue.made(**{**fields, "path": path}, where=where, span=value_span(unit, said))
