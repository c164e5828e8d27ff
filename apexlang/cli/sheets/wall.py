"""The drawing of a contact sheet: a film on one dark page, scene by scene, every shot with its picture and its facts."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import numpy as np
from PIL import Image, ImageDraw

from apexlang.cli.sheets.panels import Panel, Pixels, Sheet
from apexlang.render.titles import font_for

PAPER = (15, 17, 20)
RULE = (44, 48, 54)
WHITE = (238, 239, 240)
GREY = (150, 156, 164)
DIM = (98, 104, 112)
AMBER = (226, 168, 84)
RED = (226, 108, 96)

WIDTH = 2000
MARGIN = 72
GAP = 28
COLUMNS = 4
CAPTION = 136
"""Below each picture: label, camera, action, speech, what was not staged."""
HEADING = 98
"""Above the first picture of a scene: a rule, the heading, the synopsis."""
ROW_GAP = 34
MOST = 600
"""Characters of a text that are looked at: more than any line has room for."""
MOST_HEIGHT = 30_000
"""PNG readers and Pillow itself grow uneasy beyond: the tiles of a very long film get smaller, not the sheet taller."""


def draw(sheet: Sheet) -> Pixels:
    """The sheet as (h, w, 3) RGB."""
    columns = COLUMNS
    while _height(sheet, columns) > MOST_HEIGHT and columns < 16:
        columns += 2
    canvas = Image.new("RGB", (WIDTH, _height(sheet, columns)), PAPER)
    pen = Pen(canvas)
    _head(pen, sheet)
    wide, high = _cell(sheet, columns)
    y = _head_height(sheet)
    for row in rows(sheet.panels, columns):
        top = y + (HEADING if row.has_heading else 0)
        for run in row.runs:
            x = MARGIN + run.column * (wide + GAP)
            if run.begins:
                _scene(pen, sheet, run, x, y, len(run.tiles) * (wide + GAP) - GAP)
            for index, tile in enumerate(run.tiles):
                _tile(pen, tile, x + index * (wide + GAP), top, wide, high)
        y = top + high + CAPTION + ROW_GAP
    return np.asarray(canvas)


@dataclass(frozen=True)
class Run:
    """Tiles of one scene side by side, from `column` on; `begins`: the scene begins with them."""

    scene: int
    column: int
    tiles: tuple[Panel, ...]
    begins: bool


@dataclass(frozen=True)
class Row:
    runs: tuple[Run, ...]

    @property
    def has_heading(self) -> bool:
        return any(run.begins for run in self.runs)


def rows(tiles: tuple[Panel, ...], columns: int) -> tuple[Row, ...]:
    """The tiles in rows. A scene that fits beside a whole one stands there; others begin a row, and go on below."""
    done: list[Row] = []
    row: list[Run] = []
    used = 0
    for scene, group in groupby(tiles, key=lambda tile: tile.scene):
        waiting, begins = tuple(group), True
        if row and (len(waiting) > columns - used or not row[0].begins):
            done, row, used = [*done, Row(tuple(row))], [], 0
        while waiting:
            if used == columns:
                done, row, used = [*done, Row(tuple(row))], [], 0
            part, waiting = waiting[: columns - used], waiting[columns - used :]
            row.append(Run(scene, used, part, begins))
            used += len(part)
            begins = False
    return (*done, Row(tuple(row))) if row else tuple(done)


class Pen:
    """Text and pictures on a canvas."""

    def __init__(self, canvas: Image.Image) -> None:
        self.canvas = canvas
        self._draw = ImageDraw.Draw(canvas)

    def write(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        colour: tuple[int, int, int],
        room: float = 1e9,
        right: bool = False,
    ) -> float:
        """`text` with its top at y, cut with an ellipsis at `room`; `right`: it ends at x. Returns its width."""
        shown = self.fitting(text, size, room)
        font = font_for(shown, size)
        self._draw.text((x, y), shown, fill=colour, font=font, anchor="ra" if right else "la")
        return float(font.getlength(shown))

    def fitting(self, text: str, size: float, room: float) -> str:
        clean = " ".join(text[:MOST].split())
        if font_for(clean, size).getlength(clean) <= room:
            return clean
        low, high = 0, len(clean)
        while low < high:
            middle = (low + high + 1) // 2
            tried = clean[:middle].rstrip() + "…"
            low, high = (middle, high) if font_for(tried, size).getlength(tried) <= room else (low, middle - 1)
        return clean[:low].rstrip() + "…"

    def lines(self, text: str, size: float, room: float, most: int) -> list[str]:
        """The text in at most so many lines."""
        found: list[str] = []
        rest = " ".join(text[:MOST].split())
        while rest and len(found) < most:
            font = font_for(rest, size)
            if len(found) == most - 1 or font.getlength(rest) <= room:
                return [*found, rest]
            words = rest.split()
            count = 1
            while count < len(words) and font.getlength(" ".join(words[: count + 1])) <= room:
                count += 1
            found.append(" ".join(words[:count]))
            rest = " ".join(words[count:])
        return found

    def spaced(
        self, x: float, y: float, text: str, size: float, colour: tuple[int, int, int], tracking: float = 0.10
    ) -> float:
        """Capitals with air between them. Returns where they end."""
        font = font_for(text, size)
        for character in text:
            self._draw.text((x, y), character, fill=colour, font=font, anchor="la")
            x += font.getlength(character) + tracking * size
        return x

    def line(self, x0: float, x1: float, y: float) -> None:
        self._draw.line((x0, y, x1, y), fill=RULE, width=1)

    def frame(self, x: int, y: int, wide: int, high: int) -> None:
        self._draw.rectangle((x, y, x + wide - 1, y + high - 1), fill=(24, 26, 30), outline=RULE)


def _cell(sheet: Sheet, columns: int) -> tuple[int, int]:
    """Width and height of a picture on the sheet, in the film's shape."""
    wide = (WIDTH - 2 * MARGIN - (columns - 1) * GAP) // columns
    shape = next((tile.picture.shape for tile in sheet.panels if not isinstance(tile.picture, str)), (9, 16))
    return wide, max(24, round(wide * shape[0] / shape[1]))


