"""Why a job has to be made, or was: nouns that the planner's readers fill and that reports carry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that changed, in the film's words. `path`, `line` (from 0): where the film says it now, None where it is no line.
    `code`, for programs: `value`, `text`, `picture`, `length`, `transition`, `title`, `file`, `tool`, `new`, `lost`, `first`,
    `parts` or `other`."""

    code: str
    says: str
    path: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Reasoned:
    """A job and why it is made. `kind`, `key` and `label` as of `plan.model.Job`; `shots`: labels of those in it. `state`: `made`
    (it was, or has to be, for `reasons`), `there` (the store has it), or `spare` (it has not, and nothing needs it now)."""

    kind: str
    key: str
    label: str
    state: Literal["made", "there", "spare"]
    reasons: tuple[Reason, ...] = ()
    shots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Why:
    """All jobs of a film with their states. `since`: `first` (nothing is known of the film), `here` (its last render), or `elsewhere`
    (that of another copy of it, which uses the same store). `out`: the film's file."""

    title: str
    since: Literal["first", "here", "elsewhere"]
    jobs: tuple[Reasoned, ...]
    out: str
