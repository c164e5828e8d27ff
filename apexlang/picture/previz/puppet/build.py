"""A described person, posed: head, hair, clothes, hands, legs and props put together into a `Figure`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt

from apexlang.picture.previz.model import Figure, Part
from apexlang.picture.previz.puppet.beard import beard_pieces
from apexlang.picture.previz.puppet.body import Body, Joints, joined, measure
from apexlang.picture.previz.puppet.clothes import clothes_pieces
from apexlang.picture.previz.puppet.emotion import EMOTIONS, Emotion
from apexlang.picture.previz.puppet.face import NECK_TURN, Surface, face_pieces, parameters
from apexlang.picture.previz.puppet.field import field
from apexlang.picture.previz.puppet.garment import fit
from apexlang.picture.previz.puppet.hair import hair_pieces
from apexlang.picture.previz.puppet.hands import HIDDEN, hand
from apexlang.picture.previz.puppet.headwear import glasses_pieces, hat_pieces
from apexlang.picture.previz.puppet.legs import leg_pieces
from apexlang.picture.previz.puppet.nets import Mesh, mesh
from apexlang.picture.previz.puppet.numeric import compose, rotation, turn, unit, units, vec
from apexlang.picture.previz.puppet.props import prop_pieces
from apexlang.picture.previz.puppet.shapes import Piece, material
from apexlang.picture.previz.puppet.spec import Spec
from apexlang.picture.previz.puppet.stance import LEANS

Array = npt.NDArray[Any]
Detail = Literal["cu", "ms", "ws", "ews", "draft cu", "draft ms", "draft ws", "draft ews"]

_CELLS: Final = MappingProxyType(
    {
        "cu": (0.0152, 0.0072),
        "ms": (0.0165, 0.0084),
        "ws": (0.0165, 0.0118),
        "ews": (0.0255, 0.0215),
        "draft cu": (0.0235, 0.0130),
        "draft ms": (0.0245, 0.0165),
        "draft ws": (0.0255, 0.0215),
        "draft ews": (0.0255, 0.0255),
    }
)
"""Cells of clothes and of the head in metres, for a figure 1.76 m tall."""

_BODY_COORDINATES = 100.0
_DECIMALS = 6
_SKIN = 20.0

_KEPT = 16
"""Heads, and bodies, that are kept: those of a scene or two."""


def _finished(piece: Piece, matrix: Array, offset: Array, height: float, coords: Array) -> Part:
    """A piece out of its frame (a rotation and an offset, both in figure heights) into metres, rounded."""
    tangent = None if piece.tangent is None else np.round(turn(piece.tangent, matrix), _DECIMALS)
    return Part(
        np.round((turn(piece.mesh.vertices, matrix) + offset) * height, _DECIMALS),
        piece.mesh.faces,
        np.round(turn(piece.mesh.normals, matrix), _DECIMALS),
        np.round(coords, _DECIMALS),
        piece.material,
        tangent,
    )


def _body_parts(pieces: Iterable[Piece], matrix: Array, offset: Array, height: float) -> list[Part]:
    """Pieces of the torso or figure frame; cloth is painted in metres of its own frame, skin far from the face's."""
    out = []
    for p in pieces:
        metres = p.mesh.vertices * height
        out.append(
            _finished(p, matrix, offset, height, metres + _BODY_COORDINATES if p.material[6] == _SKIN else metres)
        )
    return out


def _head_parts(
    pieces: Iterable[Piece], spec: Spec, matrix: Array, pivot: Array, head: float, height: float
) -> list[Part]:
    """Pieces of the head frame, stretched to the face's own width and length."""
    stretch = vec(spec.face.width, spec.face.length, 1.0)
    out = []
    for p in pieces:
        coords = p.mesh.vertices if p.coords is None else p.coords
        v = (p.mesh.vertices * stretch - NECK_TURN) * head
        placed = Piece(Mesh(v, p.mesh.faces, units(p.mesh.normals / stretch)), p.material, None, p.tangent)
        out.append(_finished(placed, matrix, pivot, height, coords))
    return out


