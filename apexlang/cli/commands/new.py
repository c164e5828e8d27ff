"""`apexc new`: a small project that renders at once and asks for nothing but the program."""

from __future__ import annotations

import re
from pathlib import Path

from apexlang.cli import say

_NAME = re.compile(r"[^\w]+")

FILM = """\
// Render it with: apexc render {file}
// Change a word and render again: only what you touched is made anew.

FILM "{title}"
  format: 1280x720, 24fps
  generate: previz
  grade: std.grades.warm_print

CHARACTER MAYA
  A woman in her thirties with short dark hair.
  wears: red raincoat

FADE IN 1s

EXT. HARBOUR STREET - NIGHT
  = Someone is up late.

  SHOT wide #street
    Rain on an empty street. One window is lit.
    camera: 24mm, f/4
    move: push in 1.0 -> 1.12, ease-out
    hold: 3s
    SUPER: {title}

  SHOT close-up of MAYA #maya
    MAYA looks up at the window.
    MAYA: The light is on.
    camera: 85mm, f/2
    light: key soft from left 3200K
    hold: 2s 12f

  DISSOLVE 1s

EXT. PINE FOREST - DAWN

  SHOT wide of MAYA #forest
    MAYA walks between the pines. Mist lies on the ground.
    camera: 35mm, f/4
    move: pan left
    hold: 3s

FADE OUT 1s
"""

IGNORED = """\
# What Apex makes: films, and what it remembers so as not to make it twice.
out/
.apex/
"""


def run(folder: Path) -> int:
    title = (
        " ".join(word.capitalize() for word in _NAME.split(folder.resolve().name.replace("_", " ")) if word)
        or "My Film"
    )
    stem = _NAME.sub("_", folder.resolve().name).strip("_").lower() or "film"
    film = folder / f"{stem}.apex"
    files = {film: FILM.format(title=title.replace('"', ""), file=say.shown(film)), folder / ".gitignore": IGNORED}
    try:
        if folder.exists() and not folder.is_dir():
            return say.failure(f"{say.shown(folder)} is a file; a project is a folder")
        if film.exists():
            return say.failure(f"{say.shown(film)} is there already, and nothing is overwritten", "give another folder")
        if folder.is_dir() and any(entry.suffix == ".apex" for entry in folder.iterdir()):
            return say.failure(
                f"{say.shown(folder)} holds a film already, and nothing is mixed into it", "give another folder"
            )
        folder.mkdir(parents=True, exist_ok=True)
        for path, text in files.items():
            if not path.exists():
                with path.open("x", encoding="utf-8", newline="\n") as file:
                    file.write(text)
    except OSError as problem:
        return say.failure(f"{say.shown(folder)} cannot be made: {(problem.strerror or str(problem)).lower()}")
    say.out(f"{say.shown(film)} is a film of three shots. Make it with:\n\n  apexc render {quoted(say.shown(film))}\n")
    return say.DONE


def quoted(path: str) -> str:
    """A path as it can be pasted into a shell."""
    return path if re.fullmatch(r"[\w./:\\-]+", path) else f'"{path}"'
