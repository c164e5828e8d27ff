"""What changed in a text, word by word, with as much around it as it takes to find the place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

AROUND = 3
"""Words that are shown before and after a change."""

LONGEST = 4_000
"""Words of the longest text that is compared word by word."""

_TOKEN = re.compile(r"\n|[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\s\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that both have (`same`), or only the old or the new."""

    kind: Literal["same", "old", "new"]
    text: str


def reworded(old: Sequence[str], new: Sequence[str]) -> tuple[Piece, ...]:
    """The pieces of two texts of paragraphs; nothing where they are equal. A new paragraph is `¶`."""
    a, b = _words(old), _words(new)
    if a == b:
        return ()
    if not a or not b or max(len(a), len(b)) > LONGEST:
        return tuple(Piece(kind, _joined(words)) for kind, words in _sides(a, b) if words)
    found: list[Piece] = []
    steps = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    for n, (tag, a0, a1, b0, b1) in enumerate(steps):
        if tag == "equal":
            found.append(Piece("same", _around(a[a0:a1], n == 0, n == len(steps) - 1)))
        else:
            found += [Piece(kind, _joined(words)) for kind, words in _sides(a[a0:a1], b[b0:b1]) if words]
    return tuple(piece for piece in found if piece.text)


def _sides(a: list[str], b: list[str]) -> tuple[tuple[Literal["old"], list[str]], tuple[Literal["new"], list[str]]]:
    return ("old", a), ("new", b)


def _words(paragraphs: Sequence[str]) -> list[str]:
    return _TOKEN.findall("\n".join(paragraphs))


def _joined(words: Sequence[str]) -> str:
    """Words with the spaces that belong between them."""
    text = ""
    for word in words:
        shown = "¶" if word == "\n" else word
        text += shown if not text or (_is_ideograph(shown[0]) and _is_ideograph(text[-1])) else f" {shown}"
    return text


def _is_ideograph(c: str) -> bool:
    return "\u3040" <= c <= "\u30ff" or "\u3400" <= c <= "\u9fff" or "\uf900" <= c <= "\ufaff"


def _around(words: list[str], is_first: bool, is_last: bool) -> str:
    """The words of an equal stretch that are near to a change."""
    head = [] if is_first else words[:AROUND]
    tail = [] if is_last else words[-AROUND:]
    if len(words) <= (0 if is_first else AROUND) + (0 if is_last else AROUND):
        return _joined(words)
    if is_first:
        return "… " + _joined(tail)
    return f"{_joined(head)} …" + (f" {_joined(tail)}" if tail else "")


def marked(pieces: Sequence[Piece]) -> str:
    """As `git diff --word-diff` writes it: `She [-stops.-] {+freezes.+}`."""
    marks = {"same": "{}", "old": "[-{}-]", "new": "{{+{}+}}"}
    return " ".join(marks[p.kind].format(p.text) for p in pieces)
