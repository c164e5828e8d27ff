"""Values in the spelling of other trades: `f2.8`, `50 mm`, `1920×1080`, `None`. Each is said with how it is written here.

A slip is looked for only in a value that cannot be read, and counts only if the value reads better without it: what is said here
is never a guess about something that has a meaning of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from apexlang.ir.vocabulary import GENERATORS
from apexlang.syntax.literals import Fault

LONGEST = 400
"""Characters of the longest value that is searched."""


DEEPEST = 6
"""Kinds of slip that are found in one value."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A spelling from elsewhere, what stands for it here (as a template of `re`, or a function), and why."""

    pattern: re.Pattern[str]
    written: str | Callable[[re.Match[str]], str]
    why: str
    certain: bool = True
    quoted: bool = False


class _Found(NamedTuple):
    slip: Slip
    start: int
    end: int
    new: str


_UNITS = {
    "sec": "s", "secs": "s", "second": "s", "seconds": "s", "msec": "ms", "millisecond": "ms", "milliseconds": "ms",
    "frames": "f", "frame": "f", "fr": "f", "kelvin": "K", "k": "K", "db": "dB", "lufs": "LUFS", "stop": "st", "stops": "st",
    "ev": "st", "degrees": "deg", "degree": "deg", "percent": "%", "pixels": "px", "pixel": "px", "hz": "fps",
    "minute": "min", "minutes": "min", "mins": "min",
}  # fmt: skip

_SIZES = {"720p": "1280x720", "hd": "1920x1080", "full hd": "1920x1080", "fullhd": "1920x1080", "fhd": "1920x1080",
          "1080p": "1920x1080", "1440p": "2560x1440", "2160p": "3840x2160", "uhd": "3840x2160", "4k": "3840x2160",
          "2k": "2048x1080"}  # fmt: skip

_COLOURS = {
    "black": "#000000", "white": "#FFFFFF", "red": "#FF0000", "green": "#008000", "blue": "#0000FF", "yellow": "#FFFF00",
    "orange": "#FFA500", "purple": "#800080", "pink": "#FFC0CB", "brown": "#A52A2A", "grey": "#808080", "gray": "#808080",
    "cyan": "#00FFFF", "magenta": "#FF00FF", "gold": "#FFD700", "navy": "#000080", "teal": "#008080",
}  # fmt: skip
"""As CSS has them."""

_NUMBERS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "eight": "8", "ten": "10",
            "a": "1", "an": "1"}  # fmt: skip

_FILE = (
    r"[^\s,;\"“”'‘’(){}#]+\."
    r"(?:png|jpe?g|webp|tiff?|bmp|exr|avif|heic|mp4|mov|mkv|webm|avi|mxf|m4v|wav|mp3|flac|ogg|opus|m4a|aiff?|cube)"
)


def _time(match: re.Match[str]) -> str:
    unit = _UNITS.get(match[2].casefold(), match[2])
    return f"{match[1]}{unit}" if unit != "min" else f"{float(match[1]) * 60:g}s"


def _minutes(match: re.Match[str]) -> str:
    return f"{float(match[1]) * 60:g}s"


def _size_and_rate(match: re.Match[str]) -> str:
    lines, rate = re.findall(r"\d+(?:\.\d+)?", match[0])
    return f"{_SIZES.get(f'{lines}p', match[0])}, {rate}fps"


def _clock(match: re.Match[str]) -> str:
    seconds = int(match[1]) * 3600 + int(match[2]) * 60 + int(match[3])
    return f"{seconds}.{match[4].rstrip('0') or '0'}s"


def _ratio(match: re.Match[str]) -> str:
    return f"{float(match[1]) / max(1, int(match[2])):.4g}"


def _unquoted(match: re.Match[str]) -> str:
    return match[0] if re.fullmatch(_FILE, match[1]) else match[1]


def _hexed(match: re.Match[str]) -> str:
    return "#" + "".join(f"{int(part):02X}" for part in match.groups())


def _spelt(match: re.Match[str]) -> str:
    number, unit = _NUMBERS[match[1].casefold()], match[2].casefold()
    if unit.startswith("minute"):
        return f"{int(number) * 60}s"
    return f"{number} {unit}" if unit.startswith(("beat", "bar", "take")) else f"{number}{_UNITS.get(unit, unit)}"


def _slip(pattern: str, written: str | Callable[[re.Match[str]], str], why: str, **more: bool) -> Slip:
    return Slip(re.compile(pattern), written, why, **more)


_N = r"(?<![\w.#])([+-]?\d+(?:\.\d+)?)"

