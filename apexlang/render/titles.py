"""Titles: a line of type as a plate of the frame's size, drawn once; FFmpeg lays it over the frames and fades it.

White on a soft shadow, so it reads on any picture. Plates are neutral: only white and black, so no colour matrix can be wrong.
"""

from __future__ import annotations

import sys
import unicodedata
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFilter, ImageFont

TITLES_VERSION: Final = "2"
"""Enters keys; changes whenever any plate would."""

_FONT: Final = Path(__file__).with_name("fonts") / "InterDisplay-Regular.otf"
_WHITE: Final = 244
_SIZE: Final = 0.05  # of the frame's height (of its width, if it stands upright)
_SMALLEST: Final = 0.55  # of that, before text is cut
_MARGIN: Final = 0.08
_BASE: Final = 0.78  # where the block ends, of the height: above the subtitles
_WIDEST: Final = 0.72
_TRACKING: Final = 0.045  # of the size, between letters
_LEADING: Final = 1.36
_CARD: Final = 0.075  # of the frame's height: a card's first line
_UNDER: Final = 0.55  # of that: the lines under it
_APART: Final = 0.35  # of that: the space between
_MOST_LINES: Final = 4
_LONGEST: Final = 400
_SHADOWS: Final = ((0.10, 0.5), (0.55, 0.45))  # blur in sizes, opacity
_NO_GLYPH: Final = "\U0010fffd"
_JOINING: Final = ("ARABIC", "SYRIAC", "DEVANAGARI", "BENGALI", "TAMIL", "TELUGU", "THAI", "KHMER", "MYANMAR", "HEBREW")

Plate = npt.NDArray[np.uint8]


def plate(text: str, width: int, height: int, card: bool = False) -> Plate:
    """`text` as (height, width, 4) RGBA, straight alpha. It stands at the lower left, inside the safe area; long text goes over
    several lines, then gets smaller, and at last ends in an ellipsis."""
    if card:
        return _card(text, width, height)
    text = _clean(text)
    if not text:
        return np.zeros((height, width, 4), np.uint8)
    base = _SIZE * min(height, width * 0.75)
    room = width * (_WIDEST if width > height else 1 - 2 * _MARGIN)
    font, lines = _set(text, base, room)
    ink = Image.new("L", (width, height))
    pen = ImageDraw.Draw(ink)
    step = font.size * _LEADING
    y = height * _BASE - step * (len(lines) - 1)
    for line in lines:
        _write(pen, line, width * _MARGIN, y, font)
        y += step
    return _over_shadow(ink, font.size)


def _card(text: str, width: int, height: int) -> Plate:
    """Lines in the middle of the frame, the first larger than those under it."""
    rows = [row for part in text.split("\n") if (row := _clean(part))]
    ink = Image.new("L", (width, height))
    if not rows:
        return np.zeros((height, width, 4), np.uint8)
    base = _CARD * min(height, width * 0.75)
    room = width * (1 - 2.5 * _MARGIN)
    scale = 1.0
    while True:
        sizes = [base * scale * (1.0 if n == 0 else _UNDER) for n in range(len(rows))]
        sets = [_set(row, size, room) for row, size in zip(rows, sizes, strict=True)]
        heights = [font.size * _LEADING * len(lines) for font, lines in sets]
        tall = sum(heights) + base * scale * _APART * (len(rows) > 1)
        if tall <= height * 0.8 or scale < 0.2:
            break
        scale *= 0.85
    pen = ImageDraw.Draw(ink)
    y = (height - tall) / 2
    for n, (font, lines) in enumerate(sets):
        for line in lines:
            wide = float(font.getlength(line)) + (_TRACKING * font.size * (len(line) - 1) if _spaced(line) else 0)
            _write(pen, line, (width - wide) / 2, y + font.size * (0.5 * _LEADING + 0.36), font)
            y += font.size * _LEADING
        y += base * scale * _APART * (n == 0)
    return _over_shadow(ink, sets[0][0].size)


def over(frame: npt.NDArray[np.uint8], plate: Plate) -> npt.NDArray[np.uint8]:
    """A plate laid over an RGB frame of its size."""
    alpha = plate[..., 3:].astype(np.float32) / 255
    return np.rint(frame * (1 - alpha) + plate[..., :3] * alpha).astype(np.uint8)


def missing(text: str) -> str:
    """The characters of `text` that no font here can draw."""
    text = _clean(text)
    font = font_for(text, 20)
    return "".join(dict.fromkeys(c for c in text if not c.isspace() and not _has(font, c)))


def _clean(text: str) -> str:
    kept = (c if not c.isspace() else " " for c in unicodedata.normalize("NFC", text))
    return " ".join("".join(c for c in kept if c == " " or unicodedata.category(c)[0] != "C").split())[:_LONGEST]


def _set(text: str, base: float, room: float) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """The font and the lines: the largest size at which the text takes few enough."""
    scale = 1.0
    while True:
        font = font_for(text, max(base * scale, 6.0))
        lines = _wrap(text, font, room)
        if len(lines) <= _MOST_LINES:
            return font, lines
        if scale <= _SMALLEST:
            last = lines[_MOST_LINES - 1]
            while last and _length(last + "…", font) > room:  # at most one line's worth
                last = last[:-1]
            return font, [*lines[: _MOST_LINES - 1], last.rstrip() + "…"]
        scale *= 0.9


