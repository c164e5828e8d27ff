"""Prose to emotions and poses."""

from __future__ import annotations

import pytest

from apexlang.picture.previz.puppet import EMOTIONS, POSES, emotion_of, pose_of


@pytest.mark.parametrize(
    ("text", "emotion"),
    [
        ("whispering", "afraid"), ("smiling", "happy"), ("Angry", "angry"), ("quietly", "thoughtful"), ("tears in her eyes", "sad"),
        ("stunned", "surprised"), ("grimly", "determined"), ("wearily", "tired"), ("a sneering man", "disgusted"), ("", "neutral"),
        ("the train leaves", "neutral"),
    ],
)  # fmt: skip
def test_emotions(text: str, emotion: str) -> None:
    assert emotion_of(text) == emotion
    assert emotion in EMOTIONS


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Lena walks along the pier.", ("walk", None)), ("He runs.", ("run", None)), ("She sits by the window", ("sit", None)),
        ("He turns back", ("look back", None)), ("points at the sea", ("point", None)), ("kneels", ("kneel", None)),
        ("leans on the wall", ("lean", None)), ("on the phone", ("phone", "phone")), ("walks with a lantern", ("walk", "lantern")),
        ("a mug of tea", ("hold", "mug")), ("under an umbrella", ("umbrella", "umbrella")), ("arms crossed", ("crossed", None)),
        ("hands in his pockets", ("pockets", None)), ("the sea is grey", None), ("", None),
    ],
)  # fmt: skip
def test_poses(text: str, found: tuple[str, str | None] | None) -> None:
    assert pose_of(text) == found
    if found:
        assert found[0] in POSES
