"""Which shot of one version is which of the other: by label, by what the shot says, by likeness. And which have moved."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from apexlang.ir import model as ir
from apexlang.reading.shots import Reel, Seen
from apexlang.reading.words import heading, worded

ALIKE = 0.5
"""From this likeness on (0..1.1), two shots of one scene are versions of each other."""

MOST_COMPARED = 4_000
"""Pairs of shots that are compared for likeness in one scene: beyond it, shots count as removed and added."""


@dataclass(frozen=True)
class Matches:
    """`pairs` in the order of the new film. `moved` are the new shots that stand elsewhere in the order, or in another scene.
    `muted`, `unmuted`: (old, new), one of them muted. `scenes`: old scene index by new."""

    pairs: tuple[tuple[Seen, Seen], ...]
    removed: tuple[Seen, ...]
    added: tuple[Seen, ...]
    muted: tuple[tuple[Seen, Seen], ...]
    unmuted: tuple[tuple[Seen, Seen], ...]
    moved: frozenset[int]
    scenes: dict[int, int]


def match(old_film: ir.Film, old: Reel, new_film: ir.Film, new: Reel) -> Matches:
    scenes = match_scenes(old_film, old, new_film, new)
    pairs, left, right = _pair(old.live, new.live, scenes)
    quiet_old = [s for s in old.shots if s.muted]
    quiet_new = [s for s in new.shots if s.muted]
    muted, left, _ = _pair(left, quiet_new, scenes, likeness=False)
    unmuted, _, right = _pair(quiet_old, right, scenes, likeness=False)
    return Matches(
        tuple(pairs), tuple(left), tuple(right), tuple(muted), tuple(unmuted), frozenset(_moved(pairs, scenes)), scenes
    )


def _pair(
    old: Sequence[Seen], new: Sequence[Seen], scenes: dict[int, int], likeness: bool = True
) -> tuple[list[tuple[Seen, Seen]], list[Seen], list[Seen]]:
    """Pairs in the new order, and what is left of both."""
    found: dict[int, tuple[Seen, Seen]] = {}
    left, right = list(old), list(new)
    keys: tuple[Callable[[Seen], Hashable | None], ...] = (
        lambda s: s.shot.label,
        lambda s: None if s.shot.label else (_content(s.shot), heading(s.scene)),
        lambda s: (_content(s.shot), heading(s.scene)),
        lambda s: _content(s.shot),
    )
    for key in keys:
        left, right = _by_key(left, right, key, found)
    if likeness and left and right:
        left, right = _by_likeness(left, right, scenes, found)
    order = {id(s): i for i, s in enumerate(new)}
    return sorted(found.values(), key=lambda pair: order[id(pair[1])]), left, right


def _content(shot: ir.Shot) -> Hashable:
    """What a shot says, without its name and settings."""
    said = tuple((d.who, d.text) for d in shot.dialogue)
    return shot.size, shot.subjects, shot.prose, worded(shot.source) if shot.source else "", said


def _by_key(
    left: list[Seen],
    right: list[Seen],
    key: Callable[[Seen], Hashable | None],
    found: dict[int, tuple[Seen, Seen]],
) -> tuple[list[Seen], list[Seen]]:
    """Pairs those with equal keys in their order; None is equal to nothing."""
    waiting: dict[Hashable, list[Seen]] = defaultdict(list)
    for seen in reversed(left):
        if (k := key(seen)) is not None:
            waiting[k].append(seen)
    taken: set[int] = set()
    rest: list[Seen] = []
    for seen in right:
        k = key(seen)
        if k is not None and waiting.get(k):
            other = waiting[k].pop()
            taken.add(id(other))
            found[id(seen)] = (other, seen)
        else:
            rest.append(seen)
    return [s for s in left if id(s) not in taken], rest


def _by_likeness(
    left: list[Seen], right: list[Seen], scenes: dict[int, int], found: dict[int, tuple[Seen, Seen]]
) -> tuple[list[Seen], list[Seen]]:
    """In each scene, the likest first. Two labels that differ are two shots."""
    at: dict[int, list[Seen]] = defaultdict(list)
    for seen in left:
        at[seen.scene_index].append(seen)
    scored: list[tuple[float, int, int, Seen, Seen]] = []
    for j, seen in enumerate(right):
        others = at.get(scenes.get(seen.scene_index, -1), [])
        if len(others) * len(right) > MOST_COMPARED:
            continue
        for i, other in enumerate(others):
            if not (seen.shot.label and other.shot.label):
                score = _likeness(other.shot, seen.shot) + 0.1 * (_number(other) == _number(seen))
                if score >= ALIKE:
                    scored.append((-score, abs(i - j), j, other, seen))
    taken: set[int] = set()
    for *_, other, seen in sorted(scored, key=lambda entry: entry[:3]):
        if id(other) not in taken and id(seen) not in found:
            taken.add(id(other))
            found[id(seen)] = (other, seen)
    return [s for s in left if id(s) not in taken], [s for s in right if id(s) not in found]


def _number(seen: Seen) -> int | None:
    return seen.placed.number_in_scene if seen.placed else None


def _likeness(a: ir.Shot, b: ir.Shot) -> float:
    score = 0.25 * (a.size == b.size) + 0.2 * (a.subjects == b.subjects)
    if a.source is not None or b.source is not None:
        return score + 0.55 * (a.source is not None and b.source is not None and worded(a.source) == worded(b.source))
    text, other = "\n".join(a.prose), "\n".join(b.prose)
    if not text and not other:
        lines = [tuple((d.who, d.text) for d in shot.dialogue) for shot in (a, b)]
        return score + 0.55 * (lines[0] == lines[1])
    return score + 0.55 * _alike(text, other)


def _alike(a: str, b: str) -> float:
    matcher = SequenceMatcher(None, a[:2000].split(), b[:2000].split(), autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() > 0.2 else 0.0


def match_scenes(old_film: ir.Film, old: Reel, new_film: ir.Film, new: Reel) -> dict[int, int]:
    """The old scene's index by the new one's: by heading and number, by number, by heading, by the labels of the shots in
    them, at last by place where the numbers of scenes are equal."""
    found: dict[int, int] = {}
    left = dict(enumerate(old_film.scenes))
    right = dict(enumerate(new_film.scenes))
    keys: tuple[Callable[[ir.Scene], Hashable | None], ...] = (
        lambda s: (heading(s), s.number) if s.number else None,
        lambda s: s.number,
        heading,
    )
    for key in keys:
        _scenes_by(key, left, right, found)
    votes: dict[tuple[int, int], int] = defaultdict(int)
    homes = {s.shot.label: s.scene_index for s in old.shots if s.shot.label}
    contents = {_content(s.shot): s.scene_index for s in old.shots}
    for seen in new.shots:
        home = homes.get(seen.shot.label) if seen.shot.label else contents.get(_content(seen.shot))
        if home in left and seen.scene_index in right:
            votes[home, seen.scene_index] += 1
    for (home, here), _ in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0])):
        if home in left and here in right:
            found[here] = home
            del left[home], right[here]
    if len(old_film.scenes) == len(new_film.scenes):
        for index in [i for i in right if i in left]:
            found[index] = index
    return found


def _scenes_by(
    key: Callable[[ir.Scene], Hashable | None],
    left: dict[int, ir.Scene],
    right: dict[int, ir.Scene],
    found: dict[int, int],
) -> None:
    waiting: dict[Hashable, list[int]] = defaultdict(list)
    for index in sorted(left, reverse=True):
        if (k := key(left[index])) is not None:
            waiting[k].append(index)
    for index in sorted(right):
        k = key(right[index])
        if k is not None and waiting.get(k):
            found[index] = waiting[k].pop()
            del left[found[index]], right[index]


def _moved(pairs: Sequence[tuple[Seen, Seen]], scenes: dict[int, int]) -> Iterable[int]:
    """The ids of the new shots outside of the longest run that kept its order, and of those that changed scenes."""
    positions = [old.placed.index if old.placed else 0 for old, _ in pairs]
    steady = set(longest_rising(positions))
    for i, (old, new) in enumerate(pairs):
        if i not in steady or scenes.get(new.scene_index) != old.scene_index:
            yield id(new)


def longest_rising(numbers: Sequence[int]) -> list[int]:
    """The indices of a longest strictly rising subsequence (Fredman 1975), in n log n."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for i, number in enumerate(numbers):
        at = bisect_left(tails, number)
        before.append(ends[at - 1] if at else -1)
        if at == len(tails):
            tails.append(number)
            ends.append(i)
        else:
            tails[at], ends[at] = number, i
    chain: list[int] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        chain.append(at)
        at = before[at]
    return chain[::-1]
