"""Emphasis: marks to runs and back."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apexlang.syntax.emphasis import BOLD, ITALIC, UNDERLINE, Run, marked, plain, runs


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a *b* c", "a b c"),
        ("_**X**_", "X"),
        ("***x***", "x"),
        ("_Steel's face FILLS the *Leupold Mark 4* scope_.", "Steel's face FILLS the Leupold Mark 4 scope."),
        ("**a *b* c**", "a b c"),
        ("a \\*b\\*", "a *b*"),
        ("2*3*4", "2*3*4"),
        ("5 * 3", "5 * 3"),
        ("snake_case_name", "snake_case_name"),
        ("*a", "*a"),
        ("* b *", "* b *"),
        ("", ""),
    ],
)
def test_plain(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_runs() -> None:
    italic, both = frozenset({ITALIC}), frozenset({ITALIC, BOLD})
    assert runs("a *b **c*** d") == [Run("a "), Run("b ", italic), Run("c", both), Run(" d")]
    assert runs("***c** b* d") == [Run("c", both), Run(" b", italic), Run(" d")]
    assert marked([Run(" so ", frozenset({BOLD})), Run("it", frozenset({BOLD, UNDERLINE}))]) == " **so _it_**"


styles = st.sets(st.sampled_from([BOLD, ITALIC, UNDERLINE])).map(frozenset)


@given(st.lists(st.builds(Run, st.text("ab *_\\.", max_size=6), styles), max_size=6))
def test_marks_never_change_the_words(told: list[Run]) -> None:
    text = marked(told)
    assert plain(text) == "".join(run.text for run in told)
    assert runs(marked(runs(text))) == runs(text)


def test_a_line_of_nothing_but_marks_costs_no_more() -> None:
    before = time.process_time()
    for text in ("*a " * 20_000, "*" * 60_000, "_a" * 20_000, "*a* **b _c " * 5_000):
        plain(text)
    assert time.process_time() - before < 40
