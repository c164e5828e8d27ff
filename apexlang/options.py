"""What a run may choose besides the film: one small frozen value, passed down."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Options:
    """`draft`: half size, fast. `store`: a folder, by default `.apex` beside the film. `allow`: folders besides the project
    that may be read. `ffmpeg`: a path or `system`. `generator`: the one to use, whatever the film says. `variant`: the VARIANT
    of the film to make."""

    draft: bool = False
    store: Path | None = None
    allow: tuple[Path, ...] = ()
    ffmpeg: str | None = None
    generator: str | None = None
    variant: str | None = None
