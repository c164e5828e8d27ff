"""What is nearly the head of a SHOT: `SHOT wide:`, `SHOT closeup SARAH`, `SHOT of SARAH`, `SHOT wide "crates"`."""

from __future__ import annotations

import re
from collections.abc import Collection

from apexlang.ir.scope import folded
from apexlang.ir.vocabulary import SIZE_ALIASES, SIZES
from apexlang.syntax import heads
from apexlang.syntax.literals import Fault

_QUOTED = re.compile(r"(?P<before>.*\S)[ \t]+[\"“'](?P<name>[^\"”']+)[\"”'][ \t]*$")
_DESCRIBED = re.compile(r"([^:–—.]*[^\s:–—.])[ \t]*[:–—.][ \t]+(?=\S)")
_BARE_LABEL = re.compile(r"[^\w]+")
_JOINT = re.compile(r"(?:[ \t]*[,:–—-][ \t]*|[ \t]+)(?:(?:on|at|for|with|showing|the)[ \t]+)*", re.I)
_SIZE = {**{size: size for size in SIZES}, **SIZE_ALIASES}
_LONGEST = max(len(size.split()) for size in _SIZE)


def slip(text: str, characters: Collection[str]) -> tuple[Fault, heads.ShotHead] | None:
    """What is wrong with the head of a shot and the head that was meant; None if that cannot be told. `characters`: their names,
    folded. The parts of what was meant stand nowhere: the place of each is the whole head."""
    found = (
        _closed(text)
        or _described(text)
        or _quoted(text)
        or _without_of(text, characters)
        or _without_size(text, characters)
    )
    head = heads.shot(found[1]) if found is not None else None
    if found is None or not isinstance(head, heads.ShotHead):
        return None

    def placed(part: heads.Text) -> heads.Text:
        return heads.Text(part.text, 0, len(text))

    label = placed(head.label) if head.label is not None else None
    return found[0], heads.ShotHead(placed(head.size), tuple(map(placed, head.people)), label)


def _closed(text: str) -> tuple[Fault, str] | None:
    bare = text.rstrip(" \t:{;,")
    if bare == text or not bare or isinstance(heads.shot(bare), Fault):
        return None
    what = text[len(bare) :].strip()
    return Fault("E0107", len(bare), len(text), f"a shot's line ends without `{what}`", "delete this",
                 ("what belongs to the shot stands indented under it",), ""), bare  # fmt: skip


def _described(text: str) -> tuple[Fault, str] | None:
    """`wide: Sarah walks.`"""
    match = _DESCRIBED.match(text)
    if match is None or isinstance(heads.shot(match[1]), Fault) or match[1].casefold() not in _SIZE:
        return None
    return Fault("E0107", match.end(1), len(text), "what the camera sees stands on a line of its own, under the shot",
                 "begin a new line here"), match[1]  # fmt: skip


def _quoted(text: str) -> tuple[Fault, str] | None:
    match = _QUOTED.match(text)
    if match is None or isinstance(heads.shot(match["before"]), Fault):
        return None
    label = _BARE_LABEL.sub("-", match["name"].strip().casefold()).strip("-")
    if not label:
        return None
    start = match.end("before") + 1
    return Fault(
        "E0107",
        start,
        len(text),
        "a shot is called by a label, not by a text in quotation marks",
        f"did you mean `#{label}`?",
        (),
        f"#{label}",
    ), f"{match['before']} #{label}"


def _size_before(text: str) -> tuple[str, int] | None:
    """The longest size that a text begins with, and where it ends."""
    words = list(re.finditer(r"[^\s,:]+", text))[: _LONGEST + 1]
    for count in range(len(words), 0, -1):
        end = words[count - 1].end()
        plain = " ".join(word[0] for word in words[:count]).casefold().removesuffix(" shot")
        if plain in _SIZE:
            return _SIZE[plain], end
    return None


def _without_of(text: str, characters: Collection[str]) -> tuple[Fault, str] | None:
    size = _size_before(text)
    if size is None or size[1] == len(text):
        return None
    joint = _JOINT.match(text, size[1])
    rest = text[joint.end() :] if joint else ""
    who, label = (rest[: rest.rfind("#")].strip(), rest[rest.rfind("#") :]) if "#" in rest else (rest.strip(), "")
    people = re.split(r"[ \t]*(?:,|&|\band\b)[ \t]*", who)
    if joint is None or not who or not all(folded(name) in characters for name in people):
        return None
    new = f"{size[0]} of {who}" + (f" {label}" if label else "")
    return Fault(
        "E0107",
        0,
        len(text),
        f"`of` stands between a shot's size and whom it shows: `{new}`",
        "`of` is lacking",
        (),
        new,
    ), new


def _without_size(text: str, characters: Collection[str]) -> tuple[Fault, str] | None:
    if not text.startswith("of "):
        who = text.rpartition(" #")[0] or text
        if not all(folded(name) in characters for name in re.split(r"[ \t]*(?:,|&|\band\b)[ \t]*", who)):
            return None
        return Fault("E0111", 0, len(who), "a SHOT needs a size before whom it shows", "which size?",
                     (f"like `SHOT close-up of {text}`",), f"medium of {who}", maybe=True), f"medium of {text}"  # fmt: skip
    return Fault(
        "E0111",
        0,
        2,
        "a SHOT needs a size before `of`",
        "which size?",
        (f"like `SHOT close-up {text}`",),
        f"medium {text[:2]}",
        maybe=True,
    ), f"medium {text}"
