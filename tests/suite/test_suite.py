"""Every film of this folder says in itself what the compiler has to say about it.

`// ! E0312 7:10-20 message | label` under the line concerned: code, line, columns (from 1, the last exclusive), words.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from apexlang.diagnostics import Diagnostic, in_order
from apexlang.diagnostics.codes import TABLE
from apexlang.ir import load, load_source
from apexlang.plan.timeline import lay_out
from apexlang.source import Source, World

FOLDER = Path(__file__).parent
FILMS = sorted(path.name for path in FOLDER.glob("*.apex"))
_EXPECTED = re.compile(r"[ \t]*// ! (.*)")

WITHOUT_FILM = {
    "E0213": "in tests/ir/test_variants.py",
    "E0407": "needs footage", "E0502": "in tests/test_source.py", "E0503": "in tests/test_source.py",
    "E0505": "in tests/test_source.py", "E0506": "in tests/test_source.py", "E0507": "in tests/test_source.py",
    "E0508": "in tests/test_source.py", "E0515": "in tests/lexicon/test_own.py",
    "E0520": "needs media", "E0521": "needs media", "E0522": "needs media",
    "E0523": "needs media", "E0601": "rendering", "E0602": "rendering", "E0603": "rendering", "E0604": "rendering",
    "E0605": "rendering", "E0606": "rendering", "E0106": "in tests/syntax/test_fold.py",
}  # fmt: skip
"""Codes that a text alone cannot bring about."""


def diagnose(source: Source) -> tuple[Diagnostic, ...]:
    world = World(FOLDER)
    film, found, _ = load_source(world, source)
    return in_order([*found, *(lay_out(film).diagnostics if film is not None else ())])


def said(d: Diagnostic) -> str:
    place = "-" if d.span is None else f"{d.span.line + 1}:{d.span.col + 1}-{d.span.end_col + 1}"
    elsewhere = d.span is not None and (d.span.path.startswith("std:") or not d.span.path.endswith(".apex"))
    where = f" ({d.span.path})" if d.span is not None and elsewhere else ""
    label = f" | {d.label}" if d.label else ""
    return f"{d.code} {place}{where} {d.message}{label}".replace("\n", " ")


def expected(text: str) -> list[str]:
    return [m[1].strip() for line in text.split("\n") if (m := _EXPECTED.fullmatch(line.rstrip("\r")))]


def rewritten(name: str, text: str) -> str:
    """The film with what the compiler says of it now."""
    lines = [line for line in text.split("\n") if not _EXPECTED.fullmatch(line)]
    found = diagnose(Source(name, "\n".join(lines)))
    below: dict[int, int] = {}
    for d in found:
        line = d.span.line if d.span and d.span.path == name else len(lines) - 2
        below[line] = below.get(line, 0) + 1
    out: list[str] = []
    for number, line in enumerate(lines):
        out += [line, *["// ! ?"] * below.get(number, 0)]
    again = diagnose(Source(name, "\n".join(out)))
    texts = iter(said(d) for d in sorted(again, key=lambda d: d.span is None))
    return "\n".join(f"// ! {next(texts)}" if line == "// ! ?" else line for line in out)


@pytest.mark.parametrize("name", FILMS)
def test_a_film_is_told_what_it_says(name: str, request: pytest.FixtureRequest) -> None:
    path = FOLDER / name
    if request.config.getoption("--rewrite", default=False):
        path.write_text(rewritten(name, path.read_text("utf-8")), "utf-8", newline="\n")
    text = path.read_text("utf-8")
    film, found, _ = load(World(FOLDER), name)
    found = in_order([*found, *(lay_out(film).diagnostics if film is not None else ())])
    assert sorted(said(d) for d in found) == sorted(expected(text))


def test_every_code_has_a_film() -> None:
    shown = {line.split(" ")[0] for name in FILMS for line in expected((FOLDER / name).read_text("utf-8"))}
    assert shown - set(TABLE) == set()
    assert set(TABLE) - shown - set(WITHOUT_FILM) == set()
