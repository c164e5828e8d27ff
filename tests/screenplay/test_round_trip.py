"""What a person wrote survives: Fountain to Apex and back, for every text."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

from hypothesis import given, settings

from apexlang.ir import load_source
from apexlang.ir.layout import formatted
from apexlang.plan.timeline import lay_out
from apexlang.screenplay import film, fountain, fountain_text
from apexlang.source import Source, World

_spec = importlib.util.spec_from_file_location("generated_screenplays", Path(__file__).with_name("generated.py"))
assert _spec is not None and _spec.loader is not None
generated = importlib.util.module_from_spec(_spec)
sys.modules[_spec.name] = generated
_spec.loader.exec_module(generated)


def imported(text: str) -> Source:
    return Source("film.apex", formatted(Source("film.apex", film.film(fountain.read(text)))))


def errors(source: Source) -> list[str]:
    typed, found, _ = load_source(World(Path(__file__).parent), source)
    found = [*found, *(lay_out(typed).diagnostics if typed is not None else ())]
    return [f"{d.code} {d.span.line if d.span else None} {d.message}" for d in found if d.is_error and not (d.span and "TITLE" in source.lines[d.span.line])]


@settings(max_examples=2000, deadline=None)
@given(generated.screenplay)
def test_fountain_is_written_as_it_is_read(text: str) -> None:
    play = fountain.read(text)
    assert fountain.read(fountain_text.write(play)) == play


@settings(max_examples=2000, deadline=None)
@given(generated.screenplay)
def test_fountain_survives_a_film(text: str) -> None:
    play = fountain.read(text)
    source = imported(text)
    assert film.screenplay(source) == play


@settings(max_examples=2000, deadline=None)
@given(generated.screenplay)
def test_every_screenplay_is_a_valid_film(text: str) -> None:
    source = imported(text)
    assert not errors(source), source.text
