"""The drawing of a contact sheet: a film on one dark page, scene by scene, every shot with its picture and its facts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from apexlang.plan.model import SceneLine
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
CAPTION = 106
SCENE = 104
MOST_HEIGHT = 30_000
"""PNG readers and Pillow itself grow uneasy beyond: the tiles of a very long film get smaller, not the sheet taller."""

Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Tile:
    """One shot. `picture`: (h, w, 3) RGB, or the reason why there is none. Everything else is as it is shown."""

    picture: Pixels | str
    scene: int
    number: int
    label: str
    starts: str
    details: str
    length: str
    speech: str = ""


@dataclass(frozen=True)
class Sheet:
    title: str
    synopsis: tuple[str, ...]
    facts: str
    scenes: tuple[SceneLine, ...]
    tiles: tuple[Tile, ...]


def draw(sheet: Sheet) -> Pixels:
    """The sheet as (h, w, 3) RGB."""
    columns = COLUMNS
    while _height(sheet, columns) > MOST_HEIGHT and columns < 16:
        columns += 2
    canvas = Image.new("RGB", (WIDTH, _height(sheet, columns)), PAPER)
    pen = Pen(canvas)
    y = _head(pen, sheet)
    wide, high = _cell(sheet, columns)
    for scene, tiles in _by_scene(sheet):
        y = _scene(pen, sheet, scene, y)
        for first in range(0, len(tiles), columns):
            for column, tile in enumerate(tiles[first : first + columns]):
                _tile(pen, tile, MARGIN + column * (wide + GAP), y, wide, high)
            y += high + CAPTION
    return np.asarray(canvas)


class Pen:
    """Text and pictures on a canvas."""

    def __init__(self, canvas: Image.Image) -> None:
        self.canvas = canvas
        self._draw = ImageDraw.Draw(canvas)

    def write(
        self, x: float, y: float, text: str, size: float, colour: tuple[int, int, int], room: float = 1e9, right: bool = False
    ) -> float:
        """`text` with its top at y, cut with an ellipsis at `room`; `right`: it ends at x. Returns its width."""
        shown = self.fitting(text, size, room)
        font = font_for(shown, size)
        self._draw.text((x, y), shown, fill=colour, font=font, anchor="ra" if right else "la")
        return float(font.getlength(shown))

    def fitting(self, text: str, size: float, room: float) -> str:
        clean = " ".join(text.split())
        if font_for(clean, size).getlength(clean) <= room:
            return clean
        low, high = 0, len(clean)
        while low < high:
            middle = (low + high + 1) // 2
            tried = clean[:middle].rstrip() + "…"
            low, high = (middle, high) if font_for(tried, size).getlength(tried) <= room else (low, middle - 1)
        return clean[:low].rstrip() + "…"

    def spaced(self, x: float, y: float, text: str, size: float, colour: tuple[int, int, int], tracking: float = 0.10) -> float:
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


def _by_scene(sheet: Sheet) -> list[tuple[int, list[Tile]]]:
    """The tiles in runs of one scene."""
    runs: list[tuple[int, list[Tile]]] = []
    for tile in sheet.tiles:
        if not runs or runs[-1][0] != tile.scene:
            runs.append((tile.scene, []))
        runs[-1][1].append(tile)
    return runs


def _cell(sheet: Sheet, columns: int) -> tuple[int, int]:
    """Width and height of a picture on the sheet, in the film's shape."""
    wide = (WIDTH - 2 * MARGIN - (columns - 1) * GAP) // columns
    shape = next((tile.picture.shape for tile in sheet.tiles if not isinstance(tile.picture, str)), (9, 16))
    return wide, max(24, round(wide * shape[0] / shape[1]))


def _height(sheet: Sheet, columns: int) -> int:
    _, high = _cell(sheet, columns)
    rows = [-(-len(tiles) // columns) for _, tiles in _by_scene(sheet)]
    return _head_height(sheet) + len(rows) * SCENE + sum(rows) * (high + CAPTION) + MARGIN // 2


def _head_height(sheet: Sheet) -> int:
    return MARGIN + 74 + 38 * min(2, len(sheet.synopsis)) + 30


def _head(pen: Pen, sheet: Sheet) -> int:
    pen.write(MARGIN - 3, MARGIN - 12, sheet.title, 58, WHITE, WIDTH * 0.58)
    pen.write(WIDTH - MARGIN, MARGIN + 18, sheet.facts, 22, GREY, right=True)
    for index, line in enumerate(sheet.synopsis[:2]):
        pen.write(MARGIN, MARGIN + 74 + 38 * index, line, 25, GREY, WIDTH - 2 * MARGIN)
    return _head_height(sheet)


def _scene(pen: Pen, sheet: Sheet, scene: int, y: int) -> int:
    pen.line(MARGIN, WIDTH - MARGIN, y)
    if scene < len(sheet.scenes):
        said = sheet.scenes[scene]
        x = float(MARGIN)
        if said.number:
            x = pen.spaced(x, y + 24, said.number, 22, AMBER) + 16
        heading = pen.fitting(said.heading, 22, WIDTH * 0.5)
        x = pen.spaced(x, y + 24, heading, 22, WHITE) + 28
        pen.write(x, y + 24, " ".join(said.synopsis), 22, GREY, WIDTH - MARGIN - x)
    return y + SCENE - 34


def _tile(pen: Pen, tile: Tile, x: int, y: int, wide: int, high: int) -> None:
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
    if tile.speech:
        pen.write(x, top + 55, tile.speech, 17, DIM, wide)
