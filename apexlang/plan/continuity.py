"""What a shot takes over from the shots before it in its scene: where everybody stands, and how they were left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from apexlang.lexicon.clauses import about, clauses, positive
from apexlang.lexicon.words import Vocabulary, first_of, words_of
from apexlang.plan.timeline import Placed

LASTING = frozenset(["sit", "kneel", "crouch", "lean", "lie", "drive"])
"""Poses that somebody keeps until another is said."""


@dataclass(frozen=True)
class Carried:
    """`marks`: by name, the number of the mark in the order in which the scene shows people; empty in a scene of one.
    `poses`: by name, the lasting pose that an earlier shot left somebody in."""

    marks: dict[str, int] = field(default_factory=dict)
    poses: dict[str, str] = field(default_factory=dict)


NOTHING = Carried()


def carried(shots: Sequence[Placed], vocabulary: Vocabulary) -> list[Carried]:
    """For every shot in turn."""
    order: dict[int, dict[str, int]] = {}
    for placed in shots:
        marks = order.setdefault(placed.scene_index, {})
        for name in placed.shot.subjects:
            marks.setdefault(name, len(marks))
    found: list[Carried] = []
    scene = -1
    poses: dict[str, str] = {}
    for placed in shots:
        if placed.scene_index != scene:
            scene, poses = placed.scene_index, {}
        marks = order[scene]
        found.append(Carried(marks if len(marks) > 1 else {}, dict(poses)))
        said = clauses("\n".join(placed.shot.prose)) if placed.shot.prose else []
        for n, name in enumerate(placed.shot.subjects):
            mine = about(name, n == 0, placed.shot.subjects, said)
            pose = first_of(vocabulary.actions, positive(words_of(" ".join(mine))))
            if pose in LASTING:
                poses[name] = pose
            elif pose is not None:
                poses.pop(name, None)
    return found
