"""What may be passed through undecoded: footage that nothing in the film touches."""

from __future__ import annotations

from collections.abc import Sequence

from apexlang.plan.model import ClipFile, Grade, Move, Segment, Shot


def untouched(segment: Segment, shots: Sequence[Shot]) -> bool:
    """Whether `segment` shows footage and the film does nothing to it: no transition or fade, no title over it, no grade or finish,
    the whole frame by a still camera. Whether the file itself is as the film has to be is for the render to see."""
    if segment.b is not None or segment.titles or segment.a.shot is None:
        return False
    shot = shots[segment.a.shot]
    if not isinstance(shot.picture, ClipFile) or shot.picture.start - shot.head + segment.a.first < 0:
        return False
    return _is_neutral(shot.grade) and _stands(shot.move)


def _is_neutral(grade: Grade) -> bool:
    """A look-up table counts as a grade, whatever is in it and however weak it is."""
    return grade.lut is None and grade.model_copy(update={"lut_digest": None, "lut_strength": 1.0}) == Grade()


def _stands(move: Move) -> bool:
    """Whether the whole frame is seen throughout; then it does not matter where the windows' centres would be."""
    zooms = [key.zoom for key in move.keys] or [move.zoom_from, move.zoom_to]
    return all(zoom == 1.0 for zoom in zooms) and move.roll == 0.0 and move.unrest == 0.0
