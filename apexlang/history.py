"""Films as they were: reads a git revision's files through git, without touching the working tree. Starts `git` and nothing else.

Git is started without a shell, a pager, a prompt, a network or filters, and only ever asked for objects: a revision is first
resolved to its hash, and paths go in on stdin, so neither can be taken for an option.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from apexlang.source import LARGEST_SOURCE, STD, Problem, Source, World, decode

PATIENCE_S = 60
"""Seconds after which a git that does not answer is stopped."""

_LFS = re.compile(rb"version https://git-lfs\.github\.com/spec/v1\n(?:.*\n)*?oid sha256:([0-9a-f]{64})\n")
_LARGEST_POINTER = 1024


class GitError(Exception):
    """A revision that cannot be had: git is absent, this is no repository, or the name means nothing. `help` may be empty."""

    def __init__(self, reason: str, help_: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.help = help_


def _environment() -> dict[str, str]:
    """The film's folder says which repository it is; nothing is asked, fetched or locked."""
    kept = {
        k: v for k, v in os.environ.items() if k not in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
    }
    return {
        **kept,
        "LC_ALL": "C",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_ALLOW_PROTOCOL": "none",
        "GIT_NO_REPLACE_OBJECTS": "1",
    }


def _git(folder: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = ["git", "--no-pager", "-C", str(folder), *arguments]
    try:
        return subprocess.run(
            command, input=given, capture_output=True, env=_environment(), timeout=PATIENCE_S, check=False
        )
    except FileNotFoundError:
        raise GitError("git is not installed", "a version of the past is read with git") from None
    except subprocess.TimeoutExpired:
        raise GitError(f"git did not answer within {PATIENCE_S} seconds") from None
    except (OSError, ValueError) as problem:
        raise GitError(f"git cannot be started: {problem}") from None


@dataclass(frozen=True)
class Repository:
    """`top`: the folder of its working tree."""

    top: Path

    def commit(self, revision: str) -> str:
        """The hash of a revision. GitError if there is none of this name."""
        if not revision or revision.startswith("-") or "\0" in revision or "\n" in revision:
            raise GitError(f"`{revision}` is not a revision")
        found = _git(self.top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        text = found.stdout.decode("ascii", "replace").strip().rpartition("\n")[2]
        if found.returncode or not re.fullmatch(r"[0-9a-f]{40,64}", text):
            raise GitError(f"this repository has no revision `{revision}`", "`git log --oneline` lists them")
        return text

    def common(self, one: str, other: str) -> str:
        """The hash of the commit where two revisions parted."""
        found = _git(self.top, "merge-base", self.commit(one), self.commit(other))
        text = found.stdout.decode("ascii", "replace").strip()
        if found.returncode or not text:
            raise GitError(f"`{one}` and `{other}` have no commit in common")
        return text


def repository(folder: Path) -> Repository:
    """The repository that `folder` lies in, even if the folder itself is gone by now. GitError if there is none."""
    real = Path(os.path.realpath(folder))
    while not real.is_dir() and real != real.parent:
        real = real.parent
    found = _git(real, "rev-parse", "--show-toplevel")
    if found.returncode:
        said = found.stderr.decode("utf-8", "replace")
        if "dubious ownership" in said:
            raise GitError(f"git does not trust the repository of `{folder}`: it belongs to someone else")
        raise GitError(f"`{folder}` is not in a git repository", "give two films to compare: apexc diff OLD NEW")
    return Repository(Path(os.path.realpath(os.fsdecode(found.stdout).rstrip("\r\n"))))


@dataclass(frozen=True, slots=True)
class _Entry:
    """What stands at a path of a commit. `kind`: `blob`, `tree`, `missing`, or another of git's answers."""

    kind: str
    oid: str = ""
    size: int = 0


class Past(World):
    """A project's folder as a commit has it. Links are followed inside the commit only. Folders that were allowed and lie outside
    the repository are read as they are now."""

    def __init__(self, repo: Repository, commit: str, called: str, root: Path, allow: tuple[Path, ...] = ()) -> None:
        super().__init__(root, allow)
        self.repo = repo
        self.commit = commit
        self.called = called
        self._entries: dict[str, _Entry] = {}
        self._hashes: dict[str, str] = {}

    def _inside(self, rel: str) -> str | None:
        """A path of the project as the repository has it; None if it lies outside of the repository."""
        path = Path(os.path.normpath(self.root / rel))
        try:
            return path.relative_to(self.repo.top).as_posix()
        except ValueError:
            return None

    def _entry(self, path: str) -> _Entry:
        known = self._entries.get(path)
        if known is None:
            asked = f"{self.commit}:{path}\n".encode("utf-8", "surrogateescape")
            found = _git(self.repo.top, "cat-file", "--batch-check", "--follow-symlinks", given=asked)
            if found.returncode:
                raise GitError(f"git cannot read {self.called}: {found.stderr.decode('utf-8', 'replace').strip()}")
            first = found.stdout.decode("utf-8", "replace").partition("\n")[0].split(" ")
            if len(first) == 3 and first[1] in ("blob", "tree", "commit") and first[2].isdigit():
                known = _Entry(first[1], first[0], int(first[2]))
            else:
                known = _Entry(first[0] if first[0] in ("symlink", "dangling", "loop", "notdir") else "missing")
            self._entries[path] = known
        return known

    def _blob(self, oid: str) -> bytes:
        found = _git(self.repo.top, "cat-file", "blob", oid)
        if found.returncode:
            raise GitError(f"git cannot read {self.called}: {found.stderr.decode('utf-8', 'replace').strip()}")
        return found.stdout

    def exists(self, rel: str) -> bool:
        path = self._inside(rel)
        return super().exists(rel) if path is None else self._entry(path).kind == "blob"

    def missing(self, rel: str) -> Problem | None:
        path = self._inside(rel)
        if path is None:
            return super().missing(rel)
        match self._entry(path).kind:
            case "blob":
                return None
            case "tree":
                return Problem("E0502", f"`{rel}` is a folder at {self.called}", "a file is needed here")
            case "symlink":
                return Problem("E0504", f"`{rel}` leads out of the repository at {self.called}")
        if super().exists(rel):
            return Problem("E0501", f"no file `{rel}` at {self.called}", "not in that revision",
                           ("git does not have it: a file that is not committed cannot be read as it was",))  # fmt: skip
        return Problem("E0501", f"no file `{rel}` at {self.called}", "not in that revision")

    def read(self, path: str | Path) -> Source | Problem:
        name = path.as_posix() if isinstance(path, Path) else path
        if name.startswith(STD):
            return super().read(name)
        resolved = self.resolve("", name)
        if isinstance(resolved, Problem):
            return resolved
        inside = self._inside(resolved)
        if inside is None:
            return super().read(name)
        problem = self.missing(resolved)
        if problem is not None:
            return problem
        entry = self._entry(inside)
        if entry.size > LARGEST_SOURCE:
            return Problem("E0508", f"`{resolved}` is larger than {LARGEST_SOURCE >> 20} MB")
        return decode(resolved, self._blob(entry.oid))

    def digest(self, rel: str) -> str:
        """SHA-256 of a file's contents; of a file that Git LFS keeps, that of the file itself. OSError when it cannot be read."""
        path = self._inside(rel)
        if path is None:
            return super().digest(rel)
        entry = self._entry(path)
        if entry.kind != "blob":
            raise FileNotFoundError(rel)
        if entry.oid not in self._hashes:
            self._hashes[entry.oid] = self._hash(entry)
        return self._hashes[entry.oid]

    def _hash(self, entry: _Entry) -> str:
        if entry.size < _LARGEST_POINTER:
            data = self._blob(entry.oid)
            pointer = _LFS.match(data)
            return pointer[1].decode("ascii") if pointer else hashlib.sha256(data).hexdigest()
        with tempfile.TemporaryFile() as file:  # footage may be larger than memory
            command = ["git", "--no-pager", "-C", str(self.repo.top), "cat-file", "blob", entry.oid]
            try:
                subprocess.run(
                    command, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.DEVNULL, env=_environment(),
                    timeout=10 * PATIENCE_S, check=True,
                )  # fmt: skip
            except subprocess.SubprocessError as problem:
                raise OSError(f"git cannot read {self.called}") from problem
            file.seek(0)
            return hashlib.file_digest(file, "sha256").hexdigest()
