"""Files as a git revision has them, in real repositories: nothing else is read, nothing can be smuggled into git."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from apexlang.history import GitError, Past, repository
from apexlang.ir import load
from apexlang.source import Problem, Source


def write(path: Path, text: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))


@pytest.fixture
def repo(tmp_path, git):
    """Two commits: in the first `film/film.apex` says `old`, in the second `new`."""
    for said in ("old", "new"):
        write(tmp_path / "film" / "film.apex", f'FILM "{said}"\n')
        write(tmp_path / "film" / "pictures" / "a.png", said * 1000)
        git("add", ".")
        git("commit", "-qm", said)
    return repository(tmp_path / "film")


def past(repo, revision: str, folder: str = "film", allow=()) -> Past:
    return Past(repo, repo.commit(revision), revision, repo.top / folder, allow)


def test_reads_files_as_they_were(repo, tmp_path):
    write(tmp_path / "film" / "film.apex", 'FILM "unsaved"\n')
    then = past(repo, "HEAD~1")
    assert isinstance(found := then.read("film.apex"), Source) and "old" in found.text
    assert "new" in past(repo, "HEAD").read("film.apex").text
    assert then.digest("pictures/a.png") == hashlib.sha256(b"old" * 1000).hexdigest()
    assert then.exists("pictures/a.png") and not then.exists("pictures") and not then.exists("b.png")
    assert then.missing("pictures").code == "E0502"


def test_used_files_are_those_of_the_revision(tmp_path, git):
    for prose in ("Dark.", "Bright."):
        write(tmp_path / "looks.apex", f"LOOK mine\n  {prose}\n")
        write(tmp_path / "film.apex", 'USE "looks.apex"\nFILM "F"\n  look: mine\nINT. A\n  SHOT wide\n')
        git("add", ".")
        git("commit", "-qm", prose)
    (tmp_path / "looks.apex").unlink()
    loaded = load(past(repository(tmp_path), "HEAD~1", "."), "film.apex")
    assert not [d for d in loaded.diagnostics if d.is_error]
    assert [look.doc for look in loaded.film.looks] == ["Dark."]


def test_a_file_that_was_not_committed_says_so(repo, tmp_path):
    write(tmp_path / "film" / "late.apex", "")
    problem = past(repo, "HEAD").read("late.apex")
    assert isinstance(problem, Problem) and problem.code == "E0501" and "not committed" in problem.helps[0]


def test_a_folder_that_is_gone_by_now_can_be_read(repo, tmp_path, git):
    git("rm", "-rq", "film")
    git("commit", "-qm", "gone")
    assert not (tmp_path / "film").exists()
    found = repository(tmp_path / "film")
    assert "new" in past(found, "HEAD~1").read("film.apex").text


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own on Windows")
def test_links_are_followed_inside_the_commit_only(tmp_path, git):
    write(tmp_path / "real.apex", 'FILM "real"\n')
    os.symlink("real.apex", tmp_path / "inside.apex")
    secret = tmp_path.parent / f"{tmp_path.name}-secret"
    write(secret, "secret")
    os.symlink(str(secret), tmp_path / "outside.apex")
    os.symlink("nowhere", tmp_path / "dangling.apex")
    git("add", ".")
    git("commit", "-qm", "links")
    (tmp_path / "outside.apex").unlink()  # what is on the disk now does not matter
    world = past(repository(tmp_path), "HEAD", ".")
    assert "real" in world.read("inside.apex").text
    assert isinstance(world.read("outside.apex"), Problem)
    assert isinstance(world.read("dangling.apex"), Problem)


def test_nothing_outside_the_project_is_read(repo, tmp_path, git):
    write(tmp_path / "other.apex", 'FILM "other"\n')
    git("add", ".")
    git("commit", "-qm", "other")
    problem = past(repo, "HEAD").read("../other.apex")
    assert isinstance(problem, Problem) and problem.code == "E0504"
    assert "other" in past(repo, "HEAD", allow=(tmp_path,)).read("../other.apex").text


def test_a_file_that_git_lfs_keeps_has_the_digest_of_its_contents(tmp_path, git):
    digest = hashlib.sha256(b"footage").hexdigest()
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{digest}\nsize 7\n"
    write(tmp_path / "take.mp4", pointer)
    git("add", ".")
    git("commit", "-qm", "pointer")
    assert past(repository(tmp_path), "HEAD", ".").digest("take.mp4") == digest


@pytest.mark.parametrize(
    "name", ["", "-h", "--help", "nope", "HEAD~99", "HEAD\nHEAD", "HEAD:film", "a b", "@{u}", "$(touch x)"]
)
def test_what_is_no_revision(repo, name):
    with pytest.raises(GitError) as problem:
        repo.commit(name)
    assert "revision" in problem.value.reason


def test_no_repository(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    with pytest.raises(GitError, match="not in a git repository"):
        repository(tmp_path / "nothing")


def test_no_git(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitError, match="not installed"):
        repository(tmp_path)


def test_settings_of_a_repository_start_nothing(repo, tmp_path, git):
    """A stranger's repository may name programs in its configuration; none is run for reading."""
    ran = tmp_path / "ran"
    for key in ("core.pager", "core.fsmonitor", "diff.external", "filter.x.smudge", "core.editor", "core.sshCommand"):
        git("config", key, f"touch {ran}")
    git("config", "diff.x.textconv", f"touch {ran}; cat")
    write(tmp_path / ".gitattributes", "*.apex filter=x diff=x\n")
    world = past(repo, "HEAD")
    assert "new" in world.read("film.apex").text
    world.digest("pictures/a.png")
    assert not ran.exists()


def test_in_a_hook_the_film_says_which_repository(repo, tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere" / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", "index")
    assert repository(tmp_path / "film").top == repo.top
