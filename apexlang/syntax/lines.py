"""The line lexer: the text of a line alone says what kind of line it is.

Nothing here looks at another line; `classify` is a pure function of one line's text. Folding lines into blocks is `fold`'s work.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

TRANSITION_WORDS = (
    "SMASH CUT", "MATCH CUT", "CUT", "MATCH DISSOLVE", "DISSOLVE", "WHIP PAN", "WIPE", "FADE IN", "FADE OUT",
    "FADE TO BLACK",
)  # fmt: skip

DEFINITIONS = ("LOOK", "GRADE", "LIGHT", "MOVE", "DELIVER")
"""Blocks that give a name to settings; each may be FROM another of its kind."""

BLOCK_WORDS = ("FILM", "USE", "SET", "CHARACTER", *DEFINITIONS, "TEMPLATE", "VARIANT", "SHOT")

SETTINGS = ("INT./EXT.", "EXT./INT.", "I/E.", "INT.", "EXT.", "EST.")

OPENERS = frozenset({*BLOCK_WORDS, "HEADING", "TITLE"}) - {"USE"}
"""Kinds of lines that may have a block under them."""

FLOWING = frozenset({"PROSE", "CUE", "PROPERTY", "SYNOPSIS"})
"""Kinds of lines that a deeper line continues."""


@dataclass(slots=True, eq=False)
class Line:
    """One line of a film.

    `kind` is its terminal in `grammar/blocks.lark` (or BLANK, COMMENT, BONEYARD, NOTHING). `word` is what made it so: the
    structure word, the key, the speaker, the setting; `text` what follows it: head, value, speech, prose. Columns count
    code points from 0. `width` is that of the word where it is written otherwise. `more` are the lines that continue it:
    number, column, text.
    """

    kind: str
    number: int
    indent: int
    word: str
    col: int
    text: str
    text_col: int
    how: str | None = None
    muted: bool = False
    forced: bool = False
    gap: bool = False
    width: int | None = None
    more: Sequence[tuple[int, int, str]] = ()

    def goes_on(self, line: Line) -> None:
        """Takes in a line that continues this one."""
        if not isinstance(self.more, list):
            self.more = []
        self.more.append((line.number, line.text_col, line.text))

    @property
    def end_col(self) -> int:
        """Where the meaning of the first line ends."""
        return max(self.text_col + len(self.text), self.word_end)

    @property
    def word_end(self) -> int:
        """Where the word ends as it is written."""
        return self.col + (len(self.word) if self.width is None else self.width)

    @property
    def last(self) -> tuple[int, int]:
        """Line and column where the whole of it ends."""
        if self.more:
            number, col, text = self.more[-1]
            return number, col + len(text)
        return self.number, self.end_col

    def whole(self) -> str:
        """The text with what continues it, line breaks kept."""
        return "\n".join((self.text, *(text for _, _, text in self.more))) if self.more else self.text

    def place(self, offset: int, at_end: bool = False) -> tuple[int, int]:
        """Line and column of an index into `whole()`; `at_end`: as that of the end of something."""
        if offset <= len(self.text) or not self.more:
            return self.number, self.text_col + offset
        offset -= len(self.text) + 1
        for number, col, text in self.more:
            if offset <= len(text):
                return number, col + offset
            offset -= len(text) + 1
        number, col, text = self.more[-1]
        return number, col + len(text)


def _words(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_LINE_PATTERN = r"""[ \t\u3000]*(?:
  (?P<blank>$)
| (?P<comment>//.*)
| (?P<bone>/\*.*)
| (?P<mute>/-[ \t]*)(?P<muted>.*)
| !(?P<forced>.*)
| =[ \t](?P<synopsis>.*)
| (?P<setting>SETTINGS)(?=[ \t]|$)(?P<place>.*)
| \.(?P<dotted>[^\W\d_].*)
| (?P<over>SUPER|TITLE)[ \t]*[:：](?P<title>.*)
| (?P<transition>TRANSITIONS)(?:(?=[ \t,]|$)|(?P<stop>[ \t]*[.:](?=[ \t]*(?://|$))))(?P<how>.*)
| (?P<block>BLOCKS)(?=[ \t]|$)(?P<head>.*)
| (?P<key>[a-z][a-z0-9_-]*):(?!//)(?P<value>.*)
| (?P<cue>@?[^:：(（)"“”]{1,60}?)[ \t]*(?P<parens>[(（][^)）]*[)）])?[ \t]*(?:：|:(?![0-9/\\]))(?P<speech>.*)
| (?P<prose>.*)
)"""
_PATTERN = (
    _LINE_PATTERN.replace("SETTINGS", _words(SETTINGS))
    .replace("TRANSITIONS", _words(TRANSITION_WORDS))
    .replace("BLOCKS", _words(BLOCK_WORDS))
)
_LINE = re.compile(_PATTERN, re.X | re.S)
_NEEDS_COLON = ("| (?P<over>", "| (?P<key>", "| (?P<cue>")
_WITHOUT_COLON = re.compile(
    "\n".join(row for row in _PATTERN.split("\n") if not row.startswith(_NEEDS_COLON)), re.X | re.S
)
"""The same for a line without a colon: most of prose, which is spared the search for one."""
_KEY = re.compile(r"([a-z][a-z0-9_-]*):(?!//)")

_TO = re.compile(r"(?P<what>.*\S)[ \t]+TO", re.S)


def nfc(text: str) -> str:
    """Names and words in Unicode's composed form, so that equal looks equal."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def comment_start(text: str, quoted: bool) -> int:
    """Where a comment at the end of `text` begins (after white space; with `quoted`, not within quotation marks), or its length."""
    at = text.find("//")
    while at >= 0:
        if (at == 0 or text[at - 1] in " \t") and not (quoted and text.count('"', 0, at) % 2):
            return at
        at = text.find("//", at + 2)
    return len(text)


def _part(text: str, start: int, end: int, quoted: bool) -> tuple[str, int]:
    """A stretch of a line without its comment and the space around it, and its column."""
    part = text[start:end]
    if "//" in part:
        part = part[: comment_start(part, quoted)]
    bare = part.strip(" \t\r")
    return bare, start + (len(part) - len(part.lstrip(" \t\r")) if bare else 0)


def classify(text: str, number: int) -> Line:
    """What one line is."""
    indent = len(text) - len(text.lstrip(" \t\u3000"))
    if "a" <= text[indent : indent + 1] <= "z":  # a property or prose: every other line begins otherwise
        key = _KEY.match(text, indent)
        if key is not None:
            value, col = _part(text, key.end(), len(text), True)
            return Line("PROPERTY", number, indent, key[1], indent, value, col)
        prose, col = _part(text, indent, len(text), False)
        return Line("PROSE", number, indent, "", col, prose, col)
    match = (_LINE if ":" in text or "：" in text else _WITHOUT_COLON).match(text)
    if match is None:  # the last branch takes anything: only here for the type checker
        return Line("PROSE", number, 0, "", 0, text, 0)
    kind = match.lastgroup or "prose"
    start = match.start(kind)
    if kind == "value":
        value, col = _part(text, start, len(text), True)
        return Line("PROPERTY", number, indent, match["key"], indent, value, col)
    if kind == "speech":
        return _cue(text, number, indent, match)
    if kind == "prose":
        prose, col = _part(text, indent, len(text), False)
        return Line("PROSE", number, indent, "", col, prose, col)
    if kind == "head":
        head, col = _part(text, start, len(text), True)
        word = match["block"]
        return Line(word, number, indent, word, indent, head, col)
    if kind == "how":
        head, col = _part(text, start, len(text), True)
        return Line("TRANSITION", number, indent, match["transition"], indent, head, col)
    if kind == "blank":
        return Line("BLANK", number, indent, "", indent, "", indent)
    if kind == "comment":
        return Line("COMMENT", number, indent, "", indent, text[indent:], indent)
    if kind == "bone":
        return Line("BONEYARD", number, indent, "", indent, text[indent:], indent)
    if kind == "place":
        place, col = _part(text, start, len(text), False)
        return Line("HEADING", number, indent, match["setting"], indent, place, col)
    if kind == "dotted":
        place, col = _part(text, start, len(text), False)
        return Line("HEADING", number, indent, ".", indent, place, col)
    if kind == "forced":
        prose, col = _part(text, start, len(text), False)
        return Line("PROSE", number, indent, "!", indent, prose, col, forced=True)
    if kind == "synopsis":
        said, col = _part(text, start, len(text), False)
        return Line("SYNOPSIS", number, indent, "=", indent, said, col)
    if kind == "title":
        said, col = _part(text, start, len(text), False)
        return Line(match["over"], number, indent, match["over"], indent, said, col)
    return _muted(text, number, indent, match)


def _muted(text: str, number: int, indent: int, match: re.Match[str]) -> Line:
    start = match.start("muted")
    # A line may be nothing but marks: none of them looks into the next.
    again = text[start:].lstrip(" \t\u3000").startswith("/-")
    inner = None if again else classify(" " * start + text[start:], number)
    if inner is None or inner.kind in ("BLANK", "COMMENT", "BONEYARD", "PROSE", "CUE", "SYNOPSIS"):
        return Line("NOTHING", number, indent, "/-", indent, text[indent:].rstrip(), indent, muted=True)
    inner.muted, inner.indent = True, indent
    return inner


def _cue(text: str, number: int, indent: int, match: re.Match[str]) -> Line:
    who = match["cue"].strip(" \t")
    if not (who.startswith("@") or who.isupper()) or who == "@":
        prose, col = _part(text, indent, len(text), False)
        return Line("PROSE", number, indent, "", col, prose, col)
    speech, col = _part(text, match.start("speech"), len(text), False)
    to = _TO.fullmatch(who) if not speech and match["parens"] is None else None
    if to:
        what = to["what"]
        return Line("TRANSITION", number, indent, what, indent, "", indent + len(what))
    how = match["parens"]
    return Line("CUE", number, indent, who, indent, speech, col, how=how[1:-1].strip() if how else None)