def _hand_pieces(spec: Spec, body: Body, joints: Joints, cell: float, skin: tuple[float, ...]) -> list[Piece]:
    size = (1.08 if not spec.child else 1.0) * (0.92 if body.feminine else 1.0)
    glove = material((0.03, 0.022, 0.018), 23, 0.15, 20, pattern=7) if spec.gloves else skin
    out = []
    for arm in joints.arms:
        if arm.hand not in HIDDEN:
            d = unit(arm.wrist - arm.elbow)
            out.append(Piece(mesh(field(hand(arm.hand, arm.side, arm.wrist + d * 0.004, d, size)), cell), glove))
    return out


@lru_cache(maxsize=_KEPT)
def _face(
    spec: Spec, emotion: str, fine: float, look: tuple[float, float], head_metres: float
) -> tuple[tuple[Piece, ...], Surface]:
    pieces, surface = face_pieces(spec, emotion, fine, look, head_metres)
    return tuple(pieces), surface


@lru_cache(maxsize=_KEPT)
def _worn_on_head(spec: Spec, fine: float, head_metres: float) -> tuple[Piece, ...]:
    """What neither an emotion nor a pose changes."""
    return (*hair_pieces(spec, fine), *beard_pieces(spec, fine), *hat_pieces(spec, fine, head_metres))


@dataclass(frozen=True)
class _Below:
    """A posed body without its head: pieces in the torso's frame and in the figure's, and by how much it is lifted to stand on 0."""

    body: Body
    joints: Joints
    on_torso: tuple[Piece, ...]
    on_ground: tuple[Piece, ...]
    light: Array | None
    lift: float


@lru_cache(maxsize=_KEPT)
def _below(spec: Spec, pose: str, prop: str | None, detail: Detail, lean: float) -> _Below:
    h = spec.height
    body = measure(spec)
    joints = joined(spec, body, pose, prop, lean)
    cell = _CELLS[detail][0] * max(0.8, h / 1.76) / h
    skin = _skin(spec)
    held, light = prop_pieces(spec, joints, joints.pose.prop, cell)
    on_torso = (
        *clothes_pieces(fit(spec, body, joints, cell), skin),
        *_hand_pieces(spec, body, joints, max(cell * 0.55, 0.0098 / h), skin),
        *held,
    )
    on_ground = tuple(
        leg_pieces(spec, body, joints, max(cell, 0.0125 / h) * (1.6 if detail.endswith("cu") else 1.0), skin)
    )
    lowest = min(float(p.mesh.vertices[:, 1].min()) for p in on_ground if len(p.mesh.faces))
    if pose == "lie":
        # it is the back that lies on the ground
        placed = (turn(p.mesh.vertices, joints.matrix) + joints.hips for p in on_torso if len(p.mesh.faces))
        lowest = min(float(v[:, 1].min()) for v in placed)
    return _Below(body, joints, on_torso, on_ground, light, -lowest)


def _skin(spec: Spec) -> tuple[float, ...]:
    return material((spec.skin[0], spec.skin[1] * 0.95, spec.skin[2] * 0.93), 20, 0.06, 14)


@dataclass(frozen=True)
class _Head:
    """Where a head sits: its rotation and the point it turns about, in figure heights, and what stretches it."""

    matrix: Array
    pivot: Array
    stretch: Array
    size: float
    height: float

    def at(self, p: Array) -> Array:
        """A point of the head's frame in metres."""
        turned = turn((p * self.stretch - NECK_TURN) * self.size, self.matrix)
        placed: Array = np.round((turned + self.pivot) * self.height, _DECIMALS)
        return placed


