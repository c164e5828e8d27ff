"""What must hold of any text whatever: of the compiler that reads it, and of its layout."""

from __future__ import annotations

import os
import re
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings

from apexlang.diagnostics import Diagnostic, as_json, render
from apexlang.ir import load_source
from apexlang.ir.layout import formatted
from apexlang.plan.timeline import lay_out
from apexlang.source import Source, World

ROOT = Path(__file__).parents[2]
SUITE = ROOT / "tests" / "suite"
WORLD = World(SUITE)
LONG = 10.0
"""Seconds of the processor that no film of a few kilobytes may take: a hundred times what the slowest takes."""


def profile(share: int = 1) -> settings:
    """`APEX_FUZZ=20000` asks for as many cases of each family; a test that is one of several for it takes its `share`."""
    return settings(
        deadline=None,
        max_examples=max(1, int(os.environ.get("APEX_FUZZ", "100")) // share),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


@contextmanager
def in_time(most: float = LONG) -> Iterator[None]:
    """The processor's time, so that a busy machine fails no test."""
    begun = time.process_time()
    yield
    took = time.process_time() - begun
    assert took < most, f"{took:.1f} s"


def survives(text: str, folder: Path = SUITE) -> tuple[Diagnostic, ...]:
    """What is said about a film: every word of it can be shown, and every place is a place of a text."""
    with in_time():
        film, found, sources = load_source(WORLD if folder == SUITE else World(folder), Source("film.apex", text))
        if film is not None:
            found = (*found, *lay_out(film).diagnostics)
    for d in found:
        assert d.message
        as_json(d, sources)
        render(d, sources)
        for span in [d.span, *(s for s, _ in d.secondary), *(place for fix in d.fixes for place, _ in fix.edits)]:
            if span is None or span.path not in sources:
                continue
            lines = sources[span.path].lines
            assert 0 <= span.line <= span.end_line < len(lines)
            assert (span.line, span.col) <= (span.end_line, span.end_col)
            assert span.end_col <= max(len(lines[span.end_line]), 0) + 2
    return found


def laid_out(text: str) -> str:
    return formatted(Source("film.apex", text))


def meaning(text: str, folder: Path) -> tuple[Any, Counter[str]]:
    """The film without its places, and the codes of what is wrong with it. Tabs are put right; that nothing is shot is said only
    where there is no error, and a tab is one."""
    film, found, _ = load_source(World(folder), Source("film.apex", text))
    return (
        film.model_dump(warnings=False) if film is not None else None,
        Counter(d.code for d in found if d.code not in ("E0101", "W0111")),
    )


def words(text: str) -> str:
    """A text without its white space and the marks that the layout writes."""
    return re.sub(r"[\s\u3000]+", "", text)


def holds(text: str, folder: Path = SUITE) -> None:
    """Whether the layout is a layout: the same film, the same words, and nothing more to do."""
    with in_time():
        new = laid_out(text)
    assert words(new) == words(text)
    assert laid_out(new) == new
    assert meaning(new, folder) == meaning(re.sub(r"\r[\r \t]*(?:\n|\Z)", "\n", text), folder)
