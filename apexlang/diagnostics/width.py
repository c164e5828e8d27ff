"""How many columns of a terminal a text takes, and how to pad, shorten and wrap by columns rather than by characters."""

from __future__ import annotations

import unicodedata

_JOINER, _EMOJI_STYLE, _SOFT_HYPHEN = "\u200d", "\ufe0f", "\u00ad"


def cells(text: str) -> int:
    """Columns that `text` takes: East Asian wide characters and emoji two, combining marks none (UAX 11, UTS 51).

    A sequence that is one emoji (joined by ZWJ, with a skin tone, a flag, a keycap) counts as one.
    """
    if text.isascii():
        return len(text)
    total, before, joined = 0, 0, False
    for c in text:
        if c == _EMOJI_STYLE:
            total += 1 if before == 1 else 0
            before = 2
            continue
        if c == _JOINER:
            joined = before == 2
            continue
        width = 0 if joined or ("\U0001f3fb" <= c <= "\U0001f3ff" and before == 2) else _cell(c)
        joined = False
        total += width
        before = width or before
    return total


def _cell(c: str) -> int:
    if c < "\x7f" or c == _SOFT_HYPHEN:
        return 1
    if unicodedata.combining(c) or unicodedata.category(c) in ("Mn", "Me", "Cf") or "\u1160" <= c <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(c) in "WF" else 1


def pad(text: str, width: int) -> str:
    """`text` and as many spaces as it lacks of `width` columns."""
    return text + " " * max(0, width - cells(text))


def shorten(text: str, width: int) -> str:
    """`text`, or as much of it as fits `width` columns with an ellipsis at its end."""
    if cells(text) <= width:
        return text
    end = 0
    while end < len(text) and cells(text[: end + 1]) < width:
        end += 1
    while end < len(text) and end and cells(text[: end + 1]) == cells(text[:end]):  # marks that belong to the last one
        end += 1
    return text[:end].rstrip() + "…"


def wrap(text: str, width: int, hang: str = "") -> list[str]:
    """`text` in lines of at most `width` columns, all but the first begun with `hang`. Breaks at spaces, and between wide
    characters; a word longer than a line is left whole."""
    lines: list[str] = []
    line, used, gap = "", 0, ""
    for piece, spaced in _pieces(text):
        size = cells(piece)
        if line and used + cells(gap) + size > width:
            lines.append(line)
            line, used = hang + piece, cells(hang) + size
        else:
            line, used = line + gap + piece, used + cells(gap) + size
        gap = spaced
    return [*lines, line] if line or not lines else lines


def _pieces(text: str) -> list[tuple[str, str]]:
    """What may stand at a line's end, each with the space that follows it. A run of wide characters may break anywhere."""
    found: list[tuple[str, str]] = []
    for word in text.split():
        start = 0
        for i in range(1, len(word)):
            breakable = _is_ideograph(word[i]) or _is_ideograph(word[i - 1])
            if breakable and not unicodedata.category(word[i]).startswith(("P", "M")):
                found.append((word[start:i], ""))
                start = i
        found.append((word[start:], " "))
    return found


def _is_ideograph(c: str) -> bool:
    return (
        c >= "\u2e80" and unicodedata.east_asian_width(c) in "WF" and c < "\U0001f000" and not "\uac00" <= c <= "\ud7a3"
    )
