"""What a shot takes over from the shots before it in its scene."""

from pathlib import Path

from apexlang.compiler import compile
from apexlang.plan.model import Generated, Subject

FILM = """FILM "Continuity"
  format: 320x180, 24fps, rec709
CHARACTER ANNA
  A woman.
CHARACTER BELA
  A man.

INT. ROOM - DAY
  SHOT wide of ANNA and BELA #both
    ANNA sits. BELA waits.
  SHOT close-up of BELA #bela
    He listens.
  SHOT close-up of ANNA #anna
    She smiles.
  SHOT medium of ANNA #rises
    ANNA stands up and walks out.
  SHOT close-up of ANNA #after
    A tear.

INT. HALL - DAY
  SHOT medium of ANNA #hall
    She is alone.
"""


def subjects(tmp_path: Path, text: str = FILM) -> dict[str, tuple[Subject, ...]]:
    (tmp_path / "film.apex").write_text(text, "utf-8")
    return {
        s.label: s.picture.request.subjects
        for s in compile(tmp_path / "film.apex").plan().shots
        if isinstance(s.picture, Generated)
    }


def test_who_sat_down_still_sits_until_they_rise(tmp_path: Path) -> None:
    said = subjects(tmp_path)
    assert said["both"][0].pose is None
    assert said["anna"][0].pose == "sit"
    assert said["bela"][0].pose is None
    assert said["rises"][0].pose == "sit"
    assert said["after"][0].pose is None
    assert said["hall"][0].pose is None


def test_marks_are_kept_through_a_scene_and_are_none_where_one_is_alone(tmp_path: Path) -> None:
    said = subjects(tmp_path)
    assert [s.mark for s in said["both"]] == [0, 1]
    assert said["bela"][0].mark == 1
    assert said["anna"][0].mark == 0
    assert said["hall"][0].mark is None


def test_a_third_person_later_moves_nobody(tmp_path: Path) -> None:
    more = FILM.replace("INT. HALL", "  SHOT close-up of CARA #cara\n    She enters.\n\nINT. HALL").replace(
        "\nINT. ROOM", "CHARACTER CARA\n  A woman.\n\nINT. ROOM"
    )
    before, after = subjects(tmp_path), subjects(tmp_path, more)
    assert {k: after[k] for k in before} == before
    assert after["cara"][0].mark == 2
