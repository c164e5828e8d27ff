"""The door to screenplays: from a file's bytes to the text of a film, and from a film to the bytes of a file."""

from __future__ import annotations

from typing import Literal, TypeAlias

from apexlang.ir.layout import formatted
from apexlang.screenplay import final_draft, final_draft_text, fountain, fountain_text
from apexlang.screenplay.film import film
from apexlang.screenplay.model import Screenplay
from apexlang.source import Problem, Source, decode

Format: TypeAlias = Literal["fountain", "fdx"]


def read(name: str, data: bytes) -> Screenplay | Problem:
    """The screenplay in a file: Final Draft by its name (`.fdx`) or its first sign, else Fountain, in which every text is one."""
    if name.lower().endswith(".fdx") or data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<":
        try:
            return final_draft.read(data)
        except final_draft.NotFinalDraft as problem:
            return Problem("E0503", f"`{name}` is not a Final Draft script: {problem}",
                           helps=("save it from Final Draft as `.fdx`, or export it to Fountain",))  # fmt: skip
    source = decode(name, data)
    return source if isinstance(source, Problem) else fountain.read(source.text)


def film_text(screenplay: Screenplay) -> str:
    """The text of a film: valid, in the one true layout, and with a shot for each paragraph of action."""
    return formatted(Source("film.apex", film(screenplay)))


def write(screenplay: Screenplay, format: Format) -> bytes:
    """A file of this format, in UTF-8."""
    if format == "fdx":
        return final_draft_text.write(screenplay)
    return fountain_text.write(screenplay).encode("utf-8", "replace")
