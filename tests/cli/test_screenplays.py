"""`apexc import` and `apexc export`, as a person types them."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Apexc
from tests.screenplay.scripts import FDX, FOUNTAIN


def test_there_and_back(apexc: Apexc, tmp_path: Path) -> None:
    (tmp_path / "light.fountain").write_text(FOUNTAIN, encoding="utf-8")
    done = apexc("import", "light.fountain")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "light.apex: 4 scenes, 9 shots, 00:00:42:12\n"
    checked = apexc("check", "light.apex")
    assert checked.returncode == 0 and "all well" in checked.stdout
    assert apexc("fmt", "--check", "light.apex").returncode == 0

    again = apexc("export", "light.apex", "--fountain")
    assert again.returncode == 1 and "light.fountain is there already" in again.stderr
    done = apexc("export", "light.apex", "--fountain", "-o", "back.fountain")
    assert (done.returncode, done.stdout, done.stderr) == (0, "back.fountain: written\n", "")
    assert (tmp_path / "back.fountain").read_text(encoding="utf-8") == FOUNTAIN.replace("!SILENCE", "SILENCE")
    assert apexc("export", "light.apex", "--fountain", "-o", "-").stdout == FOUNTAIN.replace("!SILENCE", "SILENCE")
    assert apexc("import", "back.fountain", "-o", "light.apex").returncode == 1
    assert apexc("import", "back.fountain", "-o", "light.apex", "--force").returncode == 0


def test_final_draft_there_and_back(apexc: Apexc, tmp_path: Path) -> None:
    (tmp_path / "light.fdx").write_text(FDX, encoding="utf-8")
    assert apexc("import", "light.fdx").returncode == 0
    film = (tmp_path / "light.apex").read_text(encoding="utf-8")
    assert apexc("export", "light.apex", "--fdx", "-o", "back.fdx").returncode == 0
    assert apexc("import", "back.fdx", "-o", "-").stdout == film


def test_what_cannot_be(apexc: Apexc, tmp_path: Path) -> None:
    (tmp_path / "bad.fdx").write_text("<html/>", encoding="utf-8")
    (tmp_path / "bad.fountain").write_bytes(b"INT. CAF\xc9 - DAY\n")
    (tmp_path / "wrong.apex").write_text("INT. A\n  SHOT wide\n    One.\n    hold: x\n", encoding="utf-8")
    for arguments, said in (
        (("import", "none.fountain"), "none.fountain cannot be read"),
        (("import", "bad.fdx"), "not a Final Draft script"),
        (("import", "bad.fountain"), "not UTF-8"),
        (("export", "none.apex", "--fountain"), "none.apex"),
        (("export", "wrong.apex", "--fountain"), "wrong.apex:4"),
    ):
        done = apexc(*arguments)
        assert done.returncode == 1 and said in done.stderr and "Traceback" not in done.stderr, done.stderr
    assert not (tmp_path / "bad.apex").exists()
    assert (tmp_path / "wrong.fountain").read_text(encoding="utf-8") == "INT. A\n\nOne.\n"
    assert apexc("export", "wrong.apex").returncode == 2
