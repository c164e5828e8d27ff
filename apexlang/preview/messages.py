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
    anew (the sum of the frames before it).
`{"t": "sound", "rev", "mix", "chunks"}`
    The sound of the open film is made.
`{"t": "poster", "rev", "key", "k", "at", "ms", "jpeg"}`
    The true frame `k` of the piece `key`, which is the film's frame `at`, as base64 JPEG: of what is under the playhead and was
    changed by the save of revision `rev`. It comes before the `film` of that revision.
`{"t": "making", "key"}`, `{"t": "seg", "key", "ms"}`, `{"t": "failed", "key", "why"}`
    A piece is being made (its picture, or its frames); can be fetched; could not be made.
`{"t": "idle", "key"}`
    A piece that was being made was set aside for another that is wanted first; it will be taken up again.
`{"t": "diagnostics", "rev", "items": [{"severity", "code", "message", "file", "line", "col", "text", "help"}], "kept"}`
    All that is wrong after a save; `text` is the whole in rustc's form, plain. `line`, `col` null where it has no place. `kept`:
    the film has errors, and the last good one stays. Empty `items`: nothing is wrong.
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
