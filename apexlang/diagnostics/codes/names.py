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
        "Two definitions of one kind with one name could not be told apart; nor could two names of SET, or two parameters.",
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
        "FROM takes over what another definition says; SET may fill one name into another; a TEMPLATE may use others. In a "
        "circle there is nothing to begin with.",
        wrong="GRADE a FROM b\nGRADE b FROM a\n",
        right="GRADE a\nGRADE b FROM a\n\nINT. ROOM - DAY\n  SHOT wide\n",
    ),
    Entry(
        "E0205",
        "an unknown template",
        "A template is defined by a TEMPLATE block, here or in a file that is used.",
        wrong="TEMPLATE reaction\n  SHOT close-up\n\nINT. ROOM - DAY\n  SHOT FROM raection\n",
        right="TEMPLATE reaction\n  SHOT close-up\n\nINT. ROOM - DAY\n  SHOT FROM reaction\n",
    ),
    Entry(
        "E0206",
        "a name that the library does not have",
        "The library's names are `std.looks.…`, `std.grades.…`, `std.light.…`, `std.moves.…` and `std.deliver.…`.",
        wrong="USE std.grades.teel_orange\n",
        right="USE std.grades.teal_orange\n\nINT. ROOM - DAY\n  SHOT wide\n",
    ),
    Entry(
        "E0207",
        "USE in a circle",
        "A file that is used cannot, directly or through others, use the file that uses it.",
    ),
    Entry(
        "E0208",
        "a template that is not given what it takes",
        "`SHOT FROM` gives each parameter of its template that has no default a value: a name and a value, after a comma.",
        wrong="TEMPLATE pause (length)\n  SHOT close-up\n    hold: {length}\n\nINT. ROOM - DAY\n  SHOT FROM pause\n",
        right="TEMPLATE pause (length)\n  SHOT close-up\n    hold: {length}\n\nINT. ROOM - DAY\n  SHOT FROM pause, length 2s\n",
    ),
    Entry(
        "E0209",
        "a name that cannot be given",
        "Names of looks and grades have no dots: a dot leads into a library or another file. Labels are "
        "letters, digits, `-`, `_` and `.`.",
        wrong="GRADE night.blue\n",
        right="GRADE night_blue\n\nINT. ROOM - DAY\n  SHOT wide\n",
    ),
    Entry(
        "E0210",
        "a name in braces that stands for nothing",
        "`{name}` stands for what SET says of `name`, or for a template's parameter. A brace that is meant as a brace is doubled.",
        wrong="SET\n  town: Berlin\n\nINT. ROOM - DAY\n  SHOT wide\n    A map of {twon}.\n",
        right="SET\n  town: Berlin\n\nINT. ROOM - DAY\n  SHOT wide\n    A map of {town}.\n",
    ),
    Entry(
        "E0211",
        "names and templates that grow too large",
        "What a line becomes when its names are filled in, and the number of shots that templates make, have a bound: a film "
        "that is computed is written by a program.",
    ),
    Entry(
        "E0213",
        "an unknown variant",
        "A variant is chosen by its name: `apexc render film.apex --variant vertical`. The film has no VARIANT of this name.",
    ),
)
