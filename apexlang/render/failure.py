"""What goes wrong while making, as a value: a code, a sentence, and whose fault it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Failure:
    """Why nothing was made; the last good output stands. `path` as the film wrote it, `label` of the shot concerned.

    E0520 a picture, E0521 footage, E0522 a sound, E0523 a cube that cannot be used; E0601 no room or no right to write; E0602 no
    usable FFmpeg; E0603 FFmpeg failed; E0604 the finished film is not as planned; E0605 a generator that is not there, E0606
    one that made no picture.
    """

    code: str
    message: str
    path: str | None = None
    label: str | None = None
    notes: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()


class RenderError(Exception):
    """Carries a Failure from where it is found to the edge of the render."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.message)
        self.failure = failure


class Cancelled(Exception):
    """Another job failed, or a person said stop: this one ends without a result."""
