"""A described person, posed: head, hair, clothes, hands, legs and props put together into a `Figure`."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt

from apexlang.picture.previz.model import Figure, Part
from apexlang.picture.previz.puppet.beard import beard_pieces
from apexlang.picture.previz.puppet.body import Body, Joints, joined, measure
from apexlang.picture.previz.puppet.clothes import clothes_pieces
from apexlang.picture.previz.puppet.emotion import EMOTIONS
from apexlang.picture.previz.puppet.face import NECK_TURN, face_pieces, parameters
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

Array = npt.NDArray[Any]
Detail = Literal["cu", "ms", "ws", "ews"]

_CELLS: Final = MappingProxyType(
    {"cu": (0.0152, 0.0072), "ms": (0.0165, 0.0084), "ws": (0.0165, 0.0118), "ews": (0.0255, 0.0215)}
)
"""Cells of clothes and of the head in metres, for a figure 1.76 m tall."""

_BODY_COORDINATES = 100.0
_DECIMALS = 6
_SKIN = 20.0


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
    """
    emotion = emotion if emotion in EMOTIONS else "neutral"
    e = EMOTIONS[emotion]
    h = spec.height
    body = measure(spec)
    joints = joined(spec, body, pose, prop)
    shrink = max(0.8, h / 1.76)
    cloth_cell, head_cell = _CELLS[detail]
    cell = cloth_cell * shrink / h
    fine = head_cell * max(0.85, h / 1.76) / (body.head * h)
    skin = material((spec.skin[0], spec.skin[1] * 0.95, spec.skin[2] * 0.93), 20, 0.06, 14)
    stance = joints.pose
    yaw, nod, roll = stance.head
    still = rotation(0.0, -body.stoop * 0.9, -stance.roll * 0.6)
    turned_ = rotation(yaw + head_turn + e.yaw, nod + head_nod + e.pitch, roll + e.roll)
    head_matrix = compose(joints.matrix, compose(still, turned_))
    base = joints.hips + turn(vec(0, body.torso + 0.036, 0.006), joints.matrix)
    pivot = base + turn(vec(0, 0.006, -0.010 - body.stoop * 0.05), joints.matrix)
    look = (e.gaze_x * 0.6, e.gaze_y * 0.6) if gaze is None else gaze
    head_metres = body.head * h

    face, surface = face_pieces(spec, emotion, fine, look, head_metres)
    on_head = [*face, *hair_pieces(spec, fine), *beard_pieces(spec, fine)]
    if spec.glasses != "none":
        on_head += glasses_pieces(spec, surface, head_metres)
    on_head += hat_pieces(spec, fine, head_metres)
    held, light = prop_pieces(spec, joints, stance.prop, cell)
    on_torso = [
        *clothes_pieces(fit(spec, body, joints, cell), skin),
        *_hand_pieces(spec, body, joints, max(cell * 0.55, 0.0098 / h), skin),
        *held,
    ]
    on_ground = leg_pieces(spec, body, joints, max(cell, 0.0125 / h) * (1.6 if detail == "cu" else 1.0), skin)

    lowest = min(float(p.mesh.vertices[:, 1].min()) for p in on_ground)
    lift = vec(0, -lowest, 0)
    parts = _head_parts(on_head, spec, head_matrix, pivot + lift, body.head, h)
    parts += _body_parts(on_torso, joints.matrix, joints.hips + lift, h)
    parts += _body_parts(on_ground, np.eye(3), lift, h)

    stretch = vec(spec.face.width, spec.face.length, 1.0)

    def in_head(p: Array) -> Array:
        placed: Array = np.round(
            (turn((p * stretch - NECK_TURN) * body.head, head_matrix) + pivot + lift) * h, _DECIMALS
        )
        return placed

    crown = in_head(vec(0, 0.5, 0.05))
    lantern = None if light is None else np.round((turn(light, joints.matrix) + joints.hips + lift) * h, _DECIMALS)
    return Figure(
        parts=tuple(p for p in parts if len(p.faces)),
        parameters=np.round(parameters(spec, emotion, head_metres), 9),
        height=float(crown[1]),
        head=head_metres * spec.face.length,
        head_centre=in_head(vec(0, 0, 0)),
        eyes=in_head(vec(0, spec.face.eye_y, -0.36)),
        lantern=lantern,
    )
