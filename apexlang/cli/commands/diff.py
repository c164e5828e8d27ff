"""`apexc diff`: what differs between two versions of a film, files or git revisions, and what has to be made again."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from apexlang.cli import say
from apexlang.compiler import generators_here
from apexlang.diagnostics import Diagnostic
from apexlang.history import GitError, Past, Repository, repository
from apexlang.options import Options
from apexlang.reading.difference import compare
from apexlang.reading.report import data, text
from apexlang.reading.sides import Side, Unreadable, of_film, orders, side
from apexlang.source import World

SAME, DIFFERENT, TROUBLE = 0, 1, 2
"""Exit status, as of `diff`."""


@dataclass(frozen=True)
class Version:
    """One of the two: a world, the film's name in it, what to call it, and the folder that its paths are seen from."""

    world: World
    name: str
    called: str
    folder: Path


def run(arguments: Sequence[str], options: Options, as_data: bool) -> int:
    try:
        versions = _versions(arguments, options)
        if isinstance(versions, int):
            return versions
        old, new = (side(v.world, v.name, v.called) for v in versions)
        if isinstance(old, Unreadable) or isinstance(new, Unreadable):
            return _unreadable(versions, (old, new))
        if len(orders(old.film) | orders(new.film)) > 1:  # who serves them here decides what is made again
            here = generators_here(options)
            old = of_film(old.film, versions[0].world, old.called, here, old.diagnostics, old.sources)
            new = of_film(new.film, versions[1].world, new.called, here, new.diagnostics, new.sources)
    except GitError as problem:
        return say.usage(problem.reason, *([problem.help] if problem.help else []))
    for version, one in zip(versions, (old, new), strict=True):
        _errors(version, one.diagnostics, one)
    found = compare(old, new)
    if as_data:
        folder = versions[1].folder
        say.answer(data(found, lambda path: say.named(path, folder)))
    else:
        say.out(text(found, say.width(), say.paint))
    return DIFFERENT if found.different else SAME


def _unreadable(versions: tuple[Version, Version], sides: tuple[Side | Unreadable, ...]) -> int:
    for version, one in zip(versions, sides, strict=True):
        if isinstance(one, Unreadable):
            _errors(version, one.diagnostics, one)
    return TROUBLE


def _errors(version: Version, found: Sequence[Diagnostic], one: Side | Unreadable) -> None:
    """Errors are shown: what is wrong is missing from the comparison. Warnings are for `check`."""
    wrong = [d for d in found if d.is_error]
    if wrong:
        say.failure(f"{version.called} has errors: what is wrong in it is left out of the comparison")
        say.show(wrong, one.sources, version.folder)


def _versions(arguments: Sequence[str], options: Options) -> tuple[Version, Version] | int:
    """The two versions that are meant, or the exit status where that cannot be told."""
    match list(arguments):
        case [file] if _is_file(file):
            return _in_git("HEAD", file, options), _as_it_is(file, options)
        case [old, new] if _is_file(old) and _is_file(new):
            return _as_it_is(old, options), _as_it_is(new, options)
        case [old, new]:
            return _revision_and_file(old, new, options)
        case [old, new, file]:
            return _in_git(old, file, options), _in_git(new, file, options)
    return say.usage(
        "two versions are compared" if len(arguments) != 1 else f"there is no file `{arguments[0]}`",
        "as in: apexc diff old.apex new.apex, apexc diff HEAD~1 film.apex, apexc diff HEAD~3..HEAD film.apex",
    )


def _is_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except (OSError, ValueError):
        return False


def _revision_and_file(old: str, new: str, options: Options) -> tuple[Version, Version] | int:
    named = _named_in_git(old, options)
    if named is not None:  # HEAD~1:film.apex and a file, or another of its kind
        other = _named_in_git(new, options) if not _is_file(new) else None
        return named, other or _as_it_is(new, options)
    if _is_file(old) or (old.endswith(".apex") and ".." not in old.removeprefix("..")):
        missing = new if _is_file(old) else old
        return say.usage(f"there is no file `{missing}`")
    for dots in ("...", ".."):
        first, found, second = old.partition(dots)
        if found:
            repo = repository(Path(new).parent)
            if dots == "...":
                base = repo.common(first or "HEAD", second or "HEAD")
                return _at(repo, base, f"{base[:9]}", new, options), _in_git(second or "HEAD", new, options)
            return _in_git(first or "HEAD", new, options), _in_git(second or "HEAD", new, options)
    past = _in_git(old, new, options)
    return past, _as_it_is(new, options)


def _named_in_git(text: str, options: Options) -> Version | None:
    """`REV:path`, the path as git has it: from the top of the repository, or with `./` from here."""
    revision, colon, path = text.partition(":")
    if not colon or not revision or not path or _is_file(text) or (len(revision) == 1 and os.name == "nt"):
        return None
    repo = repository(Path.cwd())
    file = Path.cwd() / path if path.startswith(("./", "../")) else repo.top / path
    return _at(repo, repo.commit(revision), revision, str(file), options)


def _as_it_is(file: str, options: Options) -> Version:
    path = Path(file)
    return Version(World(path.parent, options.allow), path.name, say.shown(path), path.parent)


def _in_git(revision: str, file: str, options: Options) -> Version:
    repo = repository(Path(file).parent)
    return _at(repo, repo.commit(revision), revision, file, options)


def _at(repo: Repository, commit: str, revision: str, file: str, options: Options) -> Version:
    path = Path(file)
    world = Past(repo, commit, revision, path.parent, options.allow)
    return Version(world, path.name, f"{say.shown(path)} at {revision}", path.parent)
