"""What a film was when it was last made, kept in the store, and from it why jobs are made now.

A note is found by the film (its file's name, its variant, draft or not) and by the place of this copy of it, so that two clones that
share a store are each compared with their own last render; a copy that was never rendered is compared with the latest of the others
that has the same title. Both are hashes: no name and no path is in the store's names. An excerpt (`--only`) has a note of its own.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from apexlang.ir import model as ir
from apexlang.options import Options
from apexlang.plan.keys import Tools, canonical
from apexlang.plan.model import Generated, Job, Plan
from apexlang.plan.reasons import Reason, Reasoned, Why
from apexlang.plan.timeline import lay_out
from apexlang.reading import causes, remembered
from apexlang.reading.causes import Before, Causes, shots_of
from apexlang.reading.remembered import Remembered
from apexlang.reading.shots import reel
from apexlang.reading.sides import Side
from apexlang.render.store import Store, notes
from apexlang.source import Source, World

PARTS = Reason("parts", "what it is made of changed")


@dataclass
class Memory:
    """The notes of one film in a store. `versions`: of the generators that were chosen, by the order of preference that they serve."""

    store: Store
    film: ir.Film
    world: World
    options: Options
    sources: Mapping[str, Source]
    tools: Tools
    chosen: Mapping[str, tuple[str, str]]
    _causes: dict[int, Causes | None] = field(default_factory=dict)

    @property
    def _name(self) -> str:
        return self.film.path or "film"

    @property
    def _id(self) -> str:
        return _hash(Path(self._name).name, self.film.variant, self.options.draft)

    @functools.cached_property
    def _place(self) -> str:
        return _hash(str(self.world.locate(self._name)))

    def note(self, excerpt: bool = False) -> Path:
        return self.store.notes.film(self._id, self._place + ("-only" if excerpt else ""))

    @functools.cached_property
    def _known(self) -> tuple[Literal["first", "here", "elsewhere"], tuple[Remembered, ...]]:
        """Where the notes are from, and the notes, the latest first: at most one of the film and one of an excerpt."""
        own = [r for excerpt in (False, True) if (r := remembered.read(notes.read(self.note(excerpt)))) is not None]
        if own:
            return "here", tuple(sorted(own, key=lambda r: -r.serial))
        for path in self.store.notes.films(self._id):
            other = remembered.read(notes.read(path))
            if other is not None and other.labels is None and other.title == self.film.title:
                return "elsewhere", (other,)
        return "first", ()

    def keep(self, plan: Plan, labels: Collection[str] | None = None, whole: bool = False) -> None:
        """Notes that the film was made by `plan`; `labels`: of an excerpt, the shots in it; `whole`: in one piece. Nothing depends
        on it."""
        serial = 1 + max((r.serial for r in self._known[1]), default=0)
        made = remembered.remember(
            plan, self.sources, self._name, self.film.variant, self.options.draft, self.chosen, self.tools, labels, whole, serial
        )  # fmt: skip
        self.store.write_note(self.note(labels is not None), made.model_dump(mode="json"))

    def touch(self) -> None:
        """Notes that the film and all that it is made of were used."""
        notes.touch(self.note())

    def reasoned(
        self,
        plan: Plan,
        made: Iterable[tuple[str, str, str]],
        labels: Collection[str] | None = None,
    ) -> tuple[Reasoned, ...]:
        """Why jobs of a film planned by `plan` are made: (kind, label, key) each. `labels`: of an excerpt, the shots in it."""
        shots = shots_of(plan)
        known = {job.key: job for job in plan.jobs}

        def one(kind: str, label: str, key: str) -> Reasoned:
            mine = shots.get(key, ())
            job = known.get(key)
            if job is None or kind in ("mix", "mux", "film"):
                reasons = self._of_all(plan, kind, key, labels)
            else:
                reasons = self._of_shots(plan, job, mine)
            return Reasoned(kind, key, label, "made", reasons, mine)

        return tuple(one(*job) for job in made)

    def why(self, plan: Plan, out: Path, is_there: Callable[[Path], bool]) -> Why:
        """Every job of the film with its state, and for what has to be made the reasons."""
        there = is_there(out)
        has = {job.key for job in plan.jobs if job.done}
        lacking = [] if there else [s for s in plan.segments if s.key not in has]
        shown = {p.shot for s in lacking for p in (s.a, s.b) if p is not None}
        needed = {s.key for s in lacking}
        needed |= {s.picture.key for s in plan.shots if s.index in shown and isinstance(s.picture, Generated)} - has
        if not there:
            needed |= {plan.film_key} | ({plan.mix_key} - has)
        shots = shots_of(plan)
        made = {r.key: r for r in self.reasoned(plan, [(j.kind, j.label, j.key) for j in plan.jobs if j.key in needed])}

        def state(job: Job) -> Reasoned:
            if job.key in made:
                return made[job.key]
            is_here = job.key in has or (job.kind == "mux" and there)
            return Reasoned(job.kind, job.key, job.label, "there" if is_here else "spare", (), shots.get(job.key, ()))

        jobs = [state(job) for job in plan.jobs]
        if not there and plan.film_key in self._keys:
            lost = Reason("lost", f"its file {out.name} is not there, or is another")
            jobs = [
                _with(job, lost) if job.key == plan.film_key and job.reasons == (causes.LOST,) else job for job in jobs
            ]
        return Why(plan.title, self._known[0], tuple(jobs), out.as_posix())

    # --- inside ---
    @property
    def _keys(self) -> frozenset[str]:
        return frozenset().union(*(r.keys for r in self._known[1]))

    def _of_shots(self, plan: Plan, job: Job, shots: Sequence[str]) -> tuple[Reason, ...]:
        """By the latest note in which the job's shots were made."""
        if job.key in self.store.damaged:
            return (causes.DAMAGED,)
        if job.key in self._keys:
            return (causes.LOST,)
        for index, note in enumerate(self._known[1]):
            if note.labels is None or set(shots) & set(note.labels):
                found = self._causes_of(index, plan)
                reasons = found.of(job) if found is not None else (causes.ELSE,)
                return (causes.WHOLE,) if note.whole and reasons == (causes.ELSE,) else reasons
        return (causes.FIRST,)

    def _of_all(self, plan: Plan, kind: str, key: str, labels: Collection[str] | None) -> tuple[Reason, ...]:
        """Of what is made of the whole film, or of an excerpt."""
        if key in self.store.damaged:
            return (causes.DAMAGED,)
        for index, note in enumerate(self._known[1]):
            if note.labels is None and labels is None:
                found = self._causes_of(index, plan)
                job = Job(kind="mix" if kind == "mix" else "mux", key=key, label="")
                return found.of(job) if found is not None else (causes.ELSE,)
            if note.labels is not None and labels is not None and set(note.labels) == set(labels):
                return (causes.LOST,) if key in note.keys else (PARTS,)
        return (causes.FIRST,)

    def _causes_of(self, index: int, plan: Plan) -> Causes | None:
        if index not in self._causes:
            note = self._known[1][index]
            before = remembered.side(note, self.world.root, self.options.allow)
            timeline = lay_out(self.film)
            new = Side("now", self.film, timeline, reel(self.film, timeline), plan)
            self._causes[index] = (
                Causes(
                    Before(before, note.keys, note.tools, dict(note.generators.values())),
                    new,
                    self.tools,
                    dict(self.chosen.values()),
                )
                if before is not None
                else None
            )
        return self._causes[index]


def _with(job: Reasoned, reason: Reason) -> Reasoned:
    return Reasoned(job.kind, job.key, job.label, job.state, (reason,), job.shots)


def _hash(*said: object) -> str:
    return hashlib.blake2b(canonical(list(said)).encode("utf-8"), digest_size=12).hexdigest()
