"""The words for what changed in a job's parameters, in the one way in which changes are said (`reading.changes`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from apexlang.ir import model as ir
from apexlang.plan.model import Audio, Generated, Picture, Plain, Plan
from apexlang.reading import changes
from apexlang.reading.changes import Change
from apexlang.reading.shots import Seen, handle
from apexlang.reading.values import Value
from apexlang.reading.words import NOT_SAID, heading, plural, worded
from apexlang.source import Span

__all__ = [
    "BY_WORDS",
    "VALUES",
    "length",
    "plural",
    "sound",
    "source",
    "titles",
    "tool",
    "transitions",
    "value",
    "words",
]

VALUES = {
    "width": ("format.size",),
    "height": ("format.size",),
    "size": ("size",),
    "lens_mm": ("camera.lens_mm",),
    "aperture": ("camera.aperture",),
    "iso": ("camera.iso",),
    "angle": ("camera.angle",),
    "light": ("light.rig", "light.moods"),
    "key_side": ("light.key_side",),
    "key_kelvin": ("light.key_kelvin",),
    "key_quality": ("light.key_quality",),
    "rim": ("light.rim",),
    "fill": ("light.fill",),
}
"""What a generator is told, by the names of the values that people know it by; those that are not here have one name in both."""

BY_WORDS = frozenset({"seed", "setting", "place", "time", "subjects", "prose", "style", "quality"})
"""What is no value of a shot, but said by its scene, its people or itself in words."""

TOOLS = {"engine": "the engine", "ffmpeg": "FFmpeg", "titles": "the setting of titles", "mixer": "the mixer"}

Said = tuple[str, str, Span | None]
"""A reason's code, its sentence, its place."""


def value(name: str, old: Value | None, new: Value | None) -> str:
    """`lens 85mm -> 50mm`; `grade contrast +10% -> +15% (grade night)` where another than the shot says it."""
    a, b = (v.value if v is not None else NOT_SAID for v in (old, new))
    level = new.level if new is not None and not new.is_default else ""
    said = f" ({level})" if level not in ("", "shot", "film") else ""
    return Change(name, a, b).sentence + said


def words(name: str, old: Seen, new: Seen, films: tuple[ir.Film, ir.Film]) -> Iterator[Said]:
    """What a generator was told in words, and that differs between two versions of a shot."""
    span = new.shot.span
    match name:
        case "seed":
            if old.name != new.name or old.identity != new.identity:
                yield "text", f"it is called {handle(new.name)} now, not {handle(old.name)}", span
            else:
                yield "other", "its take changed", span
        case "setting" | "place" | "time":
            a, b = heading(old.scene), heading(new.scene)
            if a != b:
                yield "text", f"the scene is {b} now, not {a}", new.scene.span
        case "prose":
            own = changes.of_texts("prose", old.shot.prose, new.shot.prose, changes.TOLD)
            yield from (("text", c.says, new.shot.where.get("prose", span)) for c in own)
            if old.scene.prose != new.scene.prose:
                place = new.scene.where.get("prose", new.scene.span)
                yield "text", f"prose of {heading(new.scene)} changed", place
        case "subjects":
            yield from _people(old, new, films)
        case "style":
            yield from _style(old, new)
        case _:
            yield "other", "draft or not", span


def _people(old: Seen, new: Seen, films: tuple[ir.Film, ir.Film]) -> Iterator[Said]:
    if old.shot.subjects != new.shot.subjects:
        a, b = (", ".join(s.shot.subjects) or "nobody" for s in (old, new))
        yield "value", Change("of", a, b).sentence, new.shot.where.get("subjects", new.shot.span)
    one, other = ({c.name: c for c in film.characters} for film in films)
    for who in new.shot.subjects:
        a0, b0 = one.get(who), other.get(who)
        if b0 is not None and a0 is None:
            yield "text", f"{who} has a CHARACTER now", b0.span
        elif a0 is not None and b0 is not None:
            for change in changes.of_character(a0, b0):
                yield "text", f"{who}: {change.sentence}", b0.where.get(change.name, b0.span)
    for change in changes.of_dialogue(old.shot, new.shot):
        place = next((line.span for line in new.shot.dialogue if line.span), new.shot.span)
        yield "text", change.sentence, place


