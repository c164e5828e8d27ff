"""Labels for shots that have none: short, speaking, one of a kind in the film, and always the same for the same text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from apexlang.diagnostics import Fix, apply
from apexlang.ir.table import BY_NAME
from apexlang.ir.text import prose
from apexlang.ir.unit import Gathering
from apexlang.source import Source, Span, World
from apexlang.syntax import heads
from apexlang.syntax.blocks import parse
from apexlang.syntax.lines import Line, nfc
from apexlang.syntax.literals import Fault
from apexlang.syntax.tree import Block, Tree

LONGEST = 24
"""Characters of the longest label that is made up, its number aside."""

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")

_EMPTY = frozenset(
    [
        "a",
        "an",
        "the",
        "this",
        "that",
        "these",
        "those",
        "his",
        "her",
        "its",
        "their",
        "our",
        "my",
        "your",
        "he",
        "she",
        "it",
        "they",
        "we",
        "i",
        "you",
        "him",
        "them",
        "us",
        "who",
        "what",
        "which",
        "there",
        "here",
        "and",
        "or",
        "but",
        "nor",
        "so",
        "yet",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "into",
        "of",
        "off",
        "on",
        "onto",
        "out",
        "over",
        "under",
        "up",
        "down",
        "with",
        "without",
        "through",
        "across",
        "along",
        "around",
        "behind",
        "before",
        "after",
        "above",
        "below",
        "beneath",
        "beside",
        "between",
        "beyond",
        "inside",
        "outside",
        "near",
        "past",
        "against",
        "toward",
        "towards",
        "to",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "some",
        "any",
        "all",
        "both",
        "each",
        "every",
        "no",
        "not",
        "more",
        "most",
        "few",
        "many",
        "much",
        "several",
        "other",
        "another",
        "same",
        "own",
        "only",
        "very",
        "too",
        "just",
        "now",
        "then",
        "again",
        "still",
        "already",
        "slowly",
        "quickly",
        "quietly",
        "suddenly",
        "finally",
        "almost",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "has",
        "have",
        "had",
        "do",
        "does",
        "did",
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "must",
        "shall",
        "should",
        "big",
        "small",
        "little",
        "large",
        "great",
        "huge",
        "tiny",
        "long",
        "short",
        "tall",
        "high",
        "low",
        "old",
        "young",
        "new",
        "good",
        "bad",
        "empty",
        "full",
        "open",
        "closed",
        "dark",
        "bright",
        "light",
        "heavy",
        "soft",
        "hard",
        "hot",
        "cold",
        "warm",
        "wet",
        "dry",
        "deep",
        "far",
        "close",
        "distant",
        "wide",
        "narrow",
        "last",
        "first",
        "next",
        "late",
        "early",
        "black",
        "white",
        "red",
        "green",
        "blue",
        "yellow",
        "grey",
        "gray",
        "brown",
        "golden",
        "silver",
        "pale",
        "when",
        "while",
        "where",
        "if",
        "than",
    ]
)
"""Words that say little about what is seen."""


def label_shots(source: Source, world: World) -> tuple[Source, list[str]]:
    """The text with a label for every shot that has none, and these labels in order. What cannot be read gets none.

    Labels of the files that the film uses are taken too, since a label is one of a kind in the film.
    """
    gathering = Gathering(world)
    gathering.film(source)
    taken = {name for unit in gathering.units.values() for name in _labels(unit.tree)}
    fixes: list[Fix] = []
    names: list[str] = []
    for place, shot in _shots(parse(source, BY_NAME)):
        base = _base(place, shot)
        if base is None:
            continue
        name = _unused(base, taken)
        taken.add(name)
        names.append(name)
        at = Span(source.path, shot.line.number, shot.line.end_col, shot.line.number, shot.line.end_col)
        fixes.append(Fix(at, f" #{name}"))
    changed, made = apply(fixes, {source.path: source})
    assert len(made) == len(fixes)
    return changed.get(source.path, source), names


def _shots(tree: Tree) -> Iterator[tuple[str, Block]]:
    """Every shot of the scenes, muted ones too, with the place of its scene. Those of a TEMPLATE are labelled where it is used."""
    for scene in tree.items:
        if isinstance(scene, Block) and scene.kind == "HEADING":
            place = heads.heading(scene.line.text).place
            for item in scene.body:
                if isinstance(item, Block) and item.kind == "SHOT":
                    yield place, item


def _labels(tree: Tree) -> Iterator[str]:
    for _, shot in _shots(tree):
        head = _head(shot.line)
        if head is not None and head.label is not None:
            yield head.label.text


def _head(line: Line) -> heads.ShotHead | heads.InstanceHead | None:
    text = line.text
    head = heads.instance(text) if heads.is_instance(text) else heads.shot(text)
    return None if isinstance(head, Fault) else head


def _base(place: str, shot: Block) -> str | None:
    """What a shot might be called, before it is made one of a kind; None if it has a label or cannot be read."""
    head = _head(shot.line)
    if head is None or head.label is not None:
        return None
    if isinstance(head, heads.InstanceHead):
        values = [given.value.text for given in head.arguments if given.value is not None]
        return _joined(head.name.text.rpartition(".")[2], _slug(values[0]) if values else "")
    size = _slug(head.size.text.casefold().removesuffix(" shot"))
    if head.people:
        return _joined(size, _slug(head.people[0].text))
    return _joined(size, _noun(" ".join(prose(shot.body))) or _noun(place))


def _joined(*parts: str) -> str:
    """Parts with `-` between them, as many as are short enough."""
    name = ""
    for part in parts:
        longer = f"{name}-{part}" if name and part else name or part
        if len(longer) <= LONGEST or not name:
            name = longer[:LONGEST].rstrip("-")
    return name or "shot"


def _slug(text: str) -> str:
    """Small letters and digits, `-` between words: what a label may hold."""
    words = ("".join(c for c in word if c.isalnum()) for word in re.split(r"[\s\-–—_./]+", nfc(text).casefold()))
    return "-".join(word for word in words if word)


def _noun(text: str) -> str:
    """The first word that says what is seen."""
    for match in _WORD.finditer(text[:400]):
        word = _slug(match[0].removesuffix("'s").removesuffix("’s"))
        if len(word) > 2 and word not in _EMPTY and not word.isdigit() and not word.endswith("ly"):
            return word
        if len(word) <= 2 and word and not word.isascii():  # 雨, 猫: one letter may be a word
            return word
    return ""


def _unused(base: str, taken: set[str]) -> str:
    """`base`, or `base-2` and so on where it is taken."""
    if base not in taken:
        return base
    number = 2
    while f"{base}-{number}" in taken:
        number += 1
    return f"{base}-{number}"
