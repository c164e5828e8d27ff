"""Prose cut into clauses, and whom each is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from apexlang.lexicon.words import words_of

_CLAUSE = re.compile(r"[.;:!?\n…]+|,\s+|\s+(?:and|then|while|as|but)\s+")
_MOST_CLAUSES = 200
_MOST_TEXT = 60_000

_NOT_THE_NEXT = {"no": 2, "without": 2, "not": 1, "never": 1}


def clauses(prose: str) -> list[str]:
    """The prose cut where one thing ends and another begins, the first of very many."""
    return [c.strip() for c in _CLAUSE.split(prose[:_MOST_TEXT]) if c.strip()][:_MOST_CLAUSES]


def positive(words: Iterable[str]) -> tuple[str, ...]:
    """The words without what is denied: `no rain`, `without a coat`."""
    out: list[str] = []
    skip = 0
    for word in words:
        if word in _NOT_THE_NEXT:
            skip = _NOT_THE_NEXT[word]
        elif skip > 0:
            skip -= 1 if word not in ("a", "an", "the", "any") else 0
        else:
            out.append(word)
    return tuple(out)


def about(name: str, first: bool, others: Sequence[str], said: Sequence[str]) -> list[str]:
    """The clauses that are about `name`: those that begin with the name, and what follows until another of `others` is named.
    `first`: this is whom the prose speaks of until it names anybody."""
    own = words_of(name)[:1]
    theirs = {words_of(n)[0] for n in others if n != name and words_of(n)}
    mine: list[str] = []
    speaking = first
    for clause in said:
        named = next((x for x in words_of(clause) if x in own or x in theirs), None)
        if named is not None:
            speaking = named in own
        if speaking:
            mine.append(clause)
    return mine
