"""Fixes made in memory: what can be put right at once is, until nothing more can.

A fix that would bring new errors with it is left for a person to look at: where many are made at once, halves of them are tried
until those that do are found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from apexlang.compiler import Film
from apexlang.diagnostics import Diagnostic, Fix, apply, safe_fixes
from apexlang.ir.load import Loaded, load
from apexlang.options import Options
from apexlang.plan.timeline import lay_out
from apexlang.source import STD, Source, World

ROUNDS = 24
"""A fix may bring another to light: so often the film is looked at again, at most."""

TRIES = 200
"""So often a film is read again in all, at most, in search of fixes that do harm."""


@dataclass
class Fixed:
    """A film with its fixes made, nothing written. `before` and `after`: the texts that changed, by path; `made`: how many
    places of each were changed."""

    film: Film
    made: Counter[str] = field(default_factory=Counter)
    before: dict[str, Source] = field(default_factory=dict)
    after: dict[str, Source] = field(default_factory=dict)


def fixed(path: Path, options: Options) -> Fixed:
    """Makes every safe fix, in the film and in the files of its project that it uses."""
    world = World(path.parent, options.allow)
    work = _Work(world, path.name, options.variant)
    work.until_done()
    loaded = work.loaded
    film = Film(loaded.film, world, loaded.diagnostics, loaded.sources, options)
    after = {name: source for name, source in loaded.sources.items() if name in work.before}
    return Fixed(film, work.made, {name: work.before[name] for name in after}, after)


class _Work:
    """The film as it stands with the fixes made so far."""

    def __init__(self, world: World, name: str, variant: str | None) -> None:
        self._world = world
        self._name = name
        self._variant = variant
        self._tries = TRIES
        self.made: Counter[str] = Counter()
        self.before: dict[str, Source] = {}
        self.loaded = load(world, name, variant)

    def until_done(self) -> None:
        seen: set[tuple[str, ...]] = set()
        for _ in range(ROUNDS):
            own = _own(self.loaded)
            state = tuple(own[name].text for name in sorted(own))
            wanted = [
                fix for fix in safe_fixes(self.loaded.diagnostics) if all(span.path in own for span, _ in fix.edits)
            ]
            if state in seen or not self._make(wanted):
                return
            seen.add(state)

    def _make(self, fixes: Sequence[Fix]) -> bool:
        """Makes the fixes that do no harm. Whether there were any. Places are those of the film as it is now."""
        own = _own(self.loaded)
        good = self._harmless(fixes, own)
        changed, made = apply(good, own)
        changed = {name: source for name, source in changed.items() if source.text != own[name].text}
        if not changed:
            return False
        for name in changed:
            self.before.setdefault(name, own[name])
        self.made.update(span.path for fix in made for span, _ in fix.edits[:1])
        self._world.unsaved.update(changed)
        self.loaded = load(self._world, self._name, self._variant)
        return True

    def _harmless(self, fixes: Sequence[Fix], own: dict[str, Source]) -> list[Fix]:
        """The fixes that together bring no new error."""
        good: list[Fix] = []
        waiting = [list(fixes)] if fixes else []
        while waiting:
            group = waiting.pop()
            if not self._harms([*good, *group], own):
                good += group
            elif len(group) > 1 and self._tries:
                half = len(group) // 2
                waiting += [group[half:], group[:half]]
        return good

    def _harms(self, fixes: Sequence[Fix], own: dict[str, Source]) -> bool:
        if not self._tries:
            return True
        self._tries -= 1
        changed, _ = apply(fixes, own)
        kept = dict(self._world.unsaved)
        self._world.unsaved.update(changed)
        again = load(self._world, self._name, self._variant)
        self._world.unsaved = kept
        errors = [d for d in _all(again) if d.is_error]
        stay = len(errors) - len(safe_fixes(errors))  # one that has a safe fix of its own is put right next
        return stay > sum(d.is_error for d in _all(self.loaded))


def _all(loaded: Loaded) -> tuple[Diagnostic, ...]:
    """What is wrong with a film, its times too."""
    return (*loaded.diagnostics, *(lay_out(loaded.film).diagnostics if loaded.film is not None else ()))


def _own(loaded: Loaded) -> dict[str, Source]:
    """The files of the project itself: neither the library's nor those of folders that are allowed besides."""
    return {
        name: source
        for name, source in loaded.sources.items()
        if not name.startswith((STD, "../")) and not Path(name).is_absolute()
    }
