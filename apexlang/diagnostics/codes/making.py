"""E06: making the film."""

from apexlang.diagnostics.codes.entry import Entry

ENTRIES = (
    Entry(
        "E0601",
        "no room, or no right, to write",
        "The disk is full, or the folder may not be written to. The last good film stays as it was; what "
        "was finished is kept, and the next run goes on from there.",
    ),
    Entry(
        "E0602",
        "no FFmpeg that will do",
        "No FFmpeg was found, or it lacks something that films need. `apexc doctor` says which and what.",
    ),
    Entry(
        "E0603",
        "FFmpeg failed",
        "FFmpeg stopped before its work was done. Its last lines are shown, and the command to repeat it.",
    ),
    Entry(
        "E0604",
        "the film is not as planned",
        "The finished film does not have the length, size or rate that was planned, so it was not put in place.",
    ),
    Entry(
        "E0605",
        "no generator can be used",
        "None of the generators that the film asks for can be used here. `apexc doctor` says why for "
        "each; `previz` always works.",
    ),
    Entry(
        "E0606",
        "a generator made no picture",
        "The generator failed or refused. The message says what it said.",
    ),
)
