"""What a user settles about generators, outside of any film: one frozen value, passed down.

Nothing of it comes from a film file. What shapes a picture is in `Generator.version`, and so in the picture's key.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import platformdirs

DEFAULT_ORDER = ("sdxl", "nano_banana", "minimax", "previz")
"""Free and local first; the embedded stage last, because it always works."""


@dataclass(frozen=True)
class SdxlOptions:
    """`model`: a folder in diffusers' layout, the name of one in the models folder, or a hub id (`owner/name`) that
    `hf download` has put on this machine. Nothing is fetched while a film is made.

    `pixels`: the area at which the model paints (it was trained at a megapixel; pictures are scaled to the request afterwards).
    """

    model: str = "stabilityai/stable-diffusion-xl-base-1.0"
    steps: int = 30
    draft_steps: int = 12
    guidance: float = 5.5
    negative: str = ""
    pixels: int = 1024 * 1024
    device: Literal["auto", "cpu", "cuda", "mps"] = "auto"


def user_models() -> Path:
    """Where a person keeps models, by the habit of the system (`~/.local/share/apexlang/models` on Linux)."""
    return Path(platformdirs.user_data_dir("apexlang", appauthor=False)) / "models"


@dataclass(frozen=True)
class PictureOptions:
    models: Path = field(default_factory=user_models)
    sdxl: SdxlOptions = SdxlOptions()
