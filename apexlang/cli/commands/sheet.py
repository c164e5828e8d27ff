"""`apexc sheet`: the film on one page, or as a storyboard of many."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from apexlang.cli import say
from apexlang.cli.commands.still import keep, save
from apexlang.cli.sheets import storyboard, wall, web
from apexlang.cli.sheets.panels import Panel, Sheet, panels
from apexlang.options import Options
from apexlang.plan.model import Plan
from apexlang.units import timecode


@dataclass(frozen=True)
class Wish:
    """As what the sheet is drawn: a picture, unless one of these is asked for; `paper` of the storyboard."""

    pdf: bool = False
    html: bool = False
    paper: str = "a4"


def run(file: Path, options: Options, out: Path | None, wish: Wish) -> int:
    """A shot whose picture cannot be made stands on the sheet with the reason; the exit status is then 1."""
    if wish.paper not in storyboard.PAPERS:
        return say.usage(f"`--paper {wish.paper}`: there are {' and '.join(storyboard.PAPERS)}")
    film = say.opened(file, options)
    if not film.ok or film.ir is None:
        return say.FAILED
    plan = film.plan()
    made: list[Panel] = []
    try:
        with progress() as shown:
            task = shown.add_task("pictures", total=len(plan.shots))
            for panel in panels(film, plan):
                made.append(panel)
                shown.advance(task)
    except KeyboardInterrupt:
        say.err("Stopped. The pictures that were finished are kept.")
        return say.STOPPED
    sheet = Sheet(plan.title or film.stem, film.ir.synopsis, _facts(plan), plan.scenes, tuple(made))
    status = _draw(sheet, wish, out, film.folder / "out" / film.stem)
    failed = [panel for panel in made if isinstance(panel.picture, str)]
    for panel in failed:
        say.failure(f"shot #{panel.label}: {panel.picture}")
    return say.FAILED if failed else status


def _draw(sheet: Sheet, wish: Wish, out: Path | None, stem: Path) -> int:
    if wish.pdf:
        data = io.BytesIO()
        storyboard.write(sheet, data, storyboard.PAPERS[wish.paper])
        return keep(out or stem.with_name(f"{stem.name}-storyboard.pdf"), data.getvalue())
    if wish.html:
        return keep(out or stem.with_name(f"{stem.name}-sheet.html"), web.page(sheet).encode("utf-8", "replace"))
    return save(wall.draw(sheet), out or stem.with_name(f"{stem.name}-sheet.png"))


def progress() -> Progress:
    """On a terminal only: the result is named at the end in any case."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(bar_width=28), MofNCompleteColumn())
    return Progress(*columns, console=console, transient=True, disable=not sys.stderr.isatty())


def _facts(plan: Plan) -> str:
    rate = plan.format.rate
    size = f"{plan.format.width} x {plan.format.height}"
    return f"{size}   ·   {float(rate.fps):.6g} fps   ·   {say.plural(len(plan.shots), 'shot')}   ·   {timecode(plan.frames, rate)}"
