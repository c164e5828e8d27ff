"""What server and page say to each other: the one place where it is written down.

**Down**, JSON texts over the WebSocket `/live`; every number is whole, frames count from 0, lines and columns from 1.

`{"t": "film", "rev", "title", "file", "fps": [num, den], "size": "960x540", "codec": "avc1.42c028", "frames", "drop", "beats":
[frame, ...], "mix": KEY|null, "chunks": [KEY, ...], "shots": [...], "variant": NAME|null, "saved": ms|null, "ms": ms|null}`
    The film that is open, whole: at once after connecting, and after each save that changed something. `drop`: its timecode is
    drop-frame. `chunks`: the mix in pieces of 2 s (the last may be shorter). `mix` null: the sound is still being made, `sound`
    will tell; until then what is placed may stay. `saved`: when the file was written, in ms since 1970; `ms`: from noticing
    the save to this message; both null where no save led to it. An entry of `shots` is one piece that is encoded by itself:
    `{"id", "key", "start", "frames", "label", "size", "scene", "line", "kind": "shot"|"transition", "ready", "making", "failed":
    WHY|null, "ms": MS|null, "source": [[number, text], ...], "values": [[name, value, where], ...]}`. Pieces follow each other
    without a gap. `id` is unique in the film and stays through edits (`stop`, `#stop to #key`, `black to #a`); `label` is what
    people read: a body's shot, a transition's `#a to #b`. Equal pieces have equal keys, so a key may stand several times.
`{"t": "shots", "rev", "base", "order": [id, ...], "set": {id: entry, ...}, ...}`
    In place of `film` where it has more than 500 pieces and this page has revision `base` of it: all fields of `film` but
    `shots` are there. The new list is `order`; an entry is the one of `set`, else the old one of that id with `start` counted
    anew (the sum of the frames before it). Such large films have `values` only of pieces near the playhead; a `shots` with
    `{"t", "rev", "base", "set"}` alone, `base` equal to `rev`, brings those of others as the playhead comes to them.
`{"t": "sound", "rev", "mix", "chunks"}`
    The sound of the open film is made.
`{"t": "poster", "rev", "key", "k", "at", "ms", "jpeg"}`
    The true frame `k` of the piece `key`, which is the film's frame `at`, as base64 JPEG: of what is under the playhead and was
    changed by the save of revision `rev`. It mostly comes before the `film` of that revision; after it where a picture had to be
    made first (then twice: a sketch of the picture as soon as there is one, and the true one).
`{"t": "making", "key"}`, `{"t": "seg", "key", "ms"}`, `{"t": "failed", "key", "why"}`
    A piece is being made (its picture, or its frames); can be fetched; could not be made.
`{"t": "idle", "key"}`
    A piece that was being made was set aside for another that is wanted first; it will be taken up again.
`{"t": "diagnostics", "rev", "items": [{"severity", "code", "message", "file", "line", "col", "text", "help"}], "more", "kept"}`
    All that is wrong after a save; `text` is the whole in rustc's form, plain. `line`, `col` null where it has no place. `kept`:
    the film has errors, and the last good one stays. Empty `items`: nothing is wrong. Of a flood 50 are sent, errors first, and
    `more` counts the rest.
`{"t": "saved", "at"}`
    A save was noticed; the file was written at `at` ms since 1970.
`{"t": "gone"}`
    The film's file is not there; the last good film stays until it comes back.

**Up**: `{"at": frame}`, once for each change of the playhead, and nothing else: whatever else comes ends the connection.

**By GET**: `/` the page · `/page/NAME` its parts · `/seg/KEY.mp4` a piece as fragmented MP4 that begins at zero · `/frame/KEY/K.jpg`
the true frame K of a piece (`?thumb=1`: at most 320x180, may come from the encoded piece) · `/audio/KEY.mp4` a chunk of the sound,
FLAC in fragmented MP4 · `/wave` the mix as pairs of int8 (lowest, highest; 127 is full scale), 100 pairs a second · `/icon.svg`.
404: not there or not made yet. Bytes under a key never change.

Close codes of the socket: 1001 the server ends; 1008 something else than `{"at": frame}` came; 1013 the page reads too slowly
and should connect again.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from apexlang.diagnostics import SHOWN, Diagnostic, in_order, render
from apexlang.preview.film import Cut, Piece, drops
from apexlang.source import Source

CODEC: Final = "avc1.42c028"
"""Baseline, level 4.0: what drafts are encoded as, whatever their size."""

LARGE: Final = 500
"""Pieces above which only what differs is sent, and values only of what is near the playhead."""

_LONGEST_UP: Final = 64
_MOST_FRAMES: Final = 1 << 31


@dataclass(frozen=True)
class State:
    """How far the pieces are, by key: which can be fetched, which are being made, why some cannot be, what they cost in ms."""

    ready: Collection[str] = ()
    making: Collection[str] = ()
    failed: Mapping[str, str] = field(default_factory=dict)
    cost: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Sound:
    """The mix and the keys of its chunks."""

    mix: str
    chunks: tuple[str, ...]


def dump(message: Mapping[str, Any]) -> str:
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))


def head(cut: Cut, sound: Sound | None, saved: int | None, ms: int | None) -> dict[str, Any]:
    """A `film` without its `shots`."""
    form = cut.plan.format
    return {
        "t": "film",
        "rev": cut.rev,
        "title": cut.plan.title,
        "file": cut.film.ir.path if cut.film.ir is not None else "",
        "fps": [form.rate.num, form.rate.den],
        "size": f"{form.width}x{form.height}",
        "codec": CODEC,
        "frames": cut.plan.frames,
        "drop": drops(form.rate),
        "beats": cut.beats,
        "mix": sound.mix if sound else None,
        "chunks": list(sound.chunks) if sound else [],
        "variant": cut.film.options.variant,
        "saved": saved,
        "ms": ms,
    }


def entries(
    cut: Cut, state: State, with_values: Callable[[int], bool] = lambda index: True
) -> dict[str, dict[str, Any]]:
    """All pieces by id, in order."""
    return {piece.id: entry(cut, piece, state, with_values(i)) for i, piece in enumerate(cut.pieces)}


def entry(cut: Cut, piece: Piece, state: State, with_values: bool = True) -> dict[str, Any]:
    """One of `shots`."""
    key = piece.key
    return {
        "id": piece.id,
        "key": key,
        "start": piece.segment.start,
        "frames": piece.segment.frames,
        "label": piece.label,
        "size": piece.size,
        "scene": piece.scene,
        "line": piece.line,
        "kind": piece.kind,
        "ready": key in state.ready,
        "making": key in state.making,
        "failed": state.failed.get(key),
        "ms": state.cost.get(key),
        "source": piece.source,
        "values": cut.values(piece) if with_values else [],
    }


def difference(
    before: Mapping[str, Mapping[str, Any]], now: Mapping[str, Mapping[str, Any]]
) -> tuple[list[str], dict[str, Mapping[str, Any]]]:
    """`order` and `set` of a `shots`. Where a piece only stands elsewhere, its entry is not sent again; nor where its values are
    not in the new one and it is otherwise the same."""

    def same(a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
        return all(a[name] == b[name] or (name == "values" and not b[name]) for name in b if name != "start")

    changed = {id: e for id, e in now.items() if id not in before or not same(before[id], e)}
    return list(now), changed


def poster(cut: Cut, index: int, k: int, ms: int, jpeg: bytes) -> dict[str, Any]:
    piece = cut.pieces[index]
    at = piece.segment.start + k
    text = base64.b64encode(jpeg).decode("ascii")
    return {"t": "poster", "rev": cut.rev, "key": piece.key, "k": k, "at": at, "ms": ms, "jpeg": text}


def diagnostics(rev: int, found: Sequence[Diagnostic], sources: Mapping[str, Source], kept: bool) -> dict[str, Any]:
    sent = found if len(found) <= SHOWN else in_order(sorted(found, key=lambda d: not d.is_error)[:SHOWN])
    items = [
        {
            "severity": d.severity,
            "code": d.code,
            "message": d.message,
            "file": d.span.path if d.span else None,
            "line": d.span.line + 1 if d.span else None,
            "col": d.span.col + 1 if d.span else None,
            "text": render(d, sources),
            "help": "\n".join(d.helps),
        }
        for d in sent
    ]
    return {"t": "diagnostics", "rev": rev, "items": items, "more": len(found) - len(sent), "kept": kept}


def heard(text: str) -> int | None:
    """The frame of an `{"at": frame}`; None for anything else."""
    if len(text) > _LONGEST_UP:
        return None
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or said.keys() != {"at"} or type(said["at"]) is not int:
        return None
    return min(max(said["at"], 0), _MOST_FRAMES)
