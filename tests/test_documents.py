"""The documents say what is: their films compile, their messages are the program's, their commands and options exist."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import Any

import pytest
import typer.main

import apexlang
from apexlang.cli.app import app
from apexlang.diagnostics import render
from apexlang.ir import load_source
from apexlang.ir.reference import filled, library
from apexlang.plan.timeline import lay_out
from apexlang.source import Source, World

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.glob("*.md"))]
FIRST_LIGHT = "examples/first_light/first_light.apex"

_FILM = re.compile(r"(?:<!-- above it: (?P<above>.*?) -->\n)?```apex\n(?P<film>(?:(?!```).)*)```", re.S)
_PROPERTY = re.compile(r"[a-z]+:.*\n")
"""One property as the reference has it, which `tests/ir/test_reference.py` tries wherever it may stand."""
_NAMED_FILE = re.compile(r'"([\w/]+\.\w+)"')
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_ROW = re.compile(r"^\| `(?P<usage>[a-z]+ [^`]*|[a-z]+)` \|", re.M)
_OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")


def films() -> list[tuple[str, str]]:
    """Every film of the pages, and where it stands. What begins with two spaces stands in a scene."""
    found = []
    for page in PAGES:
        text = page.read_text("utf-8")
        for match in _FILM.finditer(text):
            film = match["film"]
            if _PROPERTY.fullmatch(film):
                continue
            above = f"{match['above']}\n" if match["above"] else ""
            scene = "INT. ROOM - DAY\n" if film.startswith("  ") else ""
            line = text.count("\n", 0, match.start("film")) + 1
            found.append((f"{page.name}:{line}", f"{above}{scene}{film}"))
    return found


@pytest.mark.parametrize(("place", "text"), films(), ids=[place for place, _ in films()])
def test_every_film_compiles_without_a_word(place: str, text: str, tmp_path: Path) -> None:
    for name in _NAMED_FILE.findall(text):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "stills").mkdir(exist_ok=True)
    (tmp_path / "stills" / "tram.jpg").touch()
    film, found, _ = load_source(World(tmp_path), Source("film.apex", text))
    assert film is not None
    assert [*found, *lay_out(film).diagnostics] == [], place


def test_what_the_program_says_of_a_film_is_what_it_says() -> None:
    for page in PAGES:
        text = page.read_text("utf-8")
        assert filled(text) == text, f"python -m apexlang.ir.reference writes {page.name} anew"


def test_the_readme_quotes_the_film_that_it_names() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    film = (ROOT / FIRST_LIGHT).read_text("utf-8")
    match = _FILM.search(text)
    assert match is not None
    for block in match["film"].strip("\n").split("\n\n"):
        assert block in film


def test_the_mistake_of_the_readme(tmp_path: Path) -> None:
    right = (ROOT / FIRST_LIGHT).read_text("utf-8")
    source = Source(FIRST_LIGHT, right.replace("  grade: night_blue\n", "  grade: night_bleu\n"))
    (found,) = [d for d in load_source(World(ROOT), source).diagnostics if d.code == "E0312"]
    assert f"```\n{render(found, {source.path: source})}\n```" in (ROOT / "README.md").read_text("utf-8")


def test_the_python_of_the_readme() -> None:
    said = re.search(r"print\(film\.plan\(\)\.frames\)  # (\d+)", (ROOT / "README.md").read_text("utf-8"))
    assert said is not None
    assert apexlang.compile(ROOT / FIRST_LIGHT).plan().frames == int(said[1])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text("utf-8")
    anchors = {re.sub(r"[^\w -]", "", h.lower()).replace(" ", "-") for h in re.findall(r"^#+ (.*)$", text, re.M)}
    for link in _LINK.findall(text):
        path, _, anchor = link.partition("#")
        if "://" not in link:
            assert (page.parent / path).exists() if path else anchor in anchors, link


def _parameters(command: Any) -> list[Any]:
    """A command's own, and those of the commands under it."""
    return [*command.params, *(p for under in getattr(command, "commands", {}).values() for p in under.params)]


def test_every_command_and_option_is_in_its_page() -> None:
    page = (DOCS / "cli.md").read_text("utf-8")
    written: dict[str, set[str]] = {}
    for match in _ROW.finditer(page):
        usage = match["usage"]
        written.setdefault(usage.split()[0], set()).update(_OPTION.findall(usage))
    group = typer.main.get_command(app)
    commands: dict[str, set[str]] = {
        name: {option for p in _parameters(command) for option in p.opts if option.startswith("--")} - {"--out"}
        for name, command in group.commands.items()  # type: ignore[attr-defined]
    }
    assert written == commands
    for parameter in group.params:
        assert f"`{parameter.opts[0]}" in page


def test_every_room_is_in_the_plan_of_the_house() -> None:
    named = re.findall(r"^\| (`.*?`) \|", (DOCS / "architecture.md").read_text("utf-8"), re.M)
    folder = ROOT / "apexlang"
    rooms = {f"{path.parent.name}/" for path in folder.glob("*/__init__.py")} | {
        p.name for p in folder.glob("[a-z]*.py")
    }
    assert {room for cell in named for room in re.findall(r"`(.+?)`", cell)} == rooms


def test_every_entry_of_the_library_says_what_it_is_for() -> None:
    rows = re.findall(r"^\| `(std\.[\w.]+)` \| (.*) \|$", library(), re.M)
    defined = sum(
        len(re.findall(r"^(?:LOOK|GRADE|LIGHT|MOVE|DELIVER) ", path.read_text("utf-8"), re.M))
        for path in (ROOT / "stdlib").glob("*.apex")
    )
    assert len(rows) == defined > 0
    assert [name for name, said in rows if not re.fullmatch(r"\S.*[.!?]", said)] == []


def test_the_pictures_are_made_of_the_films_above_them() -> None:
    spec = importlib.util.spec_from_file_location("make_pictures", DOCS / "make_pictures.py")
    assert spec is not None and spec.loader is not None
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    for page in PAGES:
        made = maker.pictures(page)
        assert len(made) == page.read_text("utf-8").count("<!-- made of the film above by ")
        for picture in made:
            assert picture.file.exists()
            film, _, _ = load_source(World(DOCS), Source("film.apex", picture.film))
            assert film is not None and picture.what in ("sheet", "frames")
            assert all(number < lay_out(film).frames for number in picture.frames)
