"""The pictures that a plan lacks: made by their generators and kept as 16-bit PNG, with the depth beside them."""

from __future__ import annotations

import functools
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt

from apexlang.picture.files import write_png16
from apexlang.picture.model import Failed, Picture, Plate, Refused
from apexlang.plan.model import Generated, Plan
from apexlang.render.failure import Failure, RenderError
from apexlang.render.once import Task, make_once
from apexlang.render.store import reported
from apexlang.render.work import Work

_TRIES = 3


def depth_key(key: str) -> str:
    """The store's key of the depth that belongs to a picture: `.npz` with `depth`, (h, w) float32 metres, and `subject`, (h, w) bool,
    where people are; of a picture that was developed from a plate, that too (`linear`, `owners`, `ground`, and `lens`, JSON)."""
    return key + ".depth"


def notes_key(key: str) -> str:
    """The store's key of what a generator said about a picture: a JSON list of sentences."""
    return key + ".notes"


def wanted(plan: Plan, shots: frozenset[int] | None = None) -> dict[str, tuple[Generated, str]]:
    """The generated pictures that the plan's segments (or `shots`) show, by key: each with the label of its first shot."""
    if shots is None:
        parts = (p for s in plan.segments for p in (s.a, s.b) if p is not None)
        shots = frozenset(p.shot for p in parts if p.shot is not None)
    found: dict[str, tuple[Generated, str]] = {}
    for shot in plan.shots:
        if shot.index in shots and isinstance(shot.picture, Generated):
            found.setdefault(shot.picture.key, (shot.picture, shot.label))
    return found


def make_pictures(work: Work, shots: frozenset[int] | None = None) -> None:
    """Makes what is missing. RenderError names the shot whose picture could not be made; what was made stays."""
    tasks = []
    for key, (picture, label) in wanted(work.plan, shots).items():
        if work.store.path(key) is not None:
            work.reuse("generate", key, f"#{label}")
            _tell_notes(work, key, label)
        else:
            tasks.append(Task("generate", key, f"#{label}", functools.partial(_make, work, picture, label)))
    make_once(work, tasks)
    for task in tasks:
        _tell_notes(work, task.key, task.label.removeprefix("#"))


def _make(work: Work, picture: Generated, label: str) -> None:
    generator = work.options.generators.get(picture.generator)
    if generator is None:
        raise RenderError(Failure("E0605", f"there is no generator `{picture.generator}` here", label=label))
    with work.job("generate", picture.key, f"#{label}") as progress:
        for left in reversed(range(_TRIES)):
            outcome = generator.make(picture.request, lambda share: progress(round(100 * share)))
            if not (isinstance(outcome, Failed) and outcome.retry and left):
                break
        match outcome:
            case Picture():
                _keep(work, picture.key, outcome)
            case Refused(reason=reason):
                raise RenderError(
                    Failure(
                        "E0606",
                        f"{picture.generator} will not make the picture of #{label}: {reason}",
                        label=label,
                        helps=("change the shot's prose, or name another generator in `generate:`",),
                    )
                )
            case Failed(reason=reason):
                raise RenderError(
                    Failure("E0606", f"{picture.generator} made no picture of #{label}: {reason}", label=label)
                )


def _keep(work: Work, key: str, made: Picture) -> None:
    if made.depth is not None:
        with work.store.making(depth_key(key), ".npz") as path, reported(work.store.root), path.open("wb") as file:
            _write_npz(file, _arrays(made.depth, made))
    if made.notes:
        work.store.put_text(notes_key(key), json.dumps(list(made.notes), ensure_ascii=False))
    with work.store.making(key, ".png") as path, reported(work.store.root):
        write_png16(path, made.rgb)


def _arrays(depth: npt.NDArray[np.float32], made: Picture) -> dict[str, npt.NDArray[Any]]:
    arrays: dict[str, npt.NDArray[Any]] = {"depth": depth.astype(np.float32, copy=False)}
    if made.subject is not None:
        arrays["subject"] = made.subject
    if made.plate is not None:
        plate = made.plate
        said = {
            "focus_m": plate.focus_m,
            "lens_mm": plate.lens_mm,
            "f_number": plate.f_number,
            "sensor_mm": plate.sensor_mm,
            "printing": plate.printing,
        }
        arrays |= {"linear": plate.linear, "owners": plate.owners, "ground": plate.ground}
        arrays["lens"] = np.frombuffer(json.dumps(said, sort_keys=True).encode(), np.uint8)
    return arrays


def plate_of(file: Path) -> Plate | None:
    """The plate that is kept in a file of `depth_key`, where there is one."""
    with np.load(file, allow_pickle=False) as kept:
        if "linear" not in kept:
            return None
        said = json.loads(bytes(kept["lens"]).decode())
        return Plate(
            linear=kept["linear"],
            depth=kept["depth"],
            subject=kept["subject"],
            ground=kept["ground"],
            owners=kept["owners"],
            **said,
        )


def _write_npz(file: IO[bytes], arrays: Mapping[str, npt.NDArray[Any]]) -> None:
    """As `np.savez`; what is mostly one value is packed. Light and depth are not: it would cost a second for a fifth of the bytes."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, array in arrays.items():
            info = zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if array.dtype.kind == "f" else zipfile.ZIP_DEFLATED
            with archive.open(info, "w", force_zip64=True) as entry:
                np.lib.format.write_array(entry, np.ascontiguousarray(array), allow_pickle=False)


def _tell_notes(work: Work, key: str, label: str) -> None:
    text = work.store.text(notes_key(key))
    if text is not None:
        for note in json.loads(text):
            work.note(f"#{label}: {note}", label)