SLIPS: tuple[Slip, ...] = (
    _slip(r"[ \t]*;+[ \t]*$", "", "a line ends without a mark of its own"),
    _slip(r"^[\[(]([^\[\]()]*[A-Za-z#][^\[\]()]*)[\])]$", r"\1", "a value has no brackets around it"),
    _slip(r"(?<![\w.])\d{3,4}[pi/][ \t]*\d{2}(?:\.\d+)?p?(?![\w.])", _size_and_rate, "size and rate are two clauses"),
    _slip(r"(?<![\w.])(\d+(?:\.\d+)?)[ \t]*(?:fps)?[ \t]*(?i:ndf|df|non-?drop|drop)(?:[ -]frame)?(?!\w)", r"\1fps",
          "drop-frame follows from the rate"),
    _slip(r"(?<![\d:])(\d\d):(\d\d):(\d\d)[.,](\d{1,3})(?![\d:])", _clock,
          "a timecode counts frames; parts of a second are seconds"),
    _slip(r"(?<![\d:])(\d{1,2}):(\d\d)(?![\d:;])", lambda m: f"{int(m[1]) * 60 + int(m[2])}s",
          "times are in seconds `s`, frames `f`, beats or bars",
          certain=False),
    _slip(r"(?<![\d:])0?0:(\d\d):(\d\d)(?![\d:;.,])", lambda m: f"{int(m[1]) * 60 + int(m[2])}s",
          "a timecode has four pairs, the last of them frames", certain=False),
    _slip(r"(?<![\d:])(\d)(:\d\d:\d\d[:;]\d\d)(?!\d)", r"0\1\2", "each part of a timecode has two digits"),
    _slip(r"[ \t]*(?<!\w)(?i:(?:from|to)[ \t]+black)(?!\w)", "", "fades come from black and go to black"),
    _slip(r"(?<![\w.,])(\d+),[ \t]?(\d+)(?=m?s(?!\w))", r"\1.\2", "parts of a number stand behind a point", certain=False),
    _slip(r"(?<!\w)in(?=[ \t]+\d\d:\d\d:)", "from", "where footage begins is said with `from`"),
    _slip(r"(?:rgb)?\([ \t]*(\d{1,3})[ \t]*,[ \t]*(\d{1,3})[ \t]*,[ \t]*(\d{1,3})[ \t]*\)", _hexed,
          "a colour is `#` with six hexadecimal digits"),
    _slip(r"(?<![\w.])(?!iso)[a-z]+[ \t]*[=:][ \t]*(?=[\w\"+-])", "", "a value says by its unit what it is"),
    _slip(r"(?<![\w.])(\d+)[ \t]*[xX×✕*][ \t]*(\d+)(?![\w.])", r"\1x\2", "a size is written without spaces, with an `x`"),
    _slip(r"(?<![\w.])\d+[pP](?![\w.])|(?i:(?<![\w.])(?:full hd|fullhd|fhd|uhd|hd)(?![\w.]))",
          lambda m: _SIZES.get(m[0].casefold(), f"{m[0][:-1]}fps"), "a size is width and height in pixels, a rate is in `fps`"),
    _slip(r"(?<![\w.])[24][kK](?![\w.])", lambda m: _SIZES[m[0].casefold()], "a size is width and height in pixels", certain=False),
    _slip(r"(?<![\w.])[fFƒ][ \t]*[/:.]?[ \t]*(\d+(?:\.\d+)?)(?![\w.])", r"f/\1", "an aperture is written with a stroke"),
    _slip(r"(?<![\w.])[fFƒ][ \t]*[/:.]?[ \t]*(\d+),(\d)(?![\w.])", r"f/\1.\2", "an aperture is written with a stroke and a point"),
    _slip(r"(?i)(?<![\w.])iso[ \t]*[:=-]?[ \t]*(\d+)(?![\w.])", r"ISO \1", "`ISO`, a space, and the number"),
    _slip(_N + r"m(?!\w)", _minutes, "times are in seconds `s`, frames `f`, beats or bars", certain=False),
    _slip(_N + r"h(?!\w)", lambda m: f"{float(m[1]) * 3600:g}s", "times are in seconds `s`, frames `f`, beats or bars"),
    _slip(_N + r"[ \t]*(?i:min|mins|minutes?)(?![\w])", _minutes, "times are in seconds `s`, frames `f`, beats or bars"),
    _slip(_N + r"[ \t]*(?i:("
          r"secs?|seconds?|msec|milliseconds?|frames?|fr|kelvin|k|db|lufs|stops?|ev|degrees?|percent|pixels?|hz))(?!\w)",
          _time, "a unit follows its number at once, by its short name"),
    _slip(_N + r"[ \t]+(mm|fps|K|dB|st|LUFS|px|%|deg|s|ms|f)(?!\w)", r"\1\2", "a unit follows its number at once, by its short name"),
    _slip(_N + r"[ \t]*(?i:mbps|mbit/s|mb/s)(?!\w)", r"\1 Mbps", "a data rate is a number, a space and `Mbps`"),
    _slip(_N + r"(bits?|takes?)(?!\w)", r"\1 \2", "a space stands between the number and its word"),
    _slip(_N + r":(\d)(?![\d:.])", _ratio, "a ratio is a plain number"),
    _slip(_N + r"f[ \t]+(\d+(?:\.\d+)?)s(?!\w)", r"\2s \1f", "the larger part of a time stands first"),
    _slip(r"(\d+(?:\.\d+)?s)[ \t]*(?:,|\+|and)[ \t]*(\d+f)(?!\w)", r"\1 \2", "the parts of one time stand side by side"),
    _slip(rf"(?<=\w)[ \t]*[,/|>][ \t]*({'|'.join(GENERATORS)})(?!\w)", r" or \1",
          "generators have `or` between them, the first choice first"),
    _slip(r'(?<=")[ \t]+(?=(?:from|at|fade)[ \t]|[+-]?\d+(?:\.\d+)?dB)', ", ", "clauses are separated by commas"),
    _slip(r'(?<=")[ \t]*,[ \t]*(?=\d+(?:\.\d+)?%)', " ", "the strength stands behind the file, without a comma"),
    _slip(r"((?:in|out|push|pull)[ \t]+\d+(?:\.\d+)?)[ \t]*,[ \t]*(\d+(?:\.\d+)?)", r"\1 -> \2", "a change is written with `->`"),
    _slip(r"(?<![\w.])1[ \t]*/[ \t]*(\d+)(?:[ \t]*(?i:secs?|seconds?))?(?![\w./])", r"1/\1s", "a shutter time has its unit"),
    _slip(r"(?i)(?<![\w.])half an? second(?!\w)", "0.5s", "a time is a number and its unit"),
    _slip(r"(?i)(?<![\w.])(one|two|three|four|five|six|eight|ten|an?)[ \t]+"
          r"(seconds?|secs?|frames?|beats?|bars?|minutes?|takes?)(?!\w)",
          _spelt, "a number is written in digits"),
    _slip(r"(?<=[\w)\d])[ \t]*(?:=>|-->|—>|–>|>)[ \t]*(?=[\d(.])", " -> ", "a change is written with `->`"),
    _slip(r"(?<=[\d)])[ \t]+(?:to|–|—|−|-|\.\.|\.\.\.|…)[ \t]+(?=[\d(.])", " -> ", "a change is written with `->`"),
    _slip(r"(?<=\d)(?:–|—|\.\.)(?=\d)", " -> ", "a change is written with `->`"),
    _slip(r"(?<![\w)])[−–—‑](?=[\d.])", "-", "a minus is the plain hyphen"),
    _slip(r"(?<![\w.])(\d+(?:\.\d+)?)[xX×](?![\w.])", r"\1", "a zoom is a plain number"),
    _slip(r"(?<![\w#])(?:0x)?([0-9A-Fa-f]{6})(?!\w)", r"#\1", "a colour begins with `#`"),
    _slip(rf"(?i)(?<![\w#.-])(?:{'|'.join(_COLOURS)})(?![\w.-])", lambda m: _COLOURS[m[0].casefold()],
          "colours are written as `#rrggbb`"),
    _slip(r"(?<![\w.])(?:None|NONE|null|nil|False|false|off|OFF|Off)(?![\w.])", "none",
          "what is inherited is switched off with `none`"),
    _slip(rf"(?i)(?<![\w./]){_FILE}(?![\w.])", r'"\g<0>"', "a file's name stands in quotation marks"),
    _slip(r"(?<![\w.])(?i:from|at|on|in|with)=", lambda m: f"{m[0][:-1].casefold()} ", "words stand side by side, without `=`"),
    _slip(r'(?<!\w)"([^"\n]+)"(?!\w)', _unquoted, "only files and titles stand in quotation marks", quoted=True),
    _slip(r"'([^'\n]+)'", r"\1", "only files and titles stand in quotation marks"),
    _slip(r"[，、]", ",", "clauses are separated by `,`"),
    _slip(r"[ \t]*;(?=[ \t]|$)|[ \t]+\|(?=[ \t])", ",", "clauses are separated by commas"),
    _slip(r"(?<=\S)[ \t]+(?:and|&)[ \t]+(?=\S)", ", ", "clauses are separated by commas"),
    _slip(r"(?<=\w|\))[ \t]+(?=(?:ease|linear|sine|gamma|cubic-bezier)(?![\w]))", ", ", "clauses are separated by commas"),
    _slip(r"(?:(?<=[\d%)])|(?<=\d[KBmsf])|(?<=\d(?:mm|st|dB)))[ \t]+"
          r"(?=(?:f/|ISO |\d|low angle|high angle|dutch|eye level|overhead))", ", ", "clauses are separated by commas"),
)  # fmt: skip


