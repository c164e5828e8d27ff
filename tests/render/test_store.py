"""The store: nothing half-written is ever seen, a bad entry is a miss, dead runs leave nothing."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from apexlang.render.lock import Lock
from apexlang.render.store import Store, StoreError, digest_of

KEY = "ab" * 32


def put(store: Store, key: str = KEY, data: bytes = b"frames") -> Path:
    with store.making(key, ".mp4") as path:
        path.write_bytes(data)
    made = store.path(key)
    assert made is not None
    return made


def test_what_was_put_is_there_for_the_next_run(tmp_path: Path) -> None:
    with Store(tmp_path / ".apex") as store:
        assert not store.has(KEY) and store.path(KEY) is None
        made = put(store)
        assert store.has(KEY) and made.suffix == ".mp4"
    with Store(tmp_path / ".apex") as store:
        assert store.has(KEY) and store.path(KEY) == made
    assert list((tmp_path / ".apex" / "tmp").iterdir()) == []


def test_looking_makes_no_folder(tmp_path: Path) -> None:
    with Store(tmp_path / ".apex") as store:
        assert not store.has(KEY)
    assert not (tmp_path / ".apex").exists()


def test_a_block_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with Store(tmp_path / ".apex") as store:
        with pytest.raises(RuntimeError), store.making(KEY, ".mp4") as path:
            path.write_bytes(b"half")
            raise RuntimeError
        assert not store.has(KEY) and not path.exists()


@pytest.mark.parametrize("harm", ["flip", "cut", "longer", "gone", "empty"])
def test_a_bad_entry_is_a_miss_and_is_removed(tmp_path: Path, harm: str) -> None:
    with Store(tmp_path / ".apex") as store:
        made = put(store)
        other = put(store, "ab" + "cd" * 31, b"other")
    match harm:
        case "flip":
            made.write_bytes(b"fromes")
        case "cut":
            made.write_bytes(b"fr")
        case "longer":
            made.write_bytes(b"framesandmore")
        case "gone":
            made.unlink()
        case _:
            made.write_bytes(b"")
    with Store(tmp_path / ".apex") as store:
        assert store.has(KEY) == (harm == "flip"), "the content is looked at when it is used"
        assert store.path(KEY) is None and not store.has(KEY)
        assert store.damaged == (set() if harm == "gone" else {KEY})
        assert store.path("ab" + "cd" * 31) == other
        assert put(store).read_bytes() == b"frames"


@pytest.mark.parametrize("name", ["{key}-1-{digest}.mp4", "../{key}-6-{digest}.mp4", "{key}-6-{digest}", "{key}.entry"])
def test_other_names_are_no_entries(tmp_path: Path, name: str) -> None:
    with Store(tmp_path / ".apex") as store:
        made = put(store)
        place = made.parent / name.format(key=KEY, digest=digest_of(made))
        made.rename(place)
    with Store(tmp_path / ".apex") as store:
        assert not store.has(KEY) and store.path(KEY) is None


def test_a_killed_runs_files_are_swept_a_living_ones_are_not(tmp_path: Path) -> None:
    root = tmp_path / ".apex"
    code = """
        import os, sys
        from pathlib import Path
        from apexlang.render.store import Store
        store = Store(Path(sys.argv[1]))
        with store.making("k" * 64, ".mp4") as path:
            path.write_bytes(b"half")
            print(path, flush=True)
            sys.stdin.readline()
            os._exit(9)
    """
    child = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), str(root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdin is not None and child.stdout is not None
    half = Path(child.stdout.readline().strip())
    with Store(root) as store:
        put(store)
        assert half.exists()
    child.stdin.write("\n")
    child.stdin.flush()
    assert child.wait(30) == 9
    assert half.exists()
    with Store(root) as store:
        put(store, "cd" * 32)
        assert not half.exists() and not store.has("k" * 64)
    assert list((root / "tmp").iterdir()) == []


def test_a_lock_is_held_by_one(tmp_path: Path) -> None:
    lock = Lock.take(tmp_path / "l")
    assert lock is not None and Lock.take(tmp_path / "l") is None
    lock.release()
    again = Lock.take(tmp_path / "l")
    assert again is not None
    again.release()


@pytest.mark.skipif(sys.platform == "win32", reason="file-size limits are POSIX")
def test_no_room(tmp_path: Path) -> None:
    """A limit on file sizes stands in for a full disk: writes fail with an OSError in the same places."""
    code = """
        import resource, signal, sys
        from pathlib import Path
        from apexlang.render.store import Store, StoreError
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        store = Store(Path(sys.argv[1]))
        try:
            store.put_text("a" * 64, "x" * 5000)
        except StoreError as problem:
            print(problem.reason)
        print(store.has("a" * 64))
        store.close()
    """
    arguments = [sys.executable, "-c", textwrap.dedent(code), str(tmp_path / ".apex")]
    said = subprocess.run(arguments, capture_output=True, text=True, check=True).stdout
    assert "larger than is allowed" in said and "False" in said
    assert list((tmp_path / ".apex" / "tmp").iterdir()) == []


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / ".apex").write_text("in the way")
    with Store(tmp_path / ".apex") as store, pytest.raises(StoreError, match="folder"):
        put(store)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions do not stop root")
def test_no_permission(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir(mode=0o500)
    with Store(tmp_path / "p" / ".apex") as store, pytest.raises(StoreError, match="permission"):
        put(store)
