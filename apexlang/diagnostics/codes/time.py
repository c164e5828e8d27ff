"""E04: time."""

from apexlang.diagnostics.codes.entry import Entry

ENTRIES = (
    Entry(
        "E0401",
        "a timecode that is no time",
        "A timecode counts frames at the film's rate: at 24 frames a second the last pair runs to 23. `;` "
        "before the frames is drop-frame, which exists at 29.97 and 59.94 only.",
        wrong="hold: 00:00:02:24\n",
        right="hold: 00:00:02:23\n",
        inside="shot",
    ),
    Entry(
        "E0402",
        "no frames at all",
        "Every shot and every dissolve or fade lasts for at least one frame.",
        wrong="hold: 0f\n",
        right="hold: 1f\n",
        inside="shot",
    ),
    Entry(
        "E0403",
        "a shot that never ends",
        "A shot holds for four hours at most.",
        wrong="hold: 99999s\n",
        right="hold: 99s\n",
        inside="shot",
    ),
    Entry(
        "E0404",
        "two transitions on one cut",
        "Between two shots there is one transition; FADE OUT and FADE IN together are a dip to black.",
        wrong="SHOT wide\nDISSOLVE 12f\nDISSOLVE 6f\nSHOT wide\n",
        right="SHOT wide\nDISSOLVE 12f\nSHOT wide\n",
        inside="scene",
    ),
    Entry(
        "E0405",
        "a transition that joins nothing",
        "A dissolve needs a shot before it and one after it, a fade one of them.",
        wrong="DISSOLVE 12f\nSHOT wide\n",
        right="SHOT wide\nDISSOLVE 12f\nSHOT wide\n",
        inside="scene",
    ),
    Entry(
        "E0406",
        "a transition longer than its shots",
        "The transitions of a shot have to fit in its length.",
        wrong="SHOT wide\n  hold: 4f\nDISSOLVE 2s\nSHOT wide\n",
        right="SHOT wide\nDISSOLVE 12f\nSHOT wide\n",
        inside="scene",
    ),
    Entry(
        "E0407",
        "footage that is too short",
        "A clip has to last for its shot, and for the half of each transition that reaches beyond the cut.",
    ),
)
