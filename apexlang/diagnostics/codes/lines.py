"""E01: lines and blocks."""

from apexlang.diagnostics.codes.entry import Entry

ENTRIES = (
    Entry(
        "E0101",
        "a tab in the indentation",
        "Blocks are made by indentation, and a tab is as wide as each editor likes. Indent with spaces; "
        "two are the habit. Said once a file.",
        wrong="INT. ROOM - DAY\n	SHOT wide\n",
        right="INT. ROOM - DAY\n  SHOT wide\n",
    ),
    Entry(
        "E0102",
        "an indentation that fits no block",
        "Lines of one block share one column. A line that is deeper than the one above it opens a block "
        "only under a structure line or a scene heading; under prose, dialogue or a property it continues "
        "that line, and has to be plain text.",
        wrong="INT. ROOM - DAY\n  SHOT wide\n      hold: 2s\n    camera: 35mm\n",
        right="INT. ROOM - DAY\n  SHOT wide\n    hold: 2s\n    camera: 35mm\n",
    ),
    Entry(
        "E0103",
        "a line that does not belong where it stands",
        "Each kind of line has its place: a SHOT in a scene, dialogue in a SHOT, a property under what it "
        "belongs to. The line is left out with its block, and reading goes on after it.",
        wrong="SHOT wide\n  Rain.\n",
        right="INT. ROOM - DAY\n  SHOT wide\n    Rain.\n",
    ),
    Entry(
        "E0104",
        "an unknown word in capitals",
        "A line that begins with a word in capitals near to a reserved word, where prose may not stand, "
        "is taken for a misspelt structure line. So is structure with a colon: `shot: wide`, `SHOT: wide`.",
        wrong="CHARCTER SARAH\n\nINT. ROOM - DAY\n  SHOT wide\n",
        right="CHARACTER SARAH\n\nINT. ROOM - DAY\n  SHOT wide\n",
    ),
    Entry(
        "E0105",
        "`/*` without its `*/`",
        "Text between `/*` and `*/` is set aside, over any number of lines. Without the end, everything below is.",
        wrong="INT. ROOM - DAY\n  SHOT wide\n/* the old ending\n",
        right="INT. ROOM - DAY\n  SHOT wide\n/* the old ending */\n",
    ),
    Entry(
        "E0106",
        "a character that does not belong in a film",
        "Control characters and marks that turn the direction of text around make a film read other than "
        "it is. They are left out.",
    ),
    Entry(
        "E0107",
        "a structure line that cannot be read",
        "What follows the word in capitals is not of its form. If the line is prose, begin it with `!`.",
        wrong="FILM Neon Rain\n",
        right='FILM "Neon Rain"\n\nINT. ROOM - DAY\n  SHOT wide\n',
    ),
    Entry(
        "E0108",
        "a property set twice",
        "Only one of the two could hold. `music:` and `sound:` may be said more than once: each adds one.",
        wrong="hold: 2s\nhold: 3s\n",
        right="hold: 3s\n",
        inside="shot",
    ),
    Entry(
        "E0109",
        "an unknown property",
        "A line that begins with a small word and a colon is a property, and its name has to be one that "
        "exists. If the line is prose, begin it with `!`.",
        wrong="hodl: 2s\n",
        right="hold: 2s\n",
        inside="shot",
    ),
    Entry(
        "E0110",
        "a property in the wrong place",
        "The property exists, but not for this block.",
        wrong='sound: "fx/rain.wav"\n',
        right="hold: 2s\n",
        inside="scene",
    ),
    Entry(
        "E0111",
        "a name is missing",
        "A CHARACTER, LOOK or GRADE needs a name, a SHOT its size, and a scene heading its place.",
        wrong="SHOT\n",
        right="SHOT wide\n",
        inside="scene",
    ),
    Entry(
        "E0112",
        "a second FILM block",
        "There is one FILM block in a film. That of a file which is used by another is not read.",
        wrong='FILM "One"\nFILM "Two"\n',
        right='FILM "One"\n\nINT. ROOM - DAY\n  SHOT wide\n',
    ),
    Entry(
        "E0113",
        "two pictures in one shot",
        "A shot's picture comes from exactly one of: its prose (generated), `still:`, `clip:` or `color:`.",
        wrong='color: #101418\nclip: "no/such/take.mp4"\n',
        right="color: #101418\n",
        inside="shot",
    ),
    Entry(
        "E0120",
        "a file with nothing in it",
        "The file is empty, or all of it is blank or set aside.",
        wrong="// nothing yet\n",
        right='FILM "A Start"\n\nINT. ROOM - DAY\n  SHOT wide\n',
    ),
)
