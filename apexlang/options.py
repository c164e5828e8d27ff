"""What a run may choose besides the film: one small frozen value, passed down."""

from __future__ import annotations

import os
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


def store_folder(options: Options, beside: Path) -> Path:
    """The store to use for a film in the folder `beside`: the one chosen, else APEX_STORE, else `.apex` beside the film."""
    named = os.environ.get("APEX_STORE")
    return options.store or (Path(named).expanduser() if named else beside / ".apex")