def _style(old: Seen, new: Seen) -> Iterator[Said]:
    a, b = old.effective.look, new.effective.look
    place = new.effective.where("look") or new.shot.span
    if (a.name if a else None) != (b.name if b else None):
        yield "value", Change("look", a.name if a else None, b.name if b else None).sentence, place
    elif a is not None and b is not None:
        for change in changes.of_texts("description", [a.doc], [b.doc], changes.DESCRIBED):
            yield "text", f"look {b.name}: {change.sentence}", b.span


def source(picture: Picture) -> str:
    """A picture's source in a few words."""
    match picture:
        case Generated():
            return "generated"
        case Plain(hex=code):
            return f"color {code}"
        case _:
            return f'{picture.kind} "{picture.path}"'


def length(whose: str, longer: int) -> str:
    says = f"{abs(longer)}f {'longer' if longer > 0 else 'shorter'}"
    return f"{whose} {says}" if whose else says


def transitions(said: Sequence[ir.Transition]) -> str:
    return ", ".join(worded(t) for t in said if t.kind != "cut" or t.length) or "a cut"


def titles(old: Sequence[str], new: Sequence[str]) -> str:
    if list(old) == list(new):
        return f"the title “{_short(new[0])}” stands otherwise over it"
    a, b = (", ".join(f"“{_short(text)}”" for text in texts) or "none" for texts in (old, new))
    return f"title over it {a} -> {b}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 40 else line[:39] + "…"


def tool(name: str, old: str, new: str) -> str:
    """`FFmpeg 8.1 -> 9.0.2`."""
    return f"{TOOLS.get(name, name)} {old} -> {new}"


def sound(old: Plan, new: Plan, films: tuple[ir.Film, ir.Film]) -> Iterator[Said]:
    """What differs in the mix: files, cues, and how long it is."""
    was, now = (_cues(film) for film in films)
    places = {path: span for path, (_, span) in now.items()}
    one, other = _by_file(old.audio), _by_file(new.audio)
    for path in dict.fromkeys((*other, *one)):
        a, b = one.get(path, []), other.get(path, [])
        place = places.get(path)
        if not a or not b:
            yield "value", f"{'now' if b else 'no longer'} {(b or a)[0].track} {path}", place
        elif {x.digest for x in a} != {x.digest for x in b}:
            yield "file", f"the file {path} has other contents", place
        elif _plain(a) != _plain(b):
            said = was.get(path, ("", None))[0], now.get(path, ("", None))[0]
            moved = f"{path} begins elsewhere: what is before it is longer or shorter"
            yield "value", f"{b[0].track} {said[0]} -> {said[1]}" if said[0] != said[1] else moved, place
    if old.frames != new.frames and old.format.rate == new.format.rate:
        yield "length", f"the film is {length('', new.frames - old.frames)}", None
    elif old.format.rate != new.format.rate:
        yield "value", Change("format.rate", worded(old.format.rate), worded(new.format.rate)).sentence, None


def _plain(audio: Sequence[Audio]) -> list[tuple[object, ...]]:
    """Without what follows from the film's length alone."""
    return [(x.start, x.skip, x.gain_db, x.fade_in, x.fade_out, x.track != "music" and x.length) for x in audio]


def _by_file(audio: Sequence[Audio]) -> dict[str, list[Audio]]:
    found: dict[str, list[Audio]] = {}
    for part in audio:
        found.setdefault(part.path, []).append(part)
    return found


def _cues(film: ir.Film) -> dict[str, tuple[str, Span | None]]:
    """All that the film says of each sound, and where it names it first."""
    found: dict[str, tuple[str, Span | None]] = {}
    cues = (c for scene in film.scenes for item in scene.items if isinstance(item, ir.Shot) for c in item.sounds)
    sounds: list[ir.Music | ir.SoundCue] = [*film.music, *cues]
    for cue in sounds:
        said, place = found.get(cue.path, ("", cue.where.get("path", cue.span)))
        found[cue.path] = f"{said}, {worded(cue)}" if said else worded(cue), place
    return found
