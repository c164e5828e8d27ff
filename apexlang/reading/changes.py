"""What differs between two nodes, field by field: settings, grades, characters, scenes, the film's own block, shots."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from pydantic import BaseModel

from apexlang.ir import model as ir
from apexlang.ir.resolve import PARTS
from apexlang.reading.rewording import Piece, reworded
from apexlang.reading.words import called, fields, worded

DESCRIBED = ("a description", "no description any more", "description changed")
SUMMED_UP = ("a synopsis", "no synopsis any more", "synopsis changed")
TOLD = ("prose of its own", "no prose any more", "prose changed")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs. `says`: the whole of it in words, where `name: old -> new` would not do. `words`: a rewording."""

    name: str
    old: str | None = None
    new: str | None = None
    says: str = ""
    words: tuple[Piece, ...] = ()

    @property
    def sentence(self) -> str:
        if self.says:
            return self.says
        return f"{called(self.name)} {self.old or 'none'} -> {self.new or 'none'}"


def same(old: Any, new: Any, field: str = "") -> bool:
    """Whether two values say the same. Nodes know their places, so they are not compared themselves."""
    return worded(old, field) == worded(new, field)


def of_settings(old: ir.Settings, new: ir.Settings) -> Iterator[Change]:
    """What a level says differently. `not said` leaves it to the next level."""
    for name, before in fields(old):
        after = getattr(new, name)
        if same(before, after, name):
            continue
        if name in PARTS and not (before == "none" or after == "none"):
            for part in PARTS[name]:
                a, b = getattr(before, part, None), getattr(after, part, None)
                if a != b:
                    yield _field(f"{name}.{part}", a, b)
        else:
            yield _field(name, before, after)


def _field(name: str, old: Any, new: Any) -> Change:
    return Change(name, worded(old, name), worded(new, name))


def of_texts(name: str, old: Sequence[str], new: Sequence[str], nouns: tuple[str, str, str]) -> Iterator[Change]:
    """A text of paragraphs. `nouns`: what to say where it is new, where it is gone, where it changed."""
    if tuple(old) == tuple(new):
        return
    noun = nouns[0] if not any(old) else nouns[1] if not any(new) else nouns[2]
    yield Change(name, "\n".join(old) or None, "\n".join(new) or None, noun, reworded(old, new))


def of_fields(old: BaseModel, new: BaseModel, without: frozenset[str], prefix: str = "") -> Iterator[Change]:
    """Plain fields of two nodes of one kind, each by its name."""
    for name, before in fields(old):
        after = getattr(new, name)
        if name not in without and not same(before, after, name):
            yield _field(f"{prefix}{name}", before, after)


DEFINED = {"looks": "look", "grades": "grade", "lights": "light", "moves": "move", "deliveries": "delivery"}
"""The film's definitions by the field that has them, and what one is called."""

_OF_FILM = frozenset(
    {
        "title",
        "path",
        "format",
        "settings",
        "music",
        "characters",
        "scenes",
        "synopsis",
        "variant",
        "variants",
        *DEFINED,
    }
)


def of_film(old: ir.Film, new: ir.Film) -> Iterator[Change]:
    """What the film's own block says differently."""
    if old.title != new.title:
        yield Change("title", old.title, new.title, f"title “{old.title}” -> “{new.title}”")
    a, b = old.format, new.format
    if (a.width, a.height) != (b.width, b.height):
        yield Change("format.size", f"{a.width}x{a.height}", f"{b.width}x{b.height}")
    yield from of_fields(a, b, frozenset({"width", "height"}), "format.")
    yield from of_list("music", old.music, new.music)
    yield from of_settings(old.settings, new.settings)
    yield from of_fields(old, new, _OF_FILM)
    yield from of_texts("synopsis", old.synopsis, new.synopsis, SUMMED_UP)


def of_list(
    name: str, old: Sequence[Any], new: Sequence[Any], verbs: tuple[str, str] = ("now", "no longer")
) -> Iterator[Change]:
    """A list of things that may each be said several times: what came, what went, what was replaced in place."""
    a, b = [worded(x) for x in old], [worded(x) for x in new]
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        both = min(a1 - a0, b1 - b0)
        for i in range(both):
            yield Change(name, a[a0 + i], b[b0 + i])
        for i in range(a0 + both, a1):
            yield Change(name, a[i], None, f"{verbs[1]} {name} {a[i]}")
        for i in range(b0 + both, b1):
            yield Change(name, None, b[i], f"{verbs[0]} {name} {b[i]}")


def of_definition(old: BaseModel, new: BaseModel) -> Iterator[Change]:
    """What a look, a grade, a light, a move or a format of delivery says differently. What is nested is said field by field."""
    for name, before in fields(old):
        after = getattr(new, name)
        if name in ("name", "doc", "says_kind") or same(before, after, name):
            continue
        if name == "parent":
            yield Change("from", before, after)
        elif isinstance(before, ir.Settings) and isinstance(after, ir.Settings):
            yield from of_settings(before, after)
        elif isinstance(before, ir.Light) and isinstance(after, ir.Light):
            yield from of_fields(before, after, frozenset(), "light.")
        else:
            yield _field(name, before, after)
    old_doc, new_doc = getattr(old, "doc", ""), getattr(new, "doc", "")
    yield from of_texts("description", [old_doc], [new_doc], DESCRIBED)


def of_character(old: ir.Character, new: ir.Character) -> Iterator[Change]:
    yield from of_texts("description", [old.description], [new.description], DESCRIBED)
    yield from of_fields(old, new, frozenset({"name", "description"}))


def of_dialogue(old: ir.Shot, new: ir.Shot) -> Iterator[Change]:
    """Lines that came, went or changed, each with who says it."""
    a, b = old.dialogue, new.dialogue
    texts = [[(d.who, d.text, d.how) for d in lines] for lines in (a, b)]
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, texts[0], texts[1], autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        both = min(a1 - a0, b1 - b0)
        for before, after in zip(a[a0 : a0 + both], b[b0 : b0 + both], strict=True):
            yield from _line(before, after)
        for line in a[a0 + both : a1]:
            yield Change("dialogue", _spoken(line), None, f"{line.who} no longer says “{line.text}”")
        for line in b[b0 + both : b1]:
            yield Change("dialogue", None, _spoken(line), f"{line.who} now says “{line.text}”")


def _line(old: ir.Dialogue, new: ir.Dialogue) -> Iterator[Change]:
    if old.who != new.who:
        who = f"“{new.text}” is now said by {new.who}, not {old.who}" if old.text == new.text else ""
        says = who or f"{new.who} says “{new.text}” in place of {old.who}’s “{old.text}”"
        yield Change("dialogue", _spoken(old), _spoken(new), says)
    elif old.text != new.text:
        yield Change("dialogue", _spoken(old), _spoken(new), f"{new.who}’s line", reworded([old.text], [new.text]))
    if old.who == new.who and old.how != new.how:
        how = f"({old.how})" if old.how else "plainly"
        yield Change(
            "dialogue", old.how, new.how, f"{new.who} says it {f'({new.how})' if new.how else 'plainly'}, not {how}"
        )


def _spoken(line: ir.Dialogue) -> str:
    return f"{line.who}{f' ({line.how})' if line.how else ''}: {line.text}"
