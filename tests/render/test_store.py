"""The store: nothing half-written is ever seen, a bad entry is a miss, dead runs leave nothing."""

from __future__ import annotations

import errno
import hashlib
import os
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest

from apexlang.render import lock as lock_module
from apexlang.render.lock import Lock, Refusal
from apexlang.render.store import Store, StoreError, digest_of, upkeep
from apexlang.render.store.shelf import name_of

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


@pytest.mark.skipif(os.name == "nt", reason="Windows has no umask")
@pytest.mark.parametrize("mask", [0o002, 0o027, 0o077])
def test_rights_are_those_of_the_umask(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        with Store(tmp_path / "shared") as store:
            put(store)
            store.write_note(store.notes.made(KEY), {})
            lock = store.claim(KEY)
            assert isinstance(lock, Lock)
            for path in (tmp_path / "shared").rglob("*"):
                usual = 0o777 if path.is_dir() else 0o666
                assert path.stat().st_mode & 0o777 == usual & ~mask, path
            lock.release(remove=True)
    finally:
        os.umask(before)


def test_a_claim_dies_with_its_holder(tmp_path: Path) -> None:
    code = """
        import sys
        from pathlib import Path
        from apexlang.render.store import Store
        lock = Store(Path(sys.argv[1])).claim("ab" * 32)
        print("mine", flush=True)
        sys.stdin.readline()
    """
    child = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None and child.stdout.readline() == "mine\n"
    store = Store(tmp_path)
    assert store.claim(KEY) is Refusal.HELD
    store.sweep()
    assert store.claim(KEY) is Refusal.HELD, "a living claim is not swept"
    child.kill()
    child.communicate()
    lock = store.claim(KEY)
    assert isinstance(lock, Lock)
    lock.release()
    store.sweep()
    assert list((tmp_path / "claims").iterdir()) == []


def test_threads_and_removed_lock_files_exclude_each_other(tmp_path: Path) -> None:
    """Whoever gets a lock has it on the file that stands there, however often that is removed and made again."""
    inside = 0
    most = 0

    def work() -> None:
        nonlocal inside, most
        for _ in range(200):
            lock = Lock.attempt(tmp_path / "l")
            if isinstance(lock, Lock):
                inside += 1
                most = max(most, inside)
                inside -= 1
                lock.release(remove=True)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1


def test_a_folder_that_knows_no_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(handle: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(lock_module, "_lock", none)
    with Store(tmp_path / ".apex") as store:
        assert store.claim(KEY) is Refusal.UNABLE
        assert put(store).read_bytes() == b"frames"


def test_what_another_run_adds_and_removes_is_seen(tmp_path: Path) -> None:
    """Also within the moment in which a folder's time does not change."""
    with Store(tmp_path) as one, Store(tmp_path) as other:
        for n in range(200):
            key = f"ab{n:062x}"
            assert not one.has(key)
            put(other, key)
            assert one.has(key)
            if n % 3 == 0:
                other.remove(key)
                assert not one.has(key) and one.path(key) is None


def test_two_writers_of_one_key(tmp_path: Path) -> None:
    """Without locks two may make the same: one of them stays, and both serve."""
    with Store(tmp_path) as one, Store(tmp_path) as other:
        with one.making(KEY, ".mp4") as first, other.making(KEY, ".mp4") as second:
            first.write_bytes(b"frames")
            second.write_bytes(b"frames")
        assert one.path(KEY) == other.path(KEY) is not None
        assert len(list((tmp_path / "store" / "ab").iterdir())) == 1


def test_gc_leaves_what_a_running_render_holds(tmp_path: Path) -> None:
    keys = [f"{n:02x}" * 32 for n in range(10)]
    with Store(tmp_path) as store:
        for n, key in enumerate(keys):
            put(store, key, bytes(1000))
            os.utime(store.path(key) or "", (1000 + n, 1000 + n))
    with Store(tmp_path) as running, Store(tmp_path) as cleaning:
        running.hold(keys[:2])
        done = upkeep.gc(cleaning, 4000)
        assert [key in done.keys for key in keys] == [False] * 2 + [True] * 6 + [False] * 2
        assert running.path(keys[0]) is not None
        assert done.after <= 4000 + 200 and done.removed == 6
    with Store(tmp_path) as store:
        assert sum(store.has(key) for key in keys) == 4
        assert upkeep.gc(store, 0).removed == 4
        assert not list((tmp_path / "store").glob("*/*"))


def test_gc_goes_by_the_films_that_were_rendered(tmp_path: Path) -> None:
    """A render with nothing to do touches one note, and all that the film is made of counts as used."""
    old, new = "11" * 32, "22" * 32
    with Store(tmp_path) as store:
        for key, when in ((old, 1000), (new, 2000)):
            os.utime(put(store, key, bytes(1000)), (when, when))
        store.write_note(store.notes.film("f", "p"), {"jobs": [["segment", "#a", old]]})
        assert upkeep.gc(store, 1500).keys == (new,)


def test_strays_go_and_second_files_of_a_key(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        made = put(store)
        (made.parent / "junk.mp4").write_bytes(b"x" * 100)
        (made.parent / made.name.replace("-6-", "-7-")).write_bytes(b"frames!")
    with Store(tmp_path) as store:
        assert upkeep.size(store).left == 100
        upkeep.gc(store, 10**9)
        assert len(list(made.parent.iterdir())) == 1 and store.has(KEY)


def test_keys_are_looked_up_without_reading_them(tmp_path: Path) -> None:
    """No file is opened: what is in them does not matter to `has`."""
    keys = [hashlib.sha256(str(n).encode()).hexdigest() for n in range(2000)]
    for key in keys:
        folder = tmp_path / "store" / key[:2]
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name_of(key, 0, "0" * 32, ".mp4")).touch()
    with Store(tmp_path) as store:
        assert all(store.has(key) for key in keys)
        assert not any(store.has(key[::-1]) for key in keys)
        assert store.path(keys[0]) is None, "and the bytes are looked at when they are used"
