"""From a placed shot to what the plan says of it: its picture, its request to a generator, its grade and its move."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from typing import Protocol

from apexlang.diagnostics import Diagnostic, error
from apexlang.ir import model as ir
from apexlang.ir.resolve import Effective
from apexlang.lexicon.words import stems, words_of
from apexlang.plan import model as plan
from apexlang.plan.continuity import NOTHING, Carried
from apexlang.plan.keys import canonical, picture_key, seed
from apexlang.plan.timeline import Placed, no_such_time
from apexlang.units import Rate

OVERSCAN = (5, 4)
"""Pictures are generated this much larger than the frame: room for a push, and a new move never costs a new picture."""

LENSES = {
    "extreme wide": 24.0,
    "establishing": 24.0,
    "wide": 28.0,
    "full": 35.0,
    "medium wide": 35.0,
    "medium": 40.0,
    "two-shot": 40.0,
    "over the shoulder": 50.0,
    "medium close-up": 65.0,
    "close-up": 85.0,
    "extreme close-up": 100.0,
    "insert": 60.0,
    "pov": 28.0,
}
"""The lens that a size is shot with when nothing says otherwise, mm on a 36 mm wide sensor."""

PUSH_ZOOM = 1.15
PAN_ZOOM = 1.15
USUAL_UNREST = 0.3


class Assets(Protocol):
    """What the planner asks of files. `footage_frames`: frames at the film's rate, None when it cannot be told; `own_words`: what the
    film adds to the stage's vocabulary, (section, word, meaning)."""

    def digest(self, path: str) -> str: ...

    def footage_frames(self, path: str) -> int | None: ...

    def own_words(self) -> tuple[tuple[str, str, str], ...]: ...


class Generators(Protocol):
    """Which generator serves an order of preference: its name, and the version that enters the key."""

    def choose(self, order: Sequence[str]) -> tuple[str, str]: ...


def labels(shots: Sequence[Placed]) -> tuple[str, ...]:
    """What people call each shot: its label, or scene and shot number (`2.3`)."""
    return tuple(p.shot.label or f"{p.scene_index + 1}.{p.number_in_scene}" for p in shots)


def identities(shots: Sequence[Placed]) -> tuple[str, ...]:
    """What stays the same through edits: the label, else a hash of what the shot says (and a count where two say the same)."""
    seen: dict[str, int] = {}
    found: list[str] = []
    for p in shots:
        if p.shot.label:
            found.append(p.shot.label)
            continue
        said = [p.scene.setting, p.scene.place, p.shot.size, p.shot.subjects, p.shot.prose, _source_text(p.shot)]
        text = hashlib.sha256(canonical(said).encode()).hexdigest()[:16]
        seen[text] = seen.get(text, 0) + 1
        found.append(f"~{text}.{seen[text]}")
    return tuple(found)


def _source_text(shot: ir.Shot) -> str:
    match shot.source:
        case ir.Still(path=path) | ir.Clip(path=path):
            return path
        case ir.Colour(hex=value):
            return " ".join((value, *(s.text for s in shot.supers if s.card)))
        case _:
            return ""


def even(value: float) -> int:
    return max(2, round(value / 2) * 2)


def lens(size: str, settled: Effective) -> tuple[float, str]:
    """The lens in mm, and the setting that it comes from: the one that is said (`camera`), or of a set (`lens: 35mm, 50mm, 85mm`)
    the nearest to what the size is shot with (`lens`); else that itself (empty). Of the two, the nearer level's holds."""
    usual = LENSES.get(size, 40.0)
    for level in settled.levels:
        camera, chosen = level.settings.camera, level.settings.lens
        if isinstance(camera, ir.Camera) and camera.lens_mm is not None:
            return camera.lens_mm, "camera"
        if chosen is not None:
            return (
                (usual, "")
                if chosen == "none"
                else (min(chosen, key=lambda mm: (abs(math.log(mm / usual)), mm)), "lens")
            )
        if camera == "none":
            break
    return usual, ""


def request(
    placed: Placed,
    identity: str,
    cast: Mapping[str, ir.Character],
    form: plan.Format,
    draft: bool,
    before: Carried = NOTHING,
    own_words: Sequence[tuple[str, str, str]] = (),
) -> plan.PictureRequest:
    """All that a generator may know of this shot."""
    shot, settled = placed.shot, placed.effective
    camera, light = settled.camera or ir.Camera(), settled.light or ir.Light()
    emotions = {line.who: line.how for line in shot.dialogue if line.how}
    subjects = []
    for name in shot.subjects:
        c = cast.get(name, ir.Character(name=name))
        subjects.append(
            plan.Subject.made(
                name=name,
                description=c.description,
                wears=c.wears,
                build=c.build,
                emotion=emotions.get(name),
                mark=before.marks.get(name),
                pose=before.poses.get(name),
            )
        )
    look = settled.look
    prose = "\n".join((*placed.scene.prose, *shot.prose))
    said = frozenset(words_of(f"{placed.scene.place} {placed.scene.time} {prose}")) if own_words else frozenset()
    return plan.PictureRequest.made(
        width=even(form.width * OVERSCAN[0] / OVERSCAN[1]),
        height=even(form.height * OVERSCAN[0] / OVERSCAN[1]),
        quality="draft" if draft else "full",
        seed=seed(identity),
        setting=placed.scene.setting,
        place=placed.scene.place,
        time=placed.scene.time,
        size=shot.size,
        subjects=tuple(subjects),
        prose=prose,
        lens_mm=lens(shot.size, settled)[0],
        aperture=camera.aperture or 4.0,
        iso=camera.iso,
        angle=camera.angle or "eye level",
        light=light.rig or (),
        key_side=light.key_side,
        key_kelvin=light.key_kelvin,
        key_quality=light.key_quality,
        rim=light.rim,
        fill=light.fill,
        compose=settled.compose or (),
        palette=settled.palette or (),
        style=(look.name, look.doc) if look else (),
        vocabulary=tuple(row for row in own_words if any(row[1] in stems(word) for word in said)),
    )


