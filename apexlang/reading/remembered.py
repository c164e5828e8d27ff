"""A film as it was when it was last made: its texts, the digests of its files, the tools; enough to plan it again as it was.

Texts are kept rather than values: what differs is then told by the same comparison that tells two versions apart, in the same words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from apexlang.ir.load import load
from apexlang.plan.keys import Tools
from apexlang.plan.model import ClipFile, Plan, StillFile
from apexlang.reading.sides import Side, of_film
from apexlang.source import STD, Problem, Source, World

VERSION = 1


class Remembered(BaseModel):
    """`name`: of the film's file in its project. `texts`, `digests`: by path within the project. `generators`: what served an order of
    preference (joined by commas): name and version. `whole`: it was rendered in one piece, without segments. `labels`: the shots
    that were made, None: all. `jobs`: (kind, label, key). `serial`: a later one is greater."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    version: int = VERSION
    serial: int = 0
    name: str
    title: str
    variant: str | None = None
    draft: bool = False
    texts: dict[str, str]
    digests: dict[str, str]
    generators: dict[str, tuple[str, str]]
    tools: Tools
    labels: tuple[str, ...] | None = None
    whole: bool = False
    jobs: tuple[tuple[str, str, str], ...]

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(key for _, _, key in self.jobs)


@dataclass
class Remembering:
    """The planner's `Generators`, which remembers what it chose."""

    chooser: Any
    chosen: dict[str, tuple[str, str]] = field(default_factory=dict)

    def choose(self, order: Sequence[str]) -> tuple[str, str]:
        name = ",".join(order)
        if name not in self.chosen:
            self.chosen[name] = self.chooser.choose(order)
        return self.chosen[name]

    @property
    def versions(self) -> dict[str, str]:
        return dict(self.chosen.values())


def remember(
    plan: Plan,
    sources: Mapping[str, Source],
    name: str,
    variant: str | None,
    draft: bool,
    generators: Mapping[str, tuple[str, str]],
    tools: Tools,
    labels: Iterable[str] | None = None,
    whole: bool = False,
    serial: int = 0,
) -> Remembered:
    """What to remember of a film that was made by `plan`."""
    files = {a.path: a.digest for a in plan.audio}
    for shot in plan.shots:
        if isinstance(shot.picture, StillFile | ClipFile):
            files[shot.picture.path] = shot.picture.digest
        if shot.grade.lut is not None and shot.grade.lut_digest is not None:
            files[shot.grade.lut] = shot.grade.lut_digest
    return Remembered(
        serial=serial,
        name=name,
        title=plan.title,
        variant=variant,
        draft=draft,
        texts={path: source.text for path, source in sources.items()},
        digests=files,
        generators=dict(generators),
        tools=tools,
        labels=tuple(labels) if labels is not None else None,
        whole=whole,
        jobs=tuple((job.kind, job.label, job.key) for job in plan.jobs if not (whole and job.kind == "segment")),
    )


def read(said: Mapping[str, Any] | None) -> Remembered | None:
    """From plain JSON; None for anything that is none of ours, or of another version."""
    if said is None or said.get("version") != VERSION:
        return None
    try:
        return Remembered.model_validate(said)
    except ValidationError:
        return None


def side(remembered: Remembered, root: Path, allow: tuple[Path, ...] = ()) -> Side | None:
    """The film as it was, planned as it was; None where its texts cannot be read any more."""
    world = Then(root, remembered, allow)
    loaded = load(world, remembered.name, remembered.variant)
    if loaded.film is None:
        return None
    chosen = Chosen(remembered.generators)
    made = of_film(
        loaded.film,
        world,
        "the last render",
        chosen,
        loaded.diagnostics,
        loaded.sources,
        remembered.tools,
        remembered.draft,
    )
    return None if made.plan is None else made


@dataclass(frozen=True)
class Chosen:
    """The generators that served when the film was made."""

    known: Mapping[str, tuple[str, str]]

    def choose(self, order: Sequence[str]) -> tuple[str, str]:
        return self.known.get(",".join(order), (order[0], ""))


class Then(World):
    """A project as it was. Nothing on the disk is read."""

    def __init__(self, root: Path, remembered: Remembered, allow: tuple[Path, ...] = ()) -> None:
        super().__init__(root, allow)
        self._texts = {path: Source(path, text) for path, text in remembered.texts.items()}
        self._files = remembered.digests

    def read(self, path: str | Path) -> Source | Problem:
        name = path.as_posix() if isinstance(path, Path) else path
        if name in self._texts:
            return self._texts[name]
        if name.startswith(STD):
            return super().read(name)
        resolved = self.resolve("", name)
        if isinstance(resolved, str) and resolved in self._texts:
            return self._texts[resolved]
        return Problem("E0501", f"no file `{name}`")

    def exists(self, rel: str) -> bool:
        return rel in self._files or rel in self._texts

    def missing(self, rel: str) -> Problem | None:
        return None if self.exists(rel) else Problem("E0501", f"no file `{rel}`")

    def digest(self, rel: str) -> str:
        return self._files.get(rel, f"missing {rel}")
