"""From the camera's own directions to the set's: where on the set a shot is taken, and from which side."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from apexlang.picture.previz.mesh import turned
from apexlang.picture.previz.scene import Triple, View


@dataclass(frozen=True)
class Frame:
    """`anchor`: x and z on the set of the point that a shot is staged about; `azimuth`: radians by which the camera has gone round it,
    counter-clockwise seen from above: with 0 it looks along z. A shot is staged with the anchor at 0 and the camera on -z."""

    anchor: tuple[float, float] = (0.0, 0.0)
    azimuth: float = 0.0

    def direction(self, d: Triple) -> Triple:
        """A direction of the shot on the set."""
        x, y, z = np.round(turned(np.array(d), -self.azimuth), 9).tolist()
        return x, y, z

    def point(self, p: Triple) -> Triple:
        x, y, z = turned(np.array(p), -self.azimuth).tolist()
        return round(x + self.anchor[0], 6), round(y, 6), round(z + self.anchor[1], 6)

    def back(self, p: Triple) -> Triple:
        """A point of the set as the shot sees it."""
        x, y, z = turned(np.array([p[0] - self.anchor[0], p[1], p[2] - self.anchor[1]]), self.azimuth).tolist()
        return round(x, 6), round(y, 6), round(z, 6)

    def yaw(self, yaw: float) -> float:
        return yaw - self.azimuth

    def view(self, v: View) -> View:
        return v._replace(
            position=self.point(v.position),
            right=self.direction(v.right),
            up=self.direction(v.up),
            forward=self.direction(v.forward),
        )


def reversed_(frame: Frame) -> Frame:
    """From the other side of the line."""
    return Frame(frame.anchor, math.pi - frame.azimuth)
