"""`apexc store`: how large the store is, what may go, whether it is whole, and what a thing in it was made from."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from apexlang.cli import say
from apexlang.compiler import compile
from apexlang.options import Options, store_folder
from apexlang.render.ffmpeg import FfmpegError
from apexlang.render.store import Store, upkeep
from apexlang.render.store.shelf import Entry

_UNITS = {"": 1, "b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9, "tb": 10**12,
          "k": 10**3, "m": 10**6, "g": 10**9, "t": 10**12,
          "kib": 2**10, "mib": 2**20, "gib": 2**30, "tib": 2**40}  # fmt: skip
_SHOWN = 20


def folder_of(files: Sequence[Path], options: Options) -> Path:
    """The store that is meant: the chosen one, or the one beside the film, or beside where we are."""
    return store_folder(options, files[0].parent if files else Path())


def size(files: Sequence[Path], options: Options, as_data: bool) -> int:
    root = folder_of(files, options)
    if not root.is_dir():
        return _none(root)
    found = upkeep.size(Store(root))
    if as_data:
        kinds = {kind: {"count": count, "bytes": total} for kind, (count, total) in sorted(found.kinds.items())}
        say.answer({"store": str(root), "bytes": found.total, "kinds": kinds, "notes": found.notes, "left": found.left})
        return say.DONE
    say.out(f"{say.paint('strong', say.shown(root))}: {written(found.total)}")
    rows = [
        (kind.removesuffix("s") if count == 1 else kind, f"{count:,}", total)
        for kind, (count, total) in found.kinds.items()
    ]
    rows += [("notes", "", found.notes)] if found.notes else []
    rows += [("not in use", "", found.left)] if found.left else []
    wide = max((len(count) for _, count, _ in rows), default=0)
    for kind, count, total in sorted(rows, key=lambda row: -row[2]):
        say.out(f"  {written(total):>10}  {count:>{wide}} {kind}".rstrip())
    return say.DONE


def gc(files: Sequence[Path], options: Options, keep: str, dry_run: bool, as_data: bool) -> int:
    limit = in_bytes(keep)
    if limit is None:
        return say.usage(f"`--keep {keep}` is not a size", "as in: --keep 10GB, --keep 500MB, --keep 1.5TB, --keep 0")
    root = folder_of(files, options)
    if not root.is_dir():
        return _none(root)
    films = list(files) or beside(root)
    needed: set[str] = set()
    for file in films:
        keys = needed_by(file, options)
        if keys is None:
            return say.failure(
                f"what {say.shown(file)} needs cannot be told while it has errors", "nothing was removed"
            )
        needed |= keys
    with Store(root) as store:
        done = upkeep.gc(store, limit, needed, dry_run)
    if done.refused:
        return say.failure(f"nothing was removed: {done.refused}")
    if as_data:
        say.answer({"store": str(root), "dry_run": dry_run, "removed": done.removed, "freed": done.freed,
                    "before": done.before, "after": done.after, "needed": done.needed, "keys": list(done.keys),
                    "films": [str(f) for f in films]})  # fmt: skip
    else:
        say.out("\n".join(_cleaned(done, limit, films, dry_run)))
    return say.DONE


def _cleaned(done: upkeep.Cleaning, limit: int, films: Sequence[Path], dry_run: bool) -> Iterator[str]:
    removed = say.plural(done.removed, "thing")
    if done.removed:
        verb = "Would remove" if dry_run else "Removed"
        yield f"{verb} {removed}, {written(done.freed)}: {written(done.before)} -> {written(done.after)}."
    else:
        yield f"Nothing to remove: {written(done.after)} of {written(limit)}."
    if done.after > limit:
        named = f" for {', '.join(say.shown(film) for film in films)}" if films else ""
        yield f"More than {written(limit)} is left: {written(done.needed)} is needed{named} or held by a running render."


def verify(files: Sequence[Path], options: Options, keep: bool, as_data: bool) -> int:
    root = folder_of(files, options)
    if not root.is_dir():
        return _none(root)
    seen, last = 0, time.monotonic()

    def progress(bytes_: int) -> None:
        nonlocal seen, last
        seen += bytes_
        if sys.stderr.isatty() and time.monotonic() - last > 0.5:
            last = time.monotonic()
            sys.stderr.write(f"\r{written(seen)} …")
            sys.stderr.flush()

    found = upkeep.verify(Store(root), keep, progress=progress)
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")
    if as_data:
        bad = [{"key": e.key, "file": e.path.name, "why": reason} for e, reason in found.bad]
        say.answer({"store": str(root), "ok": not bad, "looked": found.looked, "bytes": found.size, "bad": bad,
                    "removed": found.removed})  # fmt: skip
        return say.FAILED if bad else say.DONE
    for entry, reason in found.bad[:_SHOWN]:
        say.out(f"{say.paint('bad', 'bad')}  {_called(Store(root), entry)} {entry.key[:16]}: {reason}")
    if len(found.bad) > _SHOWN:
        say.out(f"     and {len(found.bad) - _SHOWN:,} more")
    if not found.bad:
        say.out(
            f"All {say.plural(found.looked, 'entry').replace('entrys', 'entries')} are whole ({written(found.size)})."
        )
        return say.DONE
    kept = "none was removed" if keep else f"{found.removed} removed: the next render makes what it needs of them again"
    say.out(f"{len(found.bad)} of {found.looked:,} bad; {kept}.")
    return say.FAILED


def why(key: str, files: Sequence[Path], options: Options, as_data: bool) -> int:
    root = folder_of(files, options)
    if not root.is_dir():
        return _none(root)
    if not re.fullmatch(r"[0-9a-f]{4,64}(\.[a-z-]+)?…?", key):
        return say.usage(
            f"`{key}` is not a key",
            "four digits of one, or more; `apexc why --json` has them",
        )
    store = Store(root)
    found = upkeep.find(store, key.rstrip("…"))
    bases = sorted({entry.key.partition(".")[0] for entry in found})
    if not bases:
        return say.failure(f"there is nothing in {say.shown(root)} whose key begins with {key}")
    if len(bases) > 1:
        shown = ", ".join(base[: len(key) + 8] for base in bases[:5])
        return say.failure(
            f"{len(bases)} keys begin with {key}: {shown}{' …' if len(bases) > 5 else ''}", "write more of it"
        )
    said = upkeep.made_from(store, bases[0])
    used = upkeep.last_used(store, bases[0])
    if as_data:
        say.answer({"key": bases[0], "files": [{"name": e.path.name, "bytes": e.size} for e in found],
                    "used": _moment(used), "made_from": said})  # fmt: skip
    else:
        say.out("\n".join(_made_from(bases[0], found, used, said)))
    return say.DONE


def _made_from(key: str, entries: Sequence[Entry], used: float | None, said: dict[str, Any] | None) -> Iterator[str]:
    labels = ", ".join(said["labels"]) if said else ""
    yield say.paint("strong", f"{said['kind'] if said else 'made'} {labels}".strip())
    yield f"  key    {key}"
    for entry in entries:
        part = entry.key.partition(".")[2]
        yield f"  file   {entry.path.suffix}{f' ({part})' if part else ''}, {written(entry.size)}"
    if used is not None:
        yield f"  used   {_moment(used)}"
    if said is None:
        yield "  Nothing is noted of how it was made."
        return
    if said["tools"]:
        yield f"  tools  {' '.join(tool for tool in said['tools'] if tool)}"
    for number, key_of_input in enumerate(said["inputs"]):
        yield f"  {'from' if not number else '    '}   picture {key_of_input[:16]}…"
    yield ""
    rows = list(_flat(said["parameters"], ""))
    wide = min(max((len(name) for name, _ in rows), default=0), 28)
    for name, text in rows:
        yield f"  {name:<{wide}}  {text}"


def _flat(value: Any, name: str) -> Iterator[tuple[str, str]]:
    """Names and texts; what is empty or plain zero is left out, as saying nothing."""
    if isinstance(value, dict):
        for part in value:
            yield from _flat(value[part], f"{name}.{part}" if name else part)
    elif isinstance(value, list) and any(isinstance(part, dict | list) for part in value):
        for index, part in enumerate(value):
            yield from _flat(part, f"{name}.{index + 1}")
    elif value not in (None, "", [], 0, False):
        text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        first, *rest = text.split("\n")
        yield name, first
        yield from (("", row) for row in rest)


def _moment(used: float | None) -> str | None:
    return None if used is None else time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(used))


def _called(store: Store, entry: Entry) -> str:
    said = upkeep.made_from(store, entry.key)
    return f"{said['kind']} {', '.join(said['labels'])}" if said else upkeep.KINDS.get(entry.path.suffix, "file")


def beside(root: Path) -> list[Path]:
    """The films that a store named `.apex` lies beside; none for a shared store."""
    if root.name != ".apex":
        return []
    return sorted(path for path in root.absolute().parent.glob("*.apex") if path.is_file())


def needed_by(file: Path, options: Options) -> set[str] | None:
    """The keys of all that a film needs, in full and as a draft, and of its variants; None where it has errors."""
    film = say.opened(file, options)
    if not film.ok or film.ir is None:
        return None
    try:
        found = film.needed()
        for variant in film.ir.variants:
            other = compile(file, options=replace(options, variant=variant))
            if not other.ok:
                return None
            found |= other.needed()
    except FfmpegError as problem:
        say.failure(str(problem))
        return None
    return found


def in_bytes(text: str) -> int | None:
    """A size as people write it: `10GB`, `500 MB`, `1.5 TiB`, `1,000 kB`. None for anything else."""
    found = re.fullmatch(r"\s*(\d+(?:[.]\d+)?)\s*([a-z]*)\s*", text.replace(",", "").replace("_", "").lower())
    if found is None or found[2] not in _UNITS:
        return None
    return round(float(found[1]) * _UNITS[found[2]])


def written(size_: int) -> str:
    """`12.4 MB`; powers of a thousand, as disks are sold."""
    number = float(size_)
    for unit in ("B", "kB", "MB", "GB"):
        if number < 999.5:
            return f"{number:.0f} {unit}" if unit == "B" or number >= 99.95 else f"{number:.1f} {unit}"
        number /= 1000
    return f"{number:.1f} TB"


def _none(root: Path) -> int:
    return say.failure(
        f"there is no store at {say.shown(root)}", "name one: --store FOLDER, or go to the film's folder"
    )
