"""The words of the language: sizes, angles, moods of light, compositions, generators. One list each, and no second one."""

from __future__ import annotations

SIZES = (
    "extreme wide", "establishing", "wide", "full", "medium wide", "medium", "medium close-up", "close-up",
    "extreme close-up", "two-shot", "over the shoulder", "insert", "pov",
)  # fmt: skip
"""How large the subject stands in the frame, from far to near."""

SIZE_ALIASES = {
    "close": "close-up", "close up": "close-up", "closeup": "close-up", "cu": "close-up", "mcu": "medium close-up",
    "ecu": "extreme close-up", "extreme close up": "extreme close-up", "medium close up": "medium close-up",
    "ws": "wide", "ms": "medium", "mws": "medium wide", "two shot": "two-shot", "over-the-shoulder": "over the shoulder",
    "ots": "over the shoulder", "long": "full", "point of view": "pov", "point-of-view": "pov", "macro": "extreme close-up",
    "aerial": "extreme wide",
}  # fmt: skip

EASINGS = ("linear", "ease-in", "ease-out", "ease-in-out", "sine")

MOODS = (
    "three_point", "low key", "high key", "chiaroscuro", "golden hour", "blue hour", "magic hour", "moonlight", "daylight",
    "overcast", "candlelight", "firelight", "neon", "practical", "volumetric", "silhouette", "rembrandt", "butterfly", "loop",
    "split", "clamshell", "natural", "available", "motivated", "bounce", "tungsten", "fluorescent", "sodium", "mercury",
    "strobe", "contre-jour",
)  # fmt: skip
"""Moods of light, and rigs by the name of their shape. They reach whoever makes the picture as they are."""

COMPOSITIONS = (
    "thirds", "leading lines", "symmetry", "centred", "golden ratio", "depth", "depth of field", "shallow focus",
    "deep focus", "headroom", "lead room", "framing", "frame within a frame", "negative space", "diagonal", "silhouette",
    "foreground", "layers", "pattern", "fill the frame", "golden spiral", "triangle", "balance", "asymmetry", "vanishing point",
    "reflection", "repetition", "scale", "low horizon", "high horizon",
)  # fmt: skip
"""Rules of composition. They reach whoever makes the picture as they are."""

GENERATORS = ("previz", "sdxl", "nano_banana", "minimax", "comfyui", "imagen")
"""Makers of pictures. Whether one can be used here is for rendering to find out."""

ANGLES = ("eye level", "low angle", "high angle", "dutch", "overhead")
