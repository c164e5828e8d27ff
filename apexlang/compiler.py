"""The driver: source -> typed film -> timeline, and from there, when something is to be made, `apexlang.making`.

Checking must start at once, so this module imports nothing heavy: `media` (av, Pillow) is loaded when a film has media to look
into, `making` (numba too) by the methods that plan and render. A test holds the package to these late imports.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from apexlang.diagnostics import Diagnostic, in_order
from apexlang.ir import model as ir
from apexlang.ir.load import load
from apexlang.ir.resolve import Settler
from apexlang.ir.session import Session as ReadingSession
from apexlang.lexicon.own import own_words
from apexlang.options import Options
from apexlang.plan.timeline import Timeline, lay_out
from apexlang.source import Source, World

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from apexlang.media import Seen
    from apexlang.plan.model import Plan, Shot
    from apexlang.plan.reasons import Why
    from apexlang.plan.shots import Generators
    from apexlang.render.events import Event
    from apexlang.render.run import Failure, Report
    from apexlang.units import Time


class FilmError(Exception):
    """The film has errors; `diagnostics` has them all, warnings too."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        self.diagnostics = diagnostics
        first = next((d for d in diagnostics if d.is_error), None)
        super().__init__(first.message if first else "the film has errors")


class Film:
    """A film that was read: what is wrong with it, and what can be made of it. Made by `compile`, or from an `ir.Film`
    that a program built: `Film(ir_film, World(folder))`."""

    def __init__(
        self,
        film: ir.Film | None,
        world: World,
        diagnostics: tuple[Diagnostic, ...] = (),
        sources: dict[str, Source] | None = None,
        options: Options | None = None,
        settler: Settler | None = None,
        seen: Seen | None = None,
    ) -> None:
        self.ir = film
        self._settler = settler
        self._seen = seen
        self.world = world
        self.sources = sources or {}
        self.options = options or Options()
        self._read = diagnostics

    @property
    def folder(self) -> Path:
        return self.world.root

    @property
    def stem(self) -> str:
        """What the film's outputs are called."""
        return Path(self.ir.path).stem if self.ir is not None and self.ir.path else "film"

    @cached_property
    def timeline(self) -> Timeline | None:
        """Where each shot stands, None where the film could not be read."""
        return lay_out(self.ir, self._settler) if self.ir is not None else None

    @cached_property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All that is to say about the film, in the order of its text: language, names, files, time, media."""
        words = own_words(self.world)
        if words.source is not None and words.diagnostics:
            self.sources.setdefault(words.source.path, words.source)
        found = [*self._read, *words.diagnostics]
        if self.timeline is not None:
            found += self.timeline.diagnostics
        if self.ir is not None and _has_media(self.ir):
            found += _media().inspect(self.ir, self.world, self._seen, self.timeline)
        return in_order(found)

    @property
    def ok(self) -> bool:
        return self.ir is not None and not any(d.is_error for d in self.diagnostics)

    def require(self) -> ir.Film:
        """The typed film. FilmError where it has errors."""
        if self.ir is None or not self.ok:
            raise FilmError(self.diagnostics)
        return self.ir

    def plan(self, only: Collection[str] = ()) -> Plan:
        """The timeline and every job with its key. FilmError where the film has errors; KeyError for a label it has not."""
        plan: Plan = self._project.plan(tuple(only))
        return plan

    def graph(self) -> str:
        """The one FFmpeg filtergraph of the whole film."""
        text: str = self._project.graph()
        return text

    def render(
        self,
        out: Path | str | None = None,
        *,
        whole: bool = False,
        only: Collection[str] = (),
        jobs: int | None = None,
        report: Callable[[Event], None] | None = None,
    ) -> Report | Failure:
        """Makes the film at `out` (default `out/STEM.mp4` beside it). `whole`: by the single filtergraph.
        FilmError where the film has errors; what fails while making is a Failure, and the last good output stays."""
        path = Path(out) if out is not None else None
        made: Report | Failure = self._project.render(path, whole, tuple(only), jobs, report)
        return made

    def still(
        self, label: str, at: Time | None = None, *, report: Callable[[Event], None] | None = None
    ) -> npt.NDArray[np.uint8] | Failure:
        """One finished frame of a shot as (height, width, 3) RGB; `at` counts from its cut (default: its middle)."""
        frame: npt.NDArray[np.uint8] | Failure = self._project.still(label, at, report)
        return frame

    def why(self) -> Why | Failure:
        """Every job of the film: whether it is there, and if not, what changed since the film was last made."""
        found: Why | Failure = self._project.why()
        return found

    def unstaged(self) -> list[tuple[Shot, tuple[str, ...]]]:
        """The shots of which the embedded stage will leave something out, and what. Nothing is drawn for it."""
        found: list[tuple[Shot, tuple[str, ...]]] = self._project.unstaged()
        return found

    def needed(self) -> set[str]:
        """The store's keys of all that the film is made of, in full and as a draft."""
        found: set[str] = self._project.needed()
        return found

    def hashes(self, *, whole: bool) -> list[str] | Failure:
        """The MD5 of every frame before encoding, by the whole film's one graph or by the segments' graphs."""
        found: list[str] | Failure = self._project.hashes(whole)
        return found

    @property
    def _project(self) -> Any:
        return _making().Project(self.require(), self.world, self.options, self.sources)


def compile(path: str | Path, *, options: Options | None = None) -> Film:
    """Reads the film at `path` and everything that it USEs. Never raises for what is in a file: see `.diagnostics`."""
    settled = options or Options()
    given = Path(path)
    world = World(given.parent, settled.allow)
    loaded = load(world, given.name, settled.variant)
    return Film(loaded.film, world, loaded.diagnostics, loaded.sources, settled)


class Session:
    """One film that is compiled again and again while it is edited. Each answer is what `compile` would give; what an edit does
    not touch costs nothing."""

    def __init__(self, path: str | Path, *, options: Options | None = None) -> None:
        given = Path(path)
        self.options = options or Options()
        self.world = World(given.parent, self.options.allow)
        self._name = given.name
        self._reading = ReadingSession(self.world)
        self._settler: Settler | None = None
        self._seen: Seen | None = None

    @property
    def seen(self) -> Seen:
        """What is known of the film's media files."""
        if self._seen is None:
            self._seen = _media().Seen(self.world)
        return self._seen

    def compile(self, text: str | None = None) -> Film:
        """The film as it stands on the disk, or with `text` in its place, which has not been saved yet."""
        if text is None:
            loaded = self._reading.load(self._name, self.options.variant)
        else:
            loaded = self._reading.load_source(Source(self._name, text), self.options.variant)
        if loaded.film is not None:
            self._settler = Settler(loaded.film, self._settler)
        seen = self.seen if loaded.film is not None and _has_media(loaded.film) else None
        return Film(loaded.film, self.world, loaded.diagnostics, loaded.sources, self.options, self._settler, seen)


def generators_here(options: Options | None = None) -> Generators:
    """How the planner chooses on this machine between the generators that a film names."""
    found: Generators = _making().chooser(options or Options())
    return found


def _has_media(film: ir.Film) -> bool:
    shots = (i for s in film.scenes for i in s.items if isinstance(i, ir.Shot))
    return bool(film.music) or any(s.sounds or isinstance(s.source, ir.Still | ir.Clip) for s in shots)


def _making() -> Any:
    from apexlang import making

    return making


def _media() -> Any:
    from apexlang import media

    return media