def _head(spec: Spec, below: _Below, e: Emotion, head_turn: float, head_nod: float) -> _Head:
    body, joints = below.body, below.joints
    yaw, nod, roll = joints.pose.head
    still = rotation(0.0, -body.stoop * 0.9, -joints.pose.roll * 0.6)
    turned = rotation(yaw + head_turn + e.yaw, nod + head_nod + e.pitch, roll + e.roll)
    base = joints.hips + turn(vec(0, body.torso + 0.036, 0.006), joints.matrix)
    pivot = base + turn(vec(0, 0.006, -0.010 - body.stoop * 0.05), joints.matrix) + vec(0, below.lift, 0)
    return _Head(
        compose(joints.matrix, compose(still, turned)),
        pivot,
        vec(spec.face.width, spec.face.length, 1.0),
        body.head,
        spec.height,
    )


def _known(emotion: str) -> str:
    return emotion if emotion in EMOTIONS else "neutral"


def outline(spec: Spec, pose: str, emotion: str, detail: Detail, prop: str | None = None) -> Figure:
    """A figure without a single triangle: its height, head and eyes, which is what a frame is measured by."""
    below = _below(spec, pose, prop, detail, LEANS.get(_known(emotion), 0.0))
    head = _head(spec, below, EMOTIONS[_known(emotion)], 0.0, 0.0)
    return _figure(spec, head, (), np.zeros(0), None)


def _figure(spec: Spec, head: _Head, parts: tuple[Part, ...], parameters: Array, lantern: Array | None) -> Figure:
    return Figure(
        parts=parts,
        parameters=parameters,
        height=float(head.at(vec(0, 0.5, 0.05))[1]),
        head=head.size * spec.height * spec.face.length,
        head_centre=head.at(vec(0, 0, 0)),
        eyes=head.at(vec(0, spec.face.eye_y, -0.36)),
        lantern=lantern,
    )


def build(
    spec: Spec,
    pose: str = "stand",
    emotion: str = "neutral",
    detail: Detail = "cu",
    head_turn: float = 0.0,
    gaze: tuple[float, float] | None = None,
    prop: str | None = None,
    head_nod: float = 0.0,
) -> Figure:
    """The figure of a person, standing at the origin, facing -z, feet on y = 0.

    `pose` of `pose.POSES`, `emotion` of `emotion.EMOTIONS` (unknown ones stand, neutral); `detail` sets the fineness of the mesh
    ('cu' close-up to 'ews'); `head_turn` to the figure's left and `head_nod` forward, radians, on top of the pose's; `gaze`
    (left, up) of the eyes within the head, radians, default the emotion's; `prop` a thing in hand, default the pose's.
    Head and body are made once each: another look, or another pose, makes only what it changes.
    """
    emotion = _known(emotion)
    e = EMOTIONS[emotion]
    h = spec.height
    below = _below(spec, pose, prop, detail, LEANS.get(emotion, 0.0))
    joints = below.joints
    lift = vec(0, below.lift, 0)
    head = _head(spec, below, e, head_turn, head_nod)
    head_metres = below.body.head * h
    fine = _CELLS[detail][1] * max(0.85, h / 1.76) / head_metres
    look = (e.gaze_x * 0.6, e.gaze_y * 0.6) if gaze is None else gaze

    face, surface = _face(spec, emotion, fine, look, head_metres)
    on_head = [*face, *_worn_on_head(spec, fine, head_metres)]
    if spec.glasses != "none":
        on_head += glasses_pieces(spec, surface, head_metres)
    parts = _head_parts(on_head, spec, head.matrix, head.pivot, head.size, h)
    parts += _body_parts(below.on_torso, joints.matrix, joints.hips + lift, h)
    parts += _body_parts(below.on_ground, np.eye(3), lift, h)

    light = below.light
    lantern = None if light is None else np.round((turn(light, joints.matrix) + joints.hips + lift) * h, _DECIMALS)
    return _figure(
        spec,
        head,
        tuple(p for p in parts if len(p.faces)),
        np.round(parameters(spec, emotion, head_metres), 9),
        lantern,
    )
