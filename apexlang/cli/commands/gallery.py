"""`apexc gallery`: a page of everything that the embedded stage understands."""

from __future__ import annotations

import re
import tempfile
from dataclasses import replace
from pathlib import Path

from apexlang.cli import say
from apexlang.cli.commands.sheet import progress
from apexlang.cli.commands.still import keep
from apexlang.cli.gallery.entries import SECTIONS, Entry, entries, film
from apexlang.cli.gallery.page import Leaf, page
from apexlang.compiler import compile
from apexlang.diagnostics import suggest
from apexlang.options import Options
from apexlang.render.run import Failure

_SIZES = (64, 1920)


def run(folder: Path, options: Options, only: tuple[str, ...], size: str) -> int:
    """Exit status 1 if a picture could not be made; it stands on the page with the reason."""
    shape = _shape(size)
    if shape is None:
        return say.usage(f"`--size {size}`: write it as 480x270, each side {_SIZES[0]} to {_SIZES[1]}")
    for name in only:
        if name not in SECTIONS:
            near = suggest(name, SECTIONS)
            return say.usage(
                f"no section `{name}`; " + (f"did you mean `{near}`?" if near else "there are " + ", ".join(SECTIONS))
            )
    wanted = [name for name in SECTIONS if not only or name in only]
    chosen = [entry for entry in entries() if entry.section in wanted]
    try:
        leaves = _leaves(chosen, shape, replace(options, store=options.store or folder / ".apex", generator="previz"))
    except KeyboardInterrupt:
        say.err("Stopped. The pictures that were finished are kept: the same command goes on.")
        return say.STOPPED
    sections = [(name, [leaf for leaf in leaves if leaf.entry.section == name]) for name in wanted]
    status = keep(folder / "index.html", page(sections).encode())
    failed = [leaf for leaf in leaves if isinstance(leaf.picture, str)]
    for leaf in failed:
        say.failure(f"{leaf.entry.section}: {leaf.entry.title}: {leaf.picture}")
    return say.FAILED if failed else status


def _leaves(chosen: list[Entry], size: tuple[int, int], options: Options) -> list[Leaf]:
    """All pictures, by one film that has a scene for each, read from a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="apex-gallery-") as folder:
        path = Path(folder) / "gallery.apex"
        path.write_text(film(chosen, size), "utf-8")
        read = compile(path, options=replace(options, store=(options.store or Path()).resolve()))
        read.require()
        leaves: list[Leaf] = []
        with progress() as shown:
            task = shown.add_task("pictures", total=len(chosen))
            for entry in chosen:
                frame = read.still(entry.label)
                leaves.append(Leaf(entry, frame.message if isinstance(frame, Failure) else frame))
                shown.advance(task)
    return leaves


def _shape(text: str) -> tuple[int, int] | None:
    match = re.fullmatch(r"(\d{2,4})x(\d{2,4})", text)
    if match is None:
        return None
    size = int(match[1]) // 2 * 2, int(match[2]) // 2 * 2
    return size if all(_SIZES[0] <= side <= _SIZES[1] for side in size) else None
