"""The line that the camera keeps, and the eyes that meet across it: geometry of who stands where, seen by whom."""

import math

import numpy as np
import pytest

from apexlang.picture.previz import staging
from apexlang.picture.previz.frame import Frame
from apexlang.picture.previz.reading import read
from apexlang.plan.model import PictureRequest, Subject
from tests.picture.previz.measuring import person, photographed

A = Subject(name="ANNA", mark=0)
B = Subject(name="BELA", mark=1)


def request(**said: object) -> PictureRequest:
    return PictureRequest(**{"width": 320, "height": 180, "setting": "INT.", "place": "ROOM", **said})  # type: ignore[arg-type]


def looks(size: str, *cast: Subject, **said: object) -> dict[str, float]:
    """Which way each looks on the set: x of the direction of the eyes."""
    reading = read(request(size=size, subjects=cast, **said))
    at = staging.frame_of(reading)
    marks = staging.place(reading, tuple(1.7 for _ in cast), lambda x, z: 0.0, 2.0)
    return {m.role.subject.name: -math.sin(at.yaw(m.yaw)) for m in marks}


def camera_side(size: str, *cast: Subject, **said: object) -> float:
    """z of the camera against the line through the marks."""
    at = staging.frame_of(read(request(size=size, subjects=cast, **said)))
    return at.direction((0.0, 0.0, -1.0))[2]


@pytest.mark.parametrize(
    "size", ["close-up", "medium", "medium close-up", "full", "over the shoulder", "two-shot", "wide"]
)
def test_the_camera_stays_on_its_side_of_the_line(size: str) -> None:
    for cast in ((A,), (B,), (A, B), (B, A)):
        assert camera_side(size, *cast) < 0


def test_a_film_that_says_so_crosses_the_line() -> None:
    assert camera_side("close-up", A, prose="Reverse angle.") > 0


@pytest.mark.parametrize("size", ["close-up", "medium", "two-shot", "wide", "over the shoulder"])
def test_two_who_talk_look_at_each_other_in_every_size(size: str) -> None:
    if size in ("two-shot", "wide", "over the shoulder"):
        for cast in ((A, B), (B, A)):
            seen = looks(size, *cast)
            if size == "over the shoulder":
                seen = {cast[1].name: seen[cast[1].name]}  # the other's back is turned
            assert seen.get("ANNA", 1.0) > 0 > seen.get("BELA", -1.0)
        return
    assert looks(size, A)["ANNA"] > 0 > looks(size, B)["BELA"]


def test_the_order_in_which_a_shot_names_them_changes_nothing() -> None:
    for cast in ((A, B), (B, A)):
        marks = staging.place(read(request(size="two-shot", subjects=cast)), (1.7, 1.7), lambda x, z: 0.0, 2.0)
        where = {m.role.subject.name: m.position[0] for m in marks}
        assert where["ANNA"] < 0 < where["BELA"]


def test_singles_see_different_sides_of_the_place() -> None:
    one, other = (staging.frame_of(read(request(size="close-up", subjects=(s,)))) for s in (A, B))
    assert one.azimuth > 0.3 and other.azimuth < -0.3


def test_a_frame_goes_there_and_back() -> None:
    at = Frame((1.5, -2.0), 0.7)
    for p in ((0.0, 0.0, 0.0), (1.0, 2.0, -3.0), (-4.0, 0.5, 2.5)):
        assert at.back(at.point(p)) == pytest.approx(p, abs=2e-6)
    assert at.point((0.0, 1.0, 0.0)) == (1.5, 1.0, -2.0)


@pytest.mark.parametrize(
    ("prose", "looks_at"),
    [
        ("ANNA looks at BELA.", "BELA"), ("ANNA looks at the camera.", "camera"), ("ANNA stares out of the window.", "away"),
        ("ANNA looks up at the sky.", "up"), ("ANNA looks down at her hands.", "down"), ("ANNA sits.", None),
    ],
)  # fmt: skip
def test_eyelines_of_the_prose(prose: str, looks_at: str | None) -> None:
    assert read(request(subjects=(A, B), prose=prose)).roles[0].looks_at == looks_at


@pytest.mark.parametrize(
    ("prose", "people"),
    [
        ("Two men stand in the rain.", 2), ("Three soldiers and a nurse.", 4), ("An old woman waits.", 1), ("Nobody is here.", 0),
        ("The street is empty.", 0), ("No man moves.", 0), ("Six sailors sing.", 6), ("A crowd.", 0),
    ],
)  # fmt: skip
def test_people_without_names(prose: str, people: int) -> None:
    assert len(read(request(setting="EXT.", place="STREET", size="wide", prose=prose)).roles) == people


def test_what_is_denied_is_not_there() -> None:
    assert not read(request(prose="No rain tonight.", setting="EXT.")).rain
    assert read(request(prose="Rain tonight.", setting="EXT.")).rain
    assert "crowd" not in read(request(setting="EXT.", prose="The street is empty of people.")).props


def test_weather_is_nobodys_doing() -> None:
    (role,) = read(request(setting="EXT.", subjects=(A,), prose="Rain falls. ANNA waits.")).roles
    assert role.pose == "pockets"


def test_the_more_telling_action_wins() -> None:
    assert read(request(subjects=(A,), prose="ANNA stands praying.")).roles[0].pose == "pray"
    assert read(request(subjects=(A,), prose="ANNA sits holding a letter.")).roles[0].pose == "sit"


@pytest.mark.parametrize("rule", ["pattern", "repetition", "triangle", "balance"])
def test_what_gives_a_picture_its_order_stands_in_it(rule: str) -> None:
    """Not only elsewhere framed: more of the picture is nearer than the set was."""
    scene = {"place": "CITY STREET", "size": "wide", "subjects": (person(),), "width": 240, "height": 135}
    plain = photographed(**scene).photo.depth
    depth = photographed(**scene, compose=(rule,)).photo.depth
    assert np.mean(depth < plain - 0.5) > 0.01