def _height(sheet: Sheet, columns: int) -> int:
    _, high = _cell(sheet, columns)
    laid = rows(sheet.panels, columns)
    return _head_height(sheet) + sum(HEADING * row.has_heading + high + CAPTION + ROW_GAP for row in laid) + MARGIN // 3


def _head_height(sheet: Sheet) -> int:
    return MARGIN + 74 + 38 * min(2, len(sheet.synopsis)) + 30


def _head(pen: Pen, sheet: Sheet) -> None:
    pen.write(MARGIN - 3, MARGIN - 12, sheet.title, 58, WHITE, WIDTH * 0.58)
    pen.write(WIDTH - MARGIN, MARGIN + 18, sheet.facts, 22, GREY, right=True)
    for index, line in enumerate(sheet.synopsis[:2]):
        pen.write(MARGIN, MARGIN + 74 + 38 * index, line, 25, GREY, WIDTH - 2 * MARGIN)


def _scene(pen: Pen, sheet: Sheet, run: Run, x: int, y: int, room: int) -> None:
    pen.line(x, x + room, y)
    if run.scene >= len(sheet.scenes):
        return
    said = sheet.scenes[run.scene]
    size, at = 20.0, float(x)
    if said.number:
        at = pen.spaced(at, y + 20, said.number, size, AMBER) + 14
    heading = pen.fitting(said.heading, size, (x + room - at) / 1.12)
    pen.spaced(at, y + 20, heading, size, WHITE)
    pen.write(x, y + 52, " ".join(said.synopsis), 19, GREY, room)


def _tile(pen: Pen, tile: Panel, x: int, y: int, wide: int, high: int) -> None:
    if isinstance(tile.picture, str):
        pen.frame(x, y, wide, high)
        pen.write(x + 16, y + high / 2 - 12, tile.picture, 18, RED, wide - 32)
    else:
        # Pillow's reducing filters average code values; at this size nobody sees the difference from linear light.
        picture = Image.fromarray(tile.picture).resize((wide, high), Image.Resampling.LANCZOS)
        pen.canvas.paste(picture, (x, y))
    top = y + high + 12
    number = pen.write(x, top, str(tile.number), 20, AMBER)
    time = pen.write(x + wide, top + 2, tile.starts, 17, DIM, right=True)
    pen.write(x + number + 12, top, tile.label, 20, WHITE, wide - number - time - 36)
    length = pen.write(x + wide, top + 29, tile.length, 17, GREY, right=True)
    pen.write(x, top + 29, tile.details, 17, GREY, wide - length - 20)
    at = top + 58
    for text, colour in (
        *((line, GREY) for line in pen.lines(tile.action, 17, wide, 2 if not tile.speech else 1)),
        *((line, WHITE) for line in tile.speech[:1]),
        *((line, DIM) for line in tile.notes[:1]),
    ):
        pen.write(x, at, text, 17, colour, wide)
        at += 24
