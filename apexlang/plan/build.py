"""The planner: a typed film becomes a plan. Pure: what it must know of files, generators and tools is handed in."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from apexlang import collector
from apexlang.diagnostics import Diagnostic
from apexlang.ir import model as ir
from apexlang.lexicon.words import vocabulary
from apexlang.plan import model as plan
from apexlang.plan import shots as of_shot
from apexlang.plan.audio import sounds
from apexlang.plan.continuity import carried
from apexlang.plan.keys import SegmentKeys, Tools, film_key, mix_key
from apexlang.plan.keys import seed as seed_of
from apexlang.plan.timeline import Timeline, cut_up, lay_out
from apexlang.plan.words import captions, titles
from apexlang.source import Span

DRAFT = plan.Encoding(preset="ultrafast", crf=23, profile="baseline", level="4.0", keyint=12, streamed=True)
"""Drafts are what the preview plays: keyframes close together so that stepping and scrubbing are quick, no B-frames so that the
last frame before a hole is shown, and one profile and level for all, so that all have the same codec string."""


@dataclass(frozen=True)
class Planned:
    """The plan, what there is to say about it, and where each job comes from (by label of its shot)."""

    plan: plan.Plan | None
    diagnostics: tuple[Diagnostic, ...]
    places: dict[str, Span]


def check_time(
    film: ir.Film, assets: of_shot.Assets, timeline: Timeline | None = None
) -> tuple[Timeline, tuple[Diagnostic, ...]]:
    """The timeline (as it is given, where it is) and all that is wrong with time in it: no keys, no tools, nothing made."""
    timeline = timeline or lay_out(film)
    form = _format(film, draft=False)
    short = (of_shot.enough_footage(p, form, assets) for p in timeline.shots)
    return timeline, (*timeline.diagnostics, *(d for d in short if d is not None))


def build(
    film: ir.Film,
    *,
    assets: of_shot.Assets,
    generators: of_shot.Generators,
    tools: Tools,
    has: Callable[[str], bool] = lambda key: False,
    draft: bool = False,
    timeline: Timeline | None = None,
) -> Planned:
    """The plan of `film`; None where time has errors in it. `has(key)` says what the store holds already; `timeline` is the film's
    own where it is known."""
    with collector.paused():
        return _build(film, check_time(film, assets, timeline), assets, generators, tools, has, draft)


def _build(
    film: ir.Film,
    checked: tuple[Timeline, tuple[Diagnostic, ...]],
    assets: of_shot.Assets,
    generators: of_shot.Generators,
    tools: Tools,
    has: Callable[[str], bool],
    draft: bool,
) -> Planned:
    timeline, found = checked
    places = dict(zip(of_shot.labels(timeline.shots), (p.shot.span for p in timeline.shots), strict=True))
    located = {label: span for label, span in places.items() if span is not None}
    if any(d.severity == "error" for d in found):
        return Planned(None, found, located)
    form = _format(film, draft)
    encoding = DRAFT if draft else plan.Encoding()
    made = _shots(film, timeline, form, draft, assets, generators)
    segments = _segments(timeline, titles(timeline, form.rate), SegmentKeys(made, form, encoding), tools)
    audio = sounds(film, timeline, form, assets)
    spoken = captions(timeline, form.rate)
    mix = mix_key(audio, timeline.frames, form, tools)
    whole = film_key(film.title, segments, mix, spoken, form, tools)
    return Planned(
        plan.Plan.made(
            title=film.title,
            format=form,
            encoding=encoding,
            frames=timeline.frames,
            scenes=tuple(_scene_line(s) for s in film.scenes),
            shots=made,
            segments=tuple(segments),
            audio=audio,
            captions=spoken,
            jobs=_jobs(made, segments, mix, whole, has),
            mix_key=mix,
            film_key=whole,
        ),
        found,
        located,
    )


def _format(film: ir.Film, draft: bool) -> plan.Format:
    f = film.format
    scale = 0.5 if draft else 1.0
    return plan.Format(width=of_shot.even(f.width * scale), height=of_shot.even(f.height * scale), rate=f.rate)


def _scene_line(scene: ir.Scene) -> plan.SceneLine:
    heading = f"{scene.setting} {scene.place}" + (f" - {scene.time}" if scene.time else "")
    return plan.SceneLine.made(number=scene.number, heading=heading.strip(), synopsis=scene.synopsis)


def _shots(
    film: ir.Film,
    timeline: Timeline,
    form: plan.Format,
    draft: bool,
    assets: of_shot.Assets,
    generators: of_shot.Generators,
) -> tuple[plan.Shot, ...]:
    cast = {c.name: c for c in film.characters}
    names, identities = of_shot.labels(timeline.shots), of_shot.identities(timeline.shots)
    grades: dict[int, plan.Grade] = {}
    moves: dict[int, plan.Move] = {}
    made = []
    own_words = assets.own_words()
    before = carried(timeline.shots, vocabulary(own_words))
    for p, name, identity, left in zip(timeline.shots, names, identities, before, strict=True):
        # What is one object in the film is one in the plan: shots share it, and keys say it once.
        of_grade, of_move = id(p.effective.grade), id(p.effective.move)
        if of_grade not in grades:
            grades[of_grade] = of_shot.grade(p, assets)
        if of_move not in moves:
            moves[of_move] = of_shot.move(p, form.rate)
        made.append(
            plan.Shot.made(
                index=p.index,
                scene=p.scene_index,
                label=name,
                identity=identity,
                size=p.shot.size,
                start=p.start,
                frames=p.frames,
                head=p.head,
                tail=p.tail,
                picture=of_shot.picture(p, identity, cast, form, draft, assets, generators, left, own_words),
                grade=grades[of_grade],
                move=moves[of_move],
                seed=seed_of(identity),
            )
        )
    return tuple(made)


def _segments(timeline: Timeline, supers: Sequence[plan.Title], keys: SegmentKeys, tools: Tools) -> list[plan.Segment]:
    """The pieces with the titles that stand over each, and their keys."""
    made = []
    coming = deque(sorted(enumerate(supers), key=lambda each: each[1].start))
    standing: list[tuple[int, plan.Title]] = []
    for s in cut_up(timeline):
        while coming and coming[0][1].start < s.start + s.frames:
            standing.append(coming.popleft())
        if standing:
            standing = [each for each in standing if each[1].start + each[1].frames > s.start]
            s = s.but({"titles": tuple(t for _, t in sorted(standing, key=lambda each: each[0]))})
        made.append(s.but({"key": keys.key(s, tools)}))
    return made


def segment_label(segment: plan.Segment, shots: tuple[plan.Shot, ...]) -> str:
    """What people call a segment: `#a`, `#a to #b`, `black to #a`."""

    def name(part: plan.Slice) -> str:
        return "black" if part.shot is None else f"#{shots[part.shot].label}"

    return name(segment.a) if segment.b is None else f"{name(segment.a)} to {name(segment.b)}"


def _jobs(
    shots: tuple[plan.Shot, ...],
    segments: list[plan.Segment],
    mix: str,
    whole: str,
    has: Callable[[str], bool],
) -> tuple[plan.Job, ...]:
    jobs: dict[str, plan.Job] = {}

    def add(kind: str, key: str, label: str, inputs: tuple[str, ...] = ()) -> None:
        if key not in jobs:
            jobs[key] = plan.Job.made(kind=kind, key=key, label=label, inputs=inputs, done=has(key))

    for shot in shots:
        if shot.picture.kind == "generated":
            add("generate", shot.picture.key, f"#{shot.label}")
    for s in segments:
        pictures = [shots[p.shot].picture for p in (s.a, s.b) if p is not None and p.shot is not None]
        add("segment", s.key, segment_label(s, shots), tuple(p.key for p in pictures if p.kind == "generated"))
    add("mix", mix, "sound")
    add("mux", whole, "film", (*(s.key for s in segments), mix))
    return tuple(jobs.values())