def mended(
    text: str, faults: Sequence[Fault], again: Callable[[str], Sequence[Fault]], deep: int = DEEPEST
) -> tuple[Fault, ...]:
    """The faults of a value, those that are a slip said as such. `again` reads a value and gives its faults."""
    said = any(fault.code == "E0302" and fault.fix is not None for fault in faults)
    if said or len(text) > LONGEST or "\n" in text or not deep:
        return tuple(faults)
    for slip in SLIPS:
        if slip.pattern.search(text) is None:
            continue
        found = tuple(_occurrences(slip, text))
        if not found or not any(_touch(fault, *_with_space(text, f.start, f.end)) for fault in faults for f in found):
            continue
        new, places = _rewritten(text, found)
        after = again(new)
        rest = mended(new, after, again, deep - 1) if any(map(_is_error, after)) else ()
        if not _better(rest, faults, [_with_space(new, a, b) for _, (a, b) in places]):
            continue
        slips = [
            Fault("E0319", f.start, f.end, _message(text[f.start : f.end].strip(), f.new.strip()), slip.why, (), f.new,
                  maybe=not slip.certain)
            for f in found
        ]  # fmt: skip
        return (*slips, *(_back(fault, places) for fault in rest if _is_error(fault)))
    return tuple(faults)


def _message(was: str, new: str) -> str:
    if not was:
        return f"`{new}` is lacking here"
    return f"`{was}` is written `{new}` here" if new else f"`{was}` is one too many here"


