"""E02: names."""

from apexlang.diagnostics.codes.entry import Entry

ENTRIES = (
    Entry(
        "E0201",
        "an unknown character",
        "Who speaks or is seen in a shot is defined by a CHARACTER block, here or in a file that is used. "
        "Capitals do not matter. A line of prose that looks like dialogue (`WARNING: the sign blinks`) "
        "begins with `!`.",
        wrong="SARHA: Who's there?\n",
        right="SARAH: Who's there?\n",
        inside="shot",
    ),
    Entry(
        "E0202",
        "a name defined twice",
        "Two definitions of one kind with one name could not be told apart.",
        wrong="GRADE night\nGRADE night\n",
        right="GRADE night\nGRADE day\n\nINT. ROOM - DAY\n  SHOT wide\n",
    ),
    Entry(
        "E0203",
        "a label used twice",
        "A label is what a shot is known by through all edits, so it names one shot only.",
        wrong="SHOT wide #door\nSHOT close-up #door\n",
        right="SHOT wide #door\nSHOT close-up #handle\n",
        inside="scene",
    ),
    Entry(
        "E0204",
        "a definition that comes from itself",
        "FROM takes over what another definition says. In a circle there is nothing to begin with.",
        wrong="GRADE a FROM b\nGRADE b FROM a\n",
        right="GRADE a\nGRADE b FROM a\n\nINT. ROOM - DAY\n  SHOT wide\n",
    ),
    Entry(
        "E0206",
        "a name that the library does not have",
        "The library's names are `std.looks.…`, `std.grades.…` and `std.light.…`.",
        wrong="USE std.grades.teel_orange\n",
        right="USE std.grades.teal_orange\n\nINT. ROOM - DAY\n  SHOT wide\n",
    ),
    Entry(
        "E0207",
        "USE in a circle",
        "A file that is used cannot, directly or through others, use the file that uses it.",
    ),
    Entry(
        "E0209",
        "a name that cannot be given",
        "Names of looks and grades have no dots: a dot leads into a library or another file. Labels are "
        "letters, digits, `-`, `_` and `.`.",
        wrong="GRADE night.blue\n",
        right="GRADE night_blue\n\nINT. ROOM - DAY\n  SHOT wide\n",
    ),
)
