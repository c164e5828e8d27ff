"""What watching shows in the terminal: errors as you type, what is being made and what it cost. A line at the bottom that lives on a
terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from rich.console import Console
from rich.live import Live
from rich.text import Text

from apexlang.cli import say
from apexlang.diagnostics import Diagnostic, visible
from apexlang.preview.events import Begun, Ended, Event, Going, Pages, Read, Remark, Shown
from apexlang.preview.film import Reading
from apexlang.units import timecode

_NAMED = 3
_WORDS = {"picture": "picture {}", "segment": "segment {}", "sound": "the sound"}


class Lines:
    """Told everything that happens, by one thread; says what a person would want to know, in lines."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._going: dict[str, tuple[str, float]] = {}
        self._found: tuple[Diagnostic, ...] = ()
        self._gone = False
        self._left = 0
        self._made = 0
        self._since = time.monotonic()
        self._pages = 0
        self._cut: tuple[int, str] | None = None

    def __enter__(self) -> Lines:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def __call__(self, event: Event) -> None:
        match event:
            case Read():
                self._read(event)
            case Begun(what=what, key=key, label=label):
                self._going[key] = (name(what, label), 0.0)
            case Going(key=key, share=share) if key in self._going:
                self._going[key] = (self._going[key][0], share)
            case Ended():
                self._ended(event)
            case Shown(label=label, ms=ms):
                self._line(f"  the frame of {handle(label)} shown after {ms} ms", "dim")
            case Remark(text=text):
                self._line(f"  note: {visible(text)}")
            case Pages(count=count):
                self._pages = count
            case _:
                pass
        self._refresh()

    # --- what is said ---
    def _read(self, event: Read) -> None:
        reading = event.reading
        if reading.gone:
            if not self._gone:
                self._line(f"{say.shown(self._file)} is not there: waiting for it", "warn")
            self._gone = True
            return
        self._gone = False
        if reading.diagnostics != self._found:
            had_errors = any(d.is_error for d in self._found)
            self._found = reading.diagnostics
            self._above(lambda: say.show(reading.diagnostics, reading.film.sources, self._file.parent))
            if had_errors and reading.cut is not None:
                self._line("No errors any more.", "good")
        if reading.cut is None:
            if self._cut is not None:
                self._line("The last good film stays.", "dim")
            return
        self._opened(reading, event.first, event.pieces)

    def _opened(self, reading: Reading, first: bool, pieces: int) -> None:
        assert reading.cut is not None
        plan = reading.cut.plan
        length = timecode(plan.frames, plan.format.rate)
        self._cut = (len(reading.cut.by_key), length)
        self._left = pieces
        self._made, self._since = 0, time.monotonic()
        todo = f"{say.plural(pieces, 'piece')} to make" if pieces else "everything is made"
        if first:
            self._line(f"{visible(plan.title)}: {say.plural(len(plan.shots), 'shot')}, {length}; {todo}.")
        else:
            self._line(f"{time.strftime('%H:%M:%S')} saved: {todo} (read in {reading.ms:.0f} ms).")

    def _ended(self, event: Ended) -> None:
        self._going.pop(event.key, None)
        if event.failure is not None:
            self._line(f"  {name(event.what, event.label)}: {visible(event.failure.message)}", "bad")
        elif event.made:
            self._line(f"  {name(event.what, event.label)}: {event.seconds:.1f} s", "dim")
            if event.what == "segment":
                self._made += 1
                self._left = max(0, self._left - 1)
                if not self._left:
                    self._line(
                        f"All is made: {say.plural(self._made, 'piece')} in {time.monotonic() - self._since:.1f} s."
                    )

    # --- where it is said ---
    def _line(self, text: str, style: str = "") -> None:
        self._above(lambda: say.err(say.paint(style, text, sys.stderr) if style else text))

    def _above(self, write: Callable[[], object]) -> None:
        write()

    def _refresh(self) -> None:
        return None


class Screen(Lines):
    """On a terminal: the same lines, and one at the bottom that says how it stands."""

    def __init__(self, file: Path) -> None:
        super().__init__(file)
        self._console = Console(stderr=True, highlight=False)
        self._live = Live(console=self._console, refresh_per_second=8, transient=True, get_renderable=self._status)

    def __enter__(self) -> Screen:
        self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._live.stop()

    def _status(self) -> Text:
        errors = sum(d.is_error for d in self._found)
        parts = []
        if self._cut is not None:
            count, length = self._cut
            parts.append(f"{count - self._left} of {say.plural(count, 'piece')} made, {length}")
        going = [f"{what} {share:.0%}" if share else what for what, share in self._going.values()]
        parts += [f"making {', '.join(going[:_NAMED])}"] if going else []
        parts += [say.plural(errors, "error")] if errors else []
        parts += [f"{say.plural(self._pages, 'page')} open"] if self._pages else []
        text = Text("  ".join(parts) or "reading", overflow="ellipsis", no_wrap=True)
        text.stylize("red" if errors else "yellow" if going else "cyan")
        return text


def display(file: Path) -> Lines:
    """The living line on a terminal, else plain lines."""
    return Screen(file) if sys.stderr.isatty() else Lines(file)


def name(what: str, label: str) -> str:
    return _WORDS.get(what, what).format(handle(label))


def handle(label: str) -> str:
    return label if " to #" in label or label.startswith(("#", "black ")) else f"#{label}"