def picture(
    placed: Placed,
    identity: str,
    cast: Mapping[str, ir.Character],
    form: plan.Format,
    draft: bool,
    assets: Assets,
    generators: Generators,
    before: Carried = NOTHING,
    own_words: Sequence[tuple[str, str, str]] = (),
) -> plan.Picture:
    match placed.shot.source:
        case ir.Still(path=path):
            return plan.StillFile.made(path=path, digest=assets.digest(path))
        case ir.Clip(path=path, start=start):
            return plan.ClipFile.made(path=path, digest=assets.digest(path), start=start.to_frames(form.rate))
        case ir.Colour(hex=value):
            return plan.Plain.made(hex=value.lower())
        case _:
            asked = request(placed, identity, cast, form, draft, before, own_words)
            order = placed.effective.generate.order if placed.effective.generate else ("previz",)
            name, version = generators.choose(order)
            return plan.Generated.made(key=picture_key(asked, name, version), generator=name, request=asked)


def enough_footage(placed: Placed, form: plan.Format, assets: Assets) -> Diagnostic | None:
    """An error when a clip is too short for its shot and the handles that its transitions need."""
    clip = placed.shot.source
    if not isinstance(clip, ir.Clip):
        return None
    where = clip.span or placed.shot.span
    try:
        start = clip.start.to_frames(form.rate)
    except ValueError as problem:
        return no_such_time(where, problem, form.rate)
    if start < placed.head:
        return error(
            "E0407",
            where,
            f"the transition into this shot needs {placed.head} frames before the cut, the footage has {start}",
            label="no handle here",
            helps=(f"start the clip at {placed.head}f or later, or shorten the transition",),
        )
    has = assets.footage_frames(clip.path)
    needs = start + placed.frames + placed.tail
    if has is not None and has < needs:
        tail = f", {placed.tail} of them under the transition" if placed.tail else ""
        return error(
            "E0407",
            where,
            f"the footage is too short: the shot needs {needs - start} frames from {start}f{tail}; "
            f"the footage ends after {has}",
            label=f"{needs - has} frames missing",
            helps=("hold the shot for less, or start the clip earlier",),
        )
    return None


def grade(placed: Placed, assets: Assets) -> plan.Grade:
    g = placed.effective.grade
    if g is None:
        return plan.Grade()
    said = {
        name: value
        for name in (
            "exposure_st", "contrast", "saturation", "temperature_k", "tint", "lut", "lut_strength", "vignette",
            "grain", "sharpen",
        )
        if (value := getattr(g, name)) is not None
    }  # fmt: skip
    if g.lut is not None:
        said["lut_digest"] = assets.digest(g.lut)
    return plan.Grade(**said)


_DRAWN = {
    "tilt": "pan", "truck": "pan", "boom": "pan", "orbit": "pan", "dolly zoom": "push in", "parallax": "push in",
}  # fmt: skip
"""How the moves that are not rendered yet are drawn meanwhile, as the table of properties says. A tilt is a pan, up or down."""

_SIDES = {"left": (1.0, 0.0), "right": (0.0, 1.0), "up": (1.0, 0.0), "down": (0.0, 1.0)}
"""Where a pan begins and ends, 0..1 of the picture along its axis."""


def move(placed: Placed, rate: Rate) -> plan.Move:
    m = placed.effective.move
    if m is None:
        return plan.Move()
    curve = plan.Curve(name=m.curve.name, args=m.curve.args) if m.curve else plan.Curve(name="ease-in-out")
    if m.keys:
        keys = sorted(m.keys, key=lambda key: key[0])
        return plan.Move(
            keys=tuple(plan.Key(at=at, zoom=zoom, centre=centre) for at, centre, zoom in keys), curve=curve
        )
    if m.kind == "roll":
        return plan.Move(roll=m.degrees or 0.0, curve=curve)
    if m.kind == "handheld":
        unrest = USUAL_UNREST if m.amount is None else m.amount
        return plan.Move(unrest=unrest, seconds_a_frame=float(1 / rate.fps))
    match kind := _DRAWN.get(m.kind, m.kind):
        case "push in":
            z0, z1 = m.zoom_from or 1.0, m.zoom_to or (m.zoom_from or 1.0) * PUSH_ZOOM
        case "pull out":
            z1 = m.zoom_to or 1.0
            z0 = m.zoom_from or z1 * PUSH_ZOOM
        case "pan":
            z0 = m.zoom_from or PAN_ZOOM
            z1 = m.zoom_to or z0
        case "ken burns":
            z0, z1 = m.zoom_from or 1.0, m.zoom_to or PUSH_ZOOM
        case _:
            z0 = z1 = m.zoom_from or 1.0
    centre = (0.5, 0.5)
    a, b = m.point_from or m.point_to or centre, m.point_to or m.point_from or centre
    if kind == "pan" and m.point_from is None and m.point_to is None:
        direction = m.direction or "right"
        start, end = _SIDES[direction]
        a, b = ((0.5, start), (0.5, end)) if direction in ("up", "down") else ((start, 0.5), (end, 0.5))
    return plan.Move(zoom_from=z0, zoom_to=z1, centre_from=a, centre_to=b, curve=curve)
