"""E05: files."""

from apexlang.diagnostics.codes.entry import Entry

ENTRIES = (
    Entry(
        "E0501",
        "no such file",
        "Paths are relative to the file that says them, and are written with `/`.",
        wrong='still: "no/such/picture.png"\n',
        right="color: #101418\n",
        inside="shot",
    ),
    Entry(
        "E0502",
        "a folder in place of a file",
        "The path leads to a folder.",
    ),
    Entry(
        "E0503",
        "a file that cannot be read",
        "The system does not let the file be opened: most often its permissions.",
    ),
    Entry(
        "E0504",
        "a path that leaves the project",
        "A film reads nothing outside its project's folder, and the folders allowed with `--allow`. Links "
        "are followed before this is judged.",
        wrong='still: "../../secret.png"\n',
        right="color: #101418\n",
        inside="shot",
    ),
    Entry(
        "E0505",
        "not UTF-8",
        "Film files are UTF-8. The message says at which byte the text stops being that.",
    ),
    Entry(
        "E0506",
        "UTF-16",
        "Film files are UTF-8; this one was saved as UTF-16, which some editors call Unicode.",
    ),
    Entry(
        "E0507",
        "not a text",
        "The file holds a NUL byte: it is no text.",
    ),
    Entry(
        "E0508",
        "a film file that is too large",
        "A film file of more than 64 MB is most likely something else.",
    ),
    Entry(
        "E0512",
        "the wrong kind of file",
        "The name's ending says that the file is of another kind: a sound, say, where a picture is needed.",
    ),
    Entry(
        "E0513",
        "an address in place of a file",
        "A film reads files only. Download what it needs into the project.",
        wrong='still: "https://example.com/a.png"\n',
        right="color: #101418\n",
        inside="shot",
    ),
    Entry(
        "E0514",
        "a path with backslashes",
        "Paths are written with `/`, on every system.",
        wrong='still: "stills\\key.png"\n',
        right="color: #101418\n",
        inside="shot",
    ),
    Entry(
        "E0515",
        "a `stage.toml` that cannot be used",
        "A `stage.toml` beside the film adds words to those that the embedded stage understands: a section, what is meant, and the "
        'words for it in quotes. `[props]`, then `car = "roadster"`.',
    ),
    Entry(
        "E0520",
        "a picture that cannot be read",
        "The file is not a picture, or it is damaged or empty.",
    ),
    Entry(
        "E0521",
        "footage that cannot be read",
        "The file holds no video that can be decoded, or it is damaged or empty.",
    ),
    Entry(
        "E0522",
        "a sound that cannot be read",
        "The file holds no sound that can be decoded, or it is damaged or empty.",
    ),
    Entry(
        "E0523",
        "a cube that cannot be read",
        "The file is not a 3D lookup table in the `.cube` format, or its numbers are out of bounds.",
    ),
)
