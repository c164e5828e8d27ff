"""`apexc check --fix`: what can be put right at once is put right, until nothing more can."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from apexlang.compiler import Film
from apexlang.diagnostics import apply
from apexlang.ir import load
from apexlang.options import Options
from apexlang.source import Source, World

ROUNDS = 24
"""A fix may bring another to light. So often the film is looked at again, at most."""


@dataclass
class Fixed:
    """A film with its fixes made, in memory. `before` and `after`: the texts that changed, by path."""

    film: Film
    made: int = 0
    before: dict[str, Source] = field(default_factory=dict)
    after: dict[str, Source] = field(default_factory=dict)


def fixed(file: Path, options: Options) -> Fixed:
    """Makes every safe fix, in the film and in the files of its project that it uses. Nothing is written."""
    world = World(file.parent, options.allow)
    name = file.name
    loaded = load(world, name)
    result = Fixed(Film(loaded.film, world, loaded.diagnostics, loaded.sources, options))
    seen: set[tuple[str, ...]] = set()
    left_out: set[tuple[str, str, str]] = set()
    for _ in range(ROUNDS):
        own = {path: source for path, source in loaded.sources.items() if _is_own(path)}
        wanted = [f for d, f in _safe(loaded.diagnostics) if _mark(d, f, own) not in left_out]
        changed, made = apply(wanted, own)
        if not made:
            break
        state = tuple(changed[path].text for path in sorted(changed))
        if state in seen:
            break
        seen.add(state)
        before = dict(world.unsaved)
        world.unsaved.update(changed)
        again = load(world, name)
        worse = _worse(loaded.diagnostics, again.diagnostics)
        if worse:
            left_out |= {_mark(d, f, own) for d, f in _safe(loaded.diagnostics) if d.span and d.span.line in worse[d.span.path]}
            if worse_made := [f for f in made if f.span.line in worse[f.span.path]]:
                del worse_made
                world.unsaved.clear()
                world.unsaved.update(before)
                continue
        for path in changed:
            result.before.setdefault(path, own[path])
        result.made += len(made)
        loaded = again
    result.after = {path: world.unsaved[path] for path in result.before}
    result.film = Film(loaded.film, world, loaded.diagnostics, loaded.sources, options)
    return result