def _wrap(text: str, font: ImageFont.FreeTypeFont, room: float) -> list[str]:
    """Lines no longer than `room`, about equally long."""
    lines = _fill(text, font, room)
    if len(lines) > 1:
        low, high = room / len(lines), room
        for _ in range(12):
            middle = (low + high) / 2
            low, high = (low, middle) if len(_fill(text, font, middle)) == len(lines) else (middle, high)
        lines = _fill(text, font, high)
    return lines


def _fill(text: str, font: ImageFont.FreeTypeFont, room: float) -> list[str]:
    """Greedy lines; a word longer than the room is broken (as text without spaces always is)."""
    lines, line = [], ""
    for word in text.split(" "):
        tried = f"{line} {word}" if line else word
        if _length(tried, font) <= room:
            line = tried
            continue
        if line:
            lines.append(line)
        line = word
        while len(line) > 1 and _length(line, font) > room:
            ends = accumulate(_advance(font, c) + _TRACKING * font.size for c in line)
            cut = max(1, sum(1 for end in ends if end - _TRACKING * font.size <= room))
            lines.append(line[:cut])
            line = line[cut:]
    return [*lines, line] if line else lines


def _spaced(text: str) -> bool:
    """Whether letters may stand apart: not where a script joins them or stacks its marks."""
    return not any(unicodedata.name(c, "").startswith(_JOINING) or unicodedata.combining(c) for c in text)


def _length(text: str, font: ImageFont.FreeTypeFont) -> float:
    """How long a line will be, kerning and joining left out: quick, for text comes from strangers, and never far off."""
    return sum(_advance(font, c) for c in text) + _TRACKING * font.size * (len(text) - 1)


@lru_cache(maxsize=4096)
def _advance(font: ImageFont.FreeTypeFont, character: str) -> float:
    return float(font.getlength(character))


def _write(pen: ImageDraw.ImageDraw, text: str, x: float, y: float, font: ImageFont.FreeTypeFont) -> None:
    if not _spaced(text):
        pen.text((x, y), text, fill=255, font=font, anchor="ls")
        return
    for n, letter in enumerate(text):
        at = x + float(font.getlength(text[: n + 1])) - float(font.getlength(letter)) + n * _TRACKING * font.size
        pen.text((at, y), letter, fill=255, font=font, anchor="ls")


def _over_shadow(ink: Image.Image, size: float) -> Plate:
    text = np.asarray(ink, np.float32) / 255
    shade = np.zeros_like(text)
    for blur, opacity in _SHADOWS:
        soft = np.asarray(ink.filter(ImageFilter.GaussianBlur(blur * size)), np.float32) / 255
        layer = np.minimum(soft * (1 + 2 * blur), 1) * opacity
        shade = shade + layer - shade * layer
    alpha = text + shade * (1 - text)
    tone = np.where(alpha > 0, text / np.maximum(alpha, 1e-6), 0) * _WHITE
    tone = np.rint(tone).astype(np.uint8)
    return np.dstack((tone, tone, tone, np.rint(alpha * 255).astype(np.uint8)))


def font_for(text: str, size: float) -> ImageFont.FreeTypeFont:
    """Our own font, or an installed one if only that has all the characters."""
    own = _open(str(_FONT), size)
    lacking = [c for c in text if not c.isspace() and not _has(own, c)]
    if not lacking:
        return own
    for path in _installed():
        try:
            font = _open(path, size)
        except OSError:
            continue
        if all(_has(font, c) for c in text if not c.isspace()):
            return font
    return own


def font_file_for(text: str) -> str:
    """The file of the font that `font_for` takes, ours with TrueType outlines, which every reader of PDF knows."""
    path = str(font_for(text, 16.0).path)
    return str(_FONT.with_suffix(".ttf")) if path == str(_FONT) else path


@lru_cache(maxsize=64)
def _open(path: str, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size)


@lru_cache(maxsize=4096)
def _has(font: ImageFont.FreeTypeFont, character: str) -> bool:
    drawn, box = font.getmask(character), font.getbbox(character)
    empty, none = font.getmask(_NO_GLYPH), font.getbbox(_NO_GLYPH)
    return box != none or bytes(drawn) != bytes(empty)


@lru_cache(maxsize=1)
def _installed() -> tuple[str, ...]:
    """Fonts of this machine with many scripts, in order of their names; tried only for what our own font lacks."""
    if sys.platform == "win32":
        folders = ["C:/Windows/Fonts"]
    elif sys.platform == "darwin":
        folders = ["/System/Library/Fonts", "/Library/Fonts"]
    else:
        folders = ["/usr/share/fonts", "/usr/local/share/fonts"]
    wanted = (
        "noto",
        "dejavusans.",
        "arial",
        "pingfang",
        "hiragino",
        "msyh",
        "msgothic",
        "malgun",
        "segoeui.",
        "unifont",
    )
    styles = ("bold", "italic", "light", "thin", "black", "mono", "emoji")
    found: list[str] = []
    for folder in folders:
        for path in Path(folder).rglob("*"):
            name = path.name.lower()
            if (
                path.suffix.lower() in (".ttf", ".otf", ".ttc")
                and name.startswith(wanted)
                and not any(s in name for s in styles)
            ):
                found.append(str(path))
    return tuple(sorted(found, key=lambda p: (Path(p).name.lower(), p))[:200])
