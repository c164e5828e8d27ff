"""The pictures of these pages, made by the program from the films that stand in the pages, and of all that the stage understands:
`make pictures`; with names of files, only those.

Above a picture stands a mark, `made of the film above by `make pictures``, and what the picture is: `sheet`, the contact sheet, or
`frames 20 48`, frames of the rendered film, three to a row.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import av
from PIL import Image, ImageDraw

import apexlang
from apexlang.cli.gallery.entries import entries, film
from apexlang.render.titles import font_for

DOCS = Path(__file__).parent
PAPER = (15, 17, 20)
GAP, COLUMNS, WIDTH = 12, 3, 1440

_MADE = re.compile(
    r"```apex\n(?P<film>(?:(?!```).)*)```\n\n<!-- made of the film above by `make pictures`: (?P<what>[a-z]+)(?P<numbers>[\d ]*) -->\n"
    r"!\[[^\]]*\]\((?P<path>[^)]+)\)",
    re.S,
)


class Picture(NamedTuple):
    """A picture of a page: the film's text, `sheet` or `frames`, which frames, and the file."""

    film: str
    what: str
    frames: tuple[int, ...]
    file: Path


def pictures(page: Path) -> list[Picture]:
    """The pictures that a page has made of its films."""
    return [
        Picture(m["film"], m["what"], tuple(map(int, m["numbers"].split())), page.parent / m["path"])
        for m in _MADE.finditer(page.read_text("utf-8"))
    ]


def _apexc(*words: str | Path) -> None:
    subprocess.run([sys.executable, "-m", "apexlang.cli", *words], cwd=DOCS.parent, check=True)


def _frames(film: Path, numbers: tuple[int, ...]) -> Image.Image:
    """Frames of a film beside each other."""
    with av.open(str(film)) as container:
        found = {n: frame.to_image() for n, frame in enumerate(container.decode(video=0)) if n in numbers}
    tiles = [found[n] for n in numbers]
    w, h = tiles[0].size
    rows = -(-len(tiles) // COLUMNS)
    paper = Image.new("RGB", (GAP + COLUMNS * (w + GAP), GAP + rows * (h + GAP)), PAPER)
    for i, tile in enumerate(tiles):
        paper.paste(tile, (GAP + i % COLUMNS * (w + GAP), GAP + i // COLUMNS * (h + GAP)))
    return paper


def make(picture: Picture) -> None:
    with tempfile.TemporaryDirectory() as folder:
        film = Path(folder) / "film.apex"
        film.write_text(picture.film, "utf-8")
        out = Path(folder) / ("film.mp4" if picture.what == "frames" else "sheet.png")
        _apexc("render" if picture.what == "frames" else "sheet", film, "-o", out)
        image = _frames(out, picture.frames) if picture.what == "frames" else Image.open(out).convert("RGB")
        image = image.resize((WIDTH, round(WIDTH * image.height / image.width)), Image.Resampling.LANCZOS)
        picture.file.parent.mkdir(exist_ok=True)
        image.save(picture.file, quality=88)


STAGE = {
    "stage_sizes": ("sizes",), "stage_camera": ("angles", "lenses", "apertures"), "stage_composition": ("composition",),
    "stage_light": ("light",), "stage_rigs": ("rigs and moods",), "stage_hours": ("times of day", "weather"),
    "stage_manners": ("looks", "genres", "directors", "palettes"), "stage_places": ("places",), "stage_people": ("people",),
    "stage_emotions": ("emotions",), "stage_actions": ("actions",), "stage_things": ("things",),
}  # fmt: skip
"""The pictures of `previz.md`, and which sections of the gallery each shows."""

ACROSS, THUMB, LINE = 6, (230, 129), 22


def vocabulary(name: str) -> Path:
    """Thumbnails of sections of the gallery, each with its title."""
    chosen = [e for section in STAGE[name] for e in entries() if e.section == section]
    rows = -(-len(chosen) // ACROSS)
    wide, high = THUMB[0] + GAP, THUMB[1] + LINE + GAP
    paper = Image.new("RGB", (GAP + ACROSS * wide, GAP + rows * high), PAPER)
    pen = ImageDraw.Draw(paper)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "gallery.apex"
        path.write_text(film(chosen, (480, 270)), "utf-8")
        read = apexlang.compile(path)
        for n, entry in enumerate(chosen):
            frame = read.still(entry.label)
            thumb = Image.fromarray(frame).resize(THUMB, Image.Resampling.LANCZOS)  # type: ignore[arg-type]
            x, y = GAP + n % ACROSS * wide, GAP + n // ACROSS * high
            paper.paste(thumb, (x, y))
            title = entry.title.partition(":")[0]
            pen.text((x, y + THUMB[1] + 4), title, (170, 174, 180), font_for(title, 13))
    target = DOCS / "images" / f"{name}.jpg"
    paper.save(target, quality=86)
    return target


if __name__ == "__main__":
    wanted = sys.argv[1:]
    for page in sorted(DOCS.glob("*.md")):
        for picture in pictures(page):
            if not wanted or picture.file.name in wanted:
                make(picture)
                print(picture.file.relative_to(DOCS.parent), flush=True)
    for name in STAGE:
        if not wanted or f"{name}.jpg" in wanted:
            print(vocabulary(name).relative_to(DOCS.parent), flush=True)
