"""`apexc sheet`: a contact sheet of the film."""

from __future__ import annotations

import sys
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from apexlang.cli import say
from apexlang.cli.commands.plan import source
from apexlang.cli.commands.still import save
from apexlang.cli.contact_sheet import Sheet, Tile, draw
from apexlang.compiler import Film
from apexlang.options import Options
from apexlang.plan.model import Generated, Plan, Shot
from apexlang.render.run import Failure
from apexlang.units import timecode


def run(file: Path, options: Options, out: Path | None) -> int:
    """A shot whose picture cannot be made stands on the sheet with the reason; the exit status is then 1."""
    film = say.opened(file, options)
    if not film.ok or film.ir is None:
        return say.FAILED
    plan = film.plan()
    tiles: list[Tile] = []
    try:
        with _progress() as progress:
            task = progress.add_task("pictures", total=len(plan.shots))
            for shot in plan.shots:
                tiles.append(_tile(film, plan, shot))
                progress.advance(task)
    except KeyboardInterrupt:
        say.err("Stopped. The pictures that were finished are kept.")
        return say.STOPPED
    picture = draw(Sheet(plan.title or film.stem, film.ir.synopsis, _facts(plan), plan.scenes, tuple(tiles)))
    status = save(picture, out or film.folder / "out" / f"{film.stem}-sheet.png")
    failed = [tile for tile in tiles if isinstance(tile.picture, str)]
    for tile in failed:
        say.failure(f"shot #{tile.label}: {tile.picture}")
    return say.FAILED if failed else status


def _progress() -> Progress:
    """On a terminal only: the result is named at the end in any case."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(bar_width=28), MofNCompleteColumn())
    return Progress(*columns, console=console, transient=True, disable=not sys.stderr.isatty())


def _facts(plan: Plan) -> str:
    rate = plan.format.rate
    size = f"{plan.format.width} x {plan.format.height}"
    return f"{size}   ·   {float(rate.fps):.6g} fps   ·   {say.plural(len(plan.shots), 'shot')}   ·   {timecode(plan.frames, rate)}"


def _tile(film: Film, plan: Plan, shot: Shot) -> Tile:
    frame = film.still(shot.label)
    said = [caption for caption in plan.captions if shot.start <= caption.start < shot.start + shot.frames]
    request = shot.picture.request if isinstance(shot.picture, Generated) else None
    by = (
        (f"{request.lens_mm:g}mm", f"f/{request.aperture:g}") if request else (source(shot.picture).rpartition("/")[2],)
    )
    seconds = float(plan.format.rate.seconds(shot.frames))
    return Tile(
        picture=frame.message if isinstance(frame, Failure) else frame,
        scene=shot.scene,
        number=shot.index + 1,
        label=shot.label,
        starts=timecode(shot.start, plan.format.rate),
        details=" · ".join((shot.size, *by)),
        length=f"{shot.frames}f · {seconds:.2f}s",
        speech=f"{said[0].who}: {said[0].text}" if said else "",
    )
