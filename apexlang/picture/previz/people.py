"""Who is on the stage and what they do: named subjects, people whom the prose only counts, poses, things in hand, eyelines."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

from apexlang.lexicon import words as w
from apexlang.lexicon.clauses import about, clauses, positive
from apexlang.picture.previz.puppet.emotion import emotion_of
from apexlang.plan.model import PictureRequest, Subject

MOST = 6
"""People who are staged one by one; more are a crowd."""


@dataclass(frozen=True)
class Role:
    """One subject as played in this shot. `looks_at`: a name, `camera`, `away`, `up` or `down`; `where`: left, right, back or
    front of the others, where the prose says it."""

    subject: Subject
    pose: str
    emotion: str
    prop: str | None
    away: bool
    looks_at: str | None = None
    where: str | None = None
    named: bool = True

    @property
    def looks_left(self) -> bool:
        """The side of the picture a character looks to, the same in every shot: toward the others from the mark, or, alone, as the
        name has it."""
        if self.where in ("left", "right"):
            return self.where == "right"
        if self.subject.mark is not None:
            return self.subject.mark % 2 == 1
        return zlib.crc32(self.subject.name.encode("utf-8", "replace")) % 2 == 0


_WIDE = ("wide", "extreme wide", "establishing", "full", "medium wide", "pov")


def roles(request: PictureRequest, v: w.Vocabulary) -> tuple[tuple[Role, ...], bool, tuple[str, ...]]:
    """Everyone in the shot, whether more people than that are about, and a note of who is not staged."""
    said = clauses(request.prose)
    names = [s.name for s in request.subjects]
    named = tuple(
        _played(s, about(s.name, i == 0, names, said), frozenset(names), v)
        for i, s in enumerate(request.subjects[:MOST])
    )
    notes: tuple[str, ...] = ()
    if len(request.subjects) > MOST:
        left = [s.name for s in request.subjects[MOST:]]
        notes = ("not staged: " + ", ".join(left[:8]) + (f" and {len(left) - 8} more" if len(left) > 8 else ""),)
    others, many = _unnamed(request, said, v)
    if named and request.size not in _WIDE:
        others = ()
    return (*named, *others[: MOST - len(named)]), many, notes


def _played(subject: Subject, mine: list[str], names: frozenset[str], v: w.Vocabulary, named: bool = True) -> Role:
    mine = [c for c in mine if not _only_weather(c, v)]
    text = " ".join(mine)
    said = positive(w.words_of(text))
    done = [found for x in said if (found := w.look_up(v.actions, x)) is not None]
    # standing and holding go with everything else that is done
    pose = next((p for p in done if p not in _WEAK), next((p for p in done if p != "stand"), None))
    pose = pose or (done[0] if done else None) or subject.pose or "stand"
    prop = None
    if v.marks["takes"] & set(said):
        prop = next((held for x in said if (held := v.held.get(w.look_up(v.props, x) or "")) is not None), None)
    emotion = emotion_of(f"{subject.emotion or ''} {text}")
    away = bool(v.marks["away"] & set(said)) and pose in ("walk", "stand", "run", "pockets")
    return Role(
        subject=subject, pose=pose, emotion=emotion, prop=prop, away=away, looks_at=_eyeline(mine, subject.name, names),
        where=_where(mine), named=named,
    )  # fmt: skip


_WEAK = frozenset(["stand", "hold"])

_PRONOUNS = frozenset(["he", "she", "they", "his", "her", "their", "him", "them"])


def _only_weather(clause: str, v: w.Vocabulary) -> bool:
    """`Rain falls` is nobody's doing."""
    words = w.words_of(clause)
    return len(words) <= 4 and w.first_of(v.weather, words[:2]) is not None and not _PRONOUNS & set(words)


