"""A part of a plan that is a film of its own: the named shots with the transitions that touch them, and their sound."""

from __future__ import annotations

from collections.abc import Collection

from apexlang.plan.keys import Tools, film_key, mix_key, samples
from apexlang.plan.model import Audio, Plan, Segment


def excerpt(plan: Plan, labels: Collection[str], tools: Tools) -> Plan:
    """The segments in which a shot of `labels` is seen, joined end to end. Segments keep their keys: what the whole film
    has made is not made again. KeyError names a label that no shot has."""
    known = {s.label for s in plan.shots}
    for label in labels:
        if label not in known:
            raise KeyError(label)
    wanted = {s.index for s in plan.shots if s.label in labels}
    kept = [s for s in plan.segments if {p.shot for p in (s.a, s.b) if p is not None} & wanted]
    runs = _runs(kept)
    segments: list[Segment] = []
    audio: list[Audio] = []
    captions = []
    at = 0
    for start, end, members in runs:
        shift = at - start
        for s in members:
            moved = tuple(t.model_copy(update={"start": t.start + shift}) for t in s.titles)
            segments.append(s.model_copy(update={"index": len(segments), "start": s.start + shift, "titles": moved}))
        for c in plan.captions:
            if start <= c.start < end:
                captions.append(c.model_copy(update={"start": c.start + shift, "frames": min(c.frames, end - c.start)}))
        a, b, to = (samples(f, plan.format) for f in (start, end, at))
        audio += [part for sound in plan.audio if (part := _cut(sound, a, b, to)) is not None]
        at += end - start
    mix = mix_key(audio, at, plan.format, tools)
    whole = film_key(plan.title, segments, mix, captions, plan.format, tools)
    used = {part.shot for s in segments for part in (s.a, s.b) if part is not None}
    shown = [plan.shots[i].picture for i in used if i is not None]
    pictures = {picture.key for picture in shown if picture.kind == "generated"}
    needed = pictures | {s.key for s in segments}
    jobs = [j for j in plan.jobs if j.kind in ("generate", "segment") and j.key in needed]
    ends = [j for j in plan.jobs if j.kind in ("mix", "mux")]
    renewed = {"mix": mix, "mux": whole}
    jobs += [j.model_copy(update={"key": renewed[j.kind], "done": False}) for j in ends]
    return plan.model_copy(
        update={
            "frames": at,
            "segments": tuple(segments),
            "audio": tuple(audio),
            "captions": tuple(captions),
            "jobs": tuple(jobs),
            "mix_key": mix,
            "film_key": whole,
        }
    )


def _runs(segments: list[Segment]) -> list[tuple[int, int, list[Segment]]]:
    """Stretches of film without a gap: (first frame, end, their segments)."""
    runs: list[tuple[int, int, list[Segment]]] = []
    for s in segments:
        if runs and runs[-1][1] == s.start:
            first, _, members = runs[-1]
            runs[-1] = (first, s.start + s.frames, [*members, s])
        else:
            runs.append((s.start, s.start + s.frames, [s]))
    return runs


def _cut(sound: Audio, a: int, b: int, to: int) -> Audio | None:
    """The part of `sound` between samples a and b, placed at `to`."""
    end = None if sound.length is None else sound.start + sound.length
    if sound.start >= b or (end is not None and end <= a):
        return None
    late = max(a - sound.start, 0)
    stop = b if end is None else min(end, b)
    start = max(sound.start, a)
    return sound.model_copy(
        update={
            "start": start - a + to,
            "skip": sound.skip + late,
            "length": stop - start,
            "fade_in": 0 if late else sound.fade_in,
            "fade_out": sound.fade_out if end is not None and end <= b else 0,
        }
    )