def _better(after: Sequence[Fault], before: Sequence[Fault], places: Sequence[tuple[int, int]]) -> bool:
    """Whether a value has fewer errors than it had, slips aside, or can be read where it could not; none at the places rewritten."""
    errors = [fault for fault in after if _is_error(fault) and fault.code != "E0319"]
    had = [fault for fault in before if _is_error(fault)]
    if any(fault.start <= b and a < max(fault.end, fault.start + 1) for fault in errors for a, b in places):
        return False
    unread = any(fault.code in _UNREAD for fault in had) and not any(fault.code in _UNREAD for fault in errors)
    return len(errors) < len(had) or unread


_UNREAD = ("E0301", "E0302")
"""Faults that keep the rest of a value from being read."""


def _with_space(text: str, start: int, end: int) -> tuple[int, int]:
    """The place of a slip with the space beside it, which was left as it is: one space or two, the slip is the same."""
    return start - (text[start - 1 : start] == " "), end + (text[end : end + 1] == " ")


def _touch(fault: Fault, start: int, end: int) -> bool:
    return fault.start <= end and start <= max(fault.end, fault.start + 1)


def _is_error(fault: Fault) -> bool:
    return fault.code[0] == "E"


def _occurrences(slip: Slip, text: str) -> Iterator[_Found]:
    for match in slip.pattern.finditer(text):
        if text.count('"', 0, match.start()) % 2 and not slip.quoted:
            continue
        new = slip.written(match) if callable(slip.written) else match.expand(slip.written)
        start, end = match.span()
        if new.startswith(" ") and text[start] == " ":
            start, new = start + 1, new[1:]
        if new.endswith(" ") and text[end - 1] == " " and end - 1 > start:
            end, new = end - 1, new[:-1]
        if new != text[start:end]:
            yield _Found(slip, start, end, new)


def _rewritten(text: str, found: Sequence[_Found]) -> tuple[str, list[tuple[int, tuple[int, int]]]]:
    """The text with what is found rewritten; of each place, where it ended and its new bounds."""
    out, at, length = [], 0, 0
    places: list[tuple[int, tuple[int, int]]] = []
    for f in found:
        before = text[at : f.start]
        out += [before, f.new]
        length += len(before)
        places.append((f.end, (length, length + len(f.new))))
        length += len(f.new)
        at = f.end
    return "".join([*out, text[at:]]), places


def _back(fault: Fault, places: Sequence[tuple[int, tuple[int, int]]]) -> Fault:
    """A fault of the rewritten text at its place in the text as it was."""

    def place(offset: int) -> int:
        moved = 0
        for old_end, (_, new_end) in places:
            if offset >= new_end:
                moved = old_end - new_end
        return max(0, offset + moved)

    start = place(fault.start)
    end = place(fault.end - 1) + 1 if fault.end > fault.start else start
    return Fault(fault.code, start, max(end, start), fault.message, fault.label, fault.helps,
                 fault.fix, fault.maybe)  # fmt: skip