_LOOKS = re.compile(
    r"\b(?:look|stare|glance|turn|gaze|face|watch|glare|smile|speak|talk|shout|point|peer)(?:s|es|ing|ed)?\b(?P<rest>.{0,60})",
    re.I | re.S,
)
_UP = frozenset(["up", "sky", "stars", "moon", "ceiling", "heavens", "above", "clouds"])
_DOWN = frozenset(["down", "floor", "ground", "feet", "hands", "letter", "book", "phone", "below", "watch"])
_AWAY = frozenset(["away", "out", "window", "horizon", "distance", "aside", "sea", "door", "road"])
_CAMERA = frozenset(["camera", "lens", "us", "audience", "viewer"])


def _eyeline(mine: list[str], own: str, names: frozenset[str]) -> str | None:
    """Whom or what someone looks at, by the last clause that says it."""
    found = None
    for clause in mine:
        match = _LOOKS.search(clause)
        if match is None:
            continue
        words = w.words_of(match["rest"])
        other = next((n for n in sorted(names) if n != own and w.words_of(n) and w.words_of(n)[0] in words), None)
        if (
            other is None
            and len(names) == 2
            and re.match(r"\s+(?:at|to|toward|towards)\s+(?:her|him|them|each)\b", match["rest"])
        ):
            other = next(n for n in sorted(names) if n != own)
        for target, table in (("camera", _CAMERA), ("up", _UP), ("down", _DOWN), ("away", _AWAY)):
            if other is None and table & set(words):
                other = target
        found = other or found
    return found


_PLACES = (
    ("front", ("in the foreground", "in front", "nearer", "close to camera", "closest")),
    ("back", ("in the background", "behind", "in the distance", "in the doorway", "at the door",
              "at the back", "far away", "in the rear")),
    ("left", ("on the left", "to the left", "at left", "left of", "frame left", "camera left", "screen left")),
    ("right", ("on the right", "to the right", "at right", "right of", "frame right", "camera right", "screen right")),
)  # fmt: skip


def _where(mine: list[str]) -> str | None:
    text = " ".join(mine).lower()
    return next((place for place, ways in _PLACES if any(way in text for way in ways)), None)


_GENERIC = frozenset(["figure", "figures", "man", "woman", "child", "couple", "boy", "girl"])
"""Nouns that may stand for people who have names."""


def _unnamed(request: PictureRequest, said: list[str], v: w.Vocabulary) -> tuple[tuple[Role, ...], bool]:
    """People whom the prose counts and does not name: `two soldiers`, `an old woman`."""
    names = {word for s in request.subjects for word in w.words_of(s.name)}
    found: list[Role] = []
    many = False
    for clause in said:
        words = positive(w.words_of(clause))
        if v.marks["none"] & set(words):
            continue
        # in `the man is a killer` one is seen, not two
        for n, word in enumerate(words):
            kind = _person(word, v)
            if kind is None or word in names or names & set(words[:n]):
                continue
            if names and kind[0] in _GENERIC and not {"another", "other", "more"} & set(words[:n]):
                continue  # `two small figures` are those whom the shot names
            count = next((int(v.counts[x]) for x in reversed(words[max(0, n - 3) : n]) if x in v.counts), None)
            if word in ("couple", "twins"):
                count = 2
            if count is None:
                count = 3 if word != kind[0] else 1
            many = many or len(found) + count > MOST
            for _ in range(min(count, MOST - len(found))):
                number = len(found) + 1
                said_of = [x for x in words if x != word and _person(x, v) is None]
                text = f"{kind[1]}, {' '.join(said_of)}"
                subject = Subject(name=f"{kind[0]} {number}", description=text)
                found.append(_played(subject, [clause], frozenset(), v, named=False))
            break
    return tuple(found), many


def _person(word: str, v: w.Vocabulary) -> tuple[str, str] | None:
    """The noun in the singular and the description that goes with it."""
    for stem in (word, word[:-1] if word.endswith("s") else word, word[:-2] if word.endswith("es") else word):
        if stem in v.people:
            return {"men": "man", "women": "woman", "children": "child", "kids": "child"}.get(stem, stem), v.people[
                stem
            ]
    return None
