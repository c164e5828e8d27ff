"""The page in Firefox, which runs it by itself and reports: seeks, a save under the playhead, one before it, a hole."""

from __future__ import annotations

import os
from dataclasses import replace

from tests.preview.stage.browsers import firefox_alone, missing
from tests.preview.stage.reel import ten
from tests.preview.stage.server import Stage

SEEKS = int(os.environ.get("APEX_SEEKS", "24"))


def prepared(stage: Stage) -> None:
    """What `alone.js` may ask for."""

    def rate(name: str) -> None:
        stage.show(replace(ten(name), title=name))

    def edit(label: str) -> None:
        shot = stage.reel.shot(label)
        stage.show(stage.reel.having(label, version=shot.version + 1, ready=False, making=True), poster=(label, 15))

    def grow(label: str) -> None:
        shot = stage.reel.shot(label)
        stage.show(stage.reel.having(label, frames=shot.frames + 24))

    def hole(label: str) -> None:
        shot = stage.reel.shot(label)
        stage.show(stage.reel.having(label, frames=shot.frames + 3, version=shot.version + 1, ready=False))

    stage.acts.update(rate=rate, edit=edit, grow=grow, hole=hole, finish=stage.finish)


def test_firefox() -> None:
    stage = Stage(ten())
    prepared(stage)
    try:
        report = firefox_alone(stage, str(SEEKS), 120 + SEEKS)
    finally:
        stage.close()
    assert "error" not in report, report["error"]
    if not report["plays"]:
        missing("this Firefox plays no H.264; on Debian the package libavcodec59 lets it")
    assert report["sound"], "the sound has its buffer"
    for name, found in report["seeks"].items():
        assert found["wrong"] == 0, (name, found)
    assert report["poster"], "the true frame is there before the segment"
    assert report["posterLayer"] == "still"
    assert report["edited"] and report["editedAt"] == 100
    assert report["grown"], "the playhead stays with its shot"
    assert report["held"], "playing stops before a hole"
    assert report["badge"] == "waiting for #d"
    # `c` ends with frame 161 of the grown film; held two frames before, or at the last if it was late.
    assert 159 <= report["heldAt"] <= 161
    assert report["heldTime"] < 162
    assert report["wentOn"] and report["backwards"] == 0 and report["wrongPieces"] == 0
