"""Sheets, storyboards and the gallery: what stands on them, the same each time, and that a stranger's words are inert."""

from __future__ import annotations

import io
import re
import zlib
from html.parser import HTMLParser

import numpy as np

from apexlang.cli.gallery.entries import SECTIONS, entries, film, looks
from apexlang.cli.gallery.page import Leaf
from apexlang.cli.gallery.page import page as gallery_page
from apexlang.cli.sheets import storyboard, wall, web
from apexlang.cli.sheets.panels import Panel, Sheet
from apexlang.compiler import compile
from apexlang.ir.vocabulary import ANGLES, COMPOSITIONS, MOODS, SIZES
from apexlang.picture.previz.kits.catalogue import KITS
from apexlang.plan.model import SceneLine

HOSTILE = "<script>alert('x')</script> \"quoted\" ]]> & \u05e9\u05dc\u05d5\u05dd \U0001f3ac \u65e5\u672c"


def panel(number: int, action: str = "She walks.") -> Panel:
    picture = np.full((90, 160, 3), (number * 17 % 255, 80, 120), np.uint8)
    return Panel(picture, 0, number, f"s{number}", "00:00:00:00", "wide", "24mm · f/4", "push in", "48f · 2.00s", action,
                 ("ANNA (afraid): Who is there?",), ("not staged: a thing",))  # fmt: skip


def sheet(count: int = 7, action: str = "She walks.", title: str = "A Film") -> Sheet:
    scenes = (SceneLine.made(number="1", heading=f"INT. ROOM - DAY {action}", synopsis=(action,)),)
    return Sheet(title, (action,), "facts", scenes, tuple(panel(n + 1, action) for n in range(count)))


def pdf(made: Sheet, paper: str = "a4") -> bytes:
    target = io.BytesIO()
    storyboard.write(made, target, storyboard.PAPERS[paper])
    return target.getvalue()


class Seen(HTMLParser):
    """Tags, and the attributes that would ask for something."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.asked: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.asked += [v for k, v in attrs if k in ("src", "href") and v and not v.startswith(("data:", "#"))]


def test_a_storyboard_has_six_panels_to_a_page_and_the_same_bytes_twice() -> None:
    data = pdf(sheet(7))
    assert data == pdf(sheet(7))
    assert len(re.findall(rb"/Type /Page\b", data)) == 2
    assert data.count(b"/Subtype /Image") >= 7
    for paper, (wide, high) in {"a4": (841.89, 595.28), "letter": (792.0, 612.0)}.items():
        assert re.search(rb"/MediaBox \[0 0 %.2f %.2f\]" % (wide, high), pdf(sheet(1), paper))


def test_a_storyboard_embeds_its_fonts_and_keeps_its_text() -> None:
    data = pdf(sheet(1))
    assert b"/FontFile2" in data and b"/ToUnicode" in data
    # text is set as glyphs, and each glyph says which character it is
    assert b"beginbfchar" in data and b"<0041>" in data
    streams = [zlib.decompress(m) for m in re.findall(rb"stream\r?\n(\x78.*?)\r?\nendstream", data, re.S)]
    assert any(b" Td (" in stream for stream in streams)


def test_hostile_words_are_drawn_and_nothing_else() -> None:
    hostile = sheet(2, HOSTILE, HOSTILE)
    assert pdf(hostile).startswith(b"%PDF")
    assert wall.draw(hostile).shape[2] == 3
    page = Seen(web.page(hostile))
    assert "script" not in page.tags and page.asked == []
    assert page.tags.count("img") == 2


def test_words_without_an_end_end() -> None:
    endless = sheet(2, "x" * 20_000 + " " + "word " * 5_000)
    assert len(pdf(endless)) < 2_000_000
    assert wall.draw(endless).shape[1] == wall.WIDTH


def test_the_gallery_shows_every_word() -> None:
    shown = list(entries())
    titles = {section: [e.title for e in shown if e.section == section] for section in SECTIONS}
    assert all(titles.values())
    assert set(titles["sizes"]) == set(SIZES)
    assert set(titles["angles"]) == set(ANGLES)
    assert set(titles["composition"]) == set(COMPOSITIONS)
    assert set(titles["rigs and moods"]) == set(MOODS)
    assert set(titles["looks"]) == set(looks())
    assert len(titles["places"]) == 2 * len(KITS)
    assert len({e.label for e in shown}) == len(shown)


def test_the_gallerys_film_compiles_without_a_word(tmp_path) -> None:
    (tmp_path / "gallery.apex").write_text(film(list(entries()), (320, 180)), "utf-8")
    assert compile(tmp_path / "gallery.apex").diagnostics == ()


def test_every_place_of_the_gallery_is_its_own_set(tmp_path) -> None:
    from apexlang.picture.previz.reading import read

    (tmp_path / "gallery.apex").write_text(film([e for e in entries() if e.section == "places"], (320, 180)), "utf-8")
    kits = [read(s.picture.request).kit for s in compile(tmp_path / "gallery.apex").plan().shots]  # type: ignore[union-attr]
    assert set(kits) == set(KITS)


def test_the_gallerys_page_asks_for_nothing() -> None:
    some = list(entries())[:3]
    page = Seen(gallery_page([("sizes", [Leaf(e, np.zeros((27, 48, 3), np.uint8)) for e in some])]))
    assert page.asked == [] and page.tags.count("figure") == 3


def test_one_section_of_the_gallery(apexc, tmp_path) -> None:
    made = apexc("gallery", str(tmp_path / "g"), "--only", "angles", "--size", "64x64")
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "g" / "index.html").read_text("utf-8").count("<figure") == len(ANGLES)
    assert apexc("gallery", str(tmp_path / "g"), "--only", "angels").returncode == 2
    assert apexc("gallery", str(tmp_path / "g"), "--size", "9x9").returncode == 2


def test_check_says_what_is_not_staged_where_it_is_asked(apexc, tmp_path) -> None:
    (tmp_path / "film.apex").write_text(
        'FILM "F"\n  format: 320x180, 24fps\nEXT. STREET - DAY\n  SHOT wide #a\n    Quux zorble.\n', "utf-8"
    )
    asked = apexc("check", str(tmp_path / "film.apex"), "--verbose")
    assert "film.apex:4: #a: not staged: Quux zorble" in asked.stdout
    assert "not staged" not in apexc("check", str(tmp_path / "film.apex")).stdout
