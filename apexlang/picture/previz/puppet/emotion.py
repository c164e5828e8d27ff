"""Emotions: 17 numbers each, and the words that ask for them."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final, NamedTuple


class Emotion(NamedTuple):
    """How a face is set. Lengths in heads, angles in radians.

    brow_in, brow_out: raise of the brows' ends; upper, lower: lids (1 wide open, lower: how low the lower lid stands);
    slant: of the lids, positive angry; smile: raise of the mouth's corners; open_up, open_down: parting of the lips;
    width: of the mouth, 1 at rest; skew: one corner up; pitch (forward), roll, yaw: of the head; gaze_x, gaze_y; frown: 0..1
    of the lines between the brows; cheek: 0..1 raised.
    """

    brow_in: float
    brow_out: float
    upper: float
    lower: float
    slant: float
    smile: float
    open_up: float
    open_down: float
    width: float
    skew: float
    pitch: float
    roll: float
    yaw: float
    gaze_x: float
    gaze_y: float
    frown: float
    cheek: float


EMOTIONS: Final = MappingProxyType(
    {
        "neutral": Emotion(0.0, 0.0, 0.58, 0.30, 0.0, 0.005, 0, 0, 1.0, 0, 0, 0, 0, 0, 0, 0, 0.1),
        "happy": Emotion(0.018, 0.022, 0.56, 0.12, -0.02, 0.046, 0.010, 0.050, 1.18, 0, -0.06, 0.09, 0, 0, 0, 0, 1.0),
        "sad": Emotion(0.050, -0.034, 0.40, 0.30, -0.20, -0.026, 0, 0, 0.88, 0, 0.20, -0.12, 0.10, 0.12, -0.30, 0.3, 0),
        "afraid": Emotion(
            0.062, 0.004, 0.86, 0.42, -0.10, -0.020, 0.018, 0.034, 0.94, 0, -0.05, 0.04, -0.12, -0.10, 0.02, 0.25, 0
        ),
        "angry": Emotion(-0.050, 0.034, 0.44, 0.20, 0.22, -0.022, 0, 0, 0.88, 0, 0.13, 0.03, 0, 0, 0.16, 1.0, 0),
        "surprised": Emotion(0.066, 0.060, 0.90, 0.46, 0.0, 0.0, 0.032, 0.062, 0.62, 0, -0.10, -0.03, 0, 0, 0.04, 0, 0),
        "thoughtful": Emotion(
            0.010, 0.020, 0.50, 0.26, -0.02, 0.004, 0, 0, 0.92, 0.002, -0.04, 0.12, -0.16, 0.42, 0.30, 0.0, 0
        ),
        "determined": Emotion(-0.026, 0.010, 0.52, 0.22, 0.07, 0.001, 0, 0, 0.98, 0.002, 0.04, 0, 0, 0, 0.04, 0.3, 0),
        "disgusted": Emotion(
            -0.030, 0.004, 0.36, 0.10, 0.08, -0.014, 0, 0, 0.86, 0.020, -0.06, -0.10, 0.16, -0.18, -0.06, 0.7, 0.6
        ),
        "tired": Emotion(0.016, -0.012, 0.26, 0.26, -0.10, -0.008, 0, 0, 0.94, 0, 0.12, 0.07, 0, 0, -0.12, 0.1, 0),
    }
)

_WORDS: Final = MappingProxyType(
    {
        "afraid": "afraid fear fearful frightened scared terrified anxious nervous nervously panicked panicking panic whispering"
        " whispers uneasy worried trembling trembles horrified startled-fear dread urgent",
        "angry": "angry anger furious rage raging shouting shouts yelling yells screaming snarling snarls hostile bitter irritated"
        " annoyed snapping glares glaring fierce",
        "sad": "sad sadly sorrow grieving grief crying cries weeping tears tearful mournful melancholy broken heartbroken lonely"
        " regretful sombre somber gloomy defeated",
        "happy": "happy happily smiling smiles smile laughing laughs laugh laughter joyful joy cheerful grinning grins grin delighted"
        " warm warmly amused proud relieved excited hopeful tender tenderly playful",
        "surprised": "surprised surprise astonished amazed shocked stunned gasps gasping startled wonder awe awed",
        "thoughtful": "thoughtful thoughtfully pensive thinking ponders wondering curious uncertain doubtful quiet quietly hesitant"
        " hesitating softly calm calmly dreamy wistful remembering musing",
        "determined": "determined resolute focused serious firm firmly cold coldly stern sternly grim grimly intense confident"
        " commanding alert steady flat defiant",
        "disgusted": "disgusted disgust revolted sneering sneers contempt contemptuous sarcastic dry dryly wry smirks smirking",
        "tired": "tired exhausted weary wearily sleepy drowsy yawns yawning spent bored",
    }
)
_LOOKUP: Final = MappingProxyType({w: e for e, ws in _WORDS.items() for w in ws.split()})


def emotion_of(text: str) -> str:
    """The emotion a direction or a line of prose asks for: the first word that names one; 'neutral' if none does."""
    for word in re.findall(r"[a-z]+(?:-[a-z]+)*", text.lower()):
        if word in EMOTIONS:
            return str(word)
        if word in _LOOKUP:
            return _LOOKUP[word]
    return "neutral"
