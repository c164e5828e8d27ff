"""One entry of the table of codes, and how it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Inside = Literal["file", "scene", "shot"]


@dataclass(frozen=True, slots=True)
class Entry:
    """`wrong` and `right` are Apex: whole files, or what stands in a scene or a shot (`inside`). Empty where it takes more
    than text to show: a missing permission, a full disk."""

    code: str
    title: str
    explanation: str
    wrong: str = ""
    right: str = ""
    inside: Inside = "file"


_CAST = "CHARACTER SARAH\n\n"


def whole(example: str, inside: Inside) -> str:
    """The example as a file that can be compiled."""
    text = example.strip("\n") + "\n"
    if inside == "file":
        return text
    if inside == "scene":
        shot = "" if "SHOT" in text else "SHOT wide\n"
        return f"{_CAST}INT. ROOM - DAY\n{_indented(text + shot, 2)}"
    return f"{_CAST}INT. ROOM - DAY\n  SHOT wide of SARAH\n{_indented(text, 4)}"


def _indented(text: str, columns: int) -> str:
    return "".join(f"{' ' * columns}{line}\n" if line else "\n" for line in text.splitlines())


def explain(entry: Entry) -> str:
    """The entry as a page of Markdown."""
    kind = "Warning" if entry.code.startswith("W") else "Error"
    parts = [f"# {entry.code}: {entry.title}", f"{kind}. {' '.join(entry.explanation.split())}"]
    where = {"file": "", "scene": " (in a scene)", "shot": " (in a shot)"}[entry.inside]
    if entry.wrong:
        parts += [f"Wrong{where}:", f"```apex\n{entry.wrong.strip(chr(10))}\n```"]
    if entry.right:
        parts += [f"Right{where}:", f"```apex\n{entry.right.strip(chr(10))}\n```"]
    return "\n\n".join(parts) + "\n"
