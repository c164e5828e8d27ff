"""Who is in a screenplay: speakers, people whom the action introduces, and whom a paragraph names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from apexlang.screenplay.lines import clean, speaker
from apexlang.screenplay.model import Action, Dialogue, Element
from apexlang.syntax import heads
from apexlang.syntax.lines import nfc

MOST_NAMED = 4
"""People in the head of one shot."""

_WORD = re.compile(r"[^\W_][\w'’-]*")
_NAME = r"(?P<name>[^\W\d_a-z][^\W\d_a-z'’.-]+(?:[ ][^\W\d_a-z][^\W\d_a-z'’.-]*){0,3})"
_AGE = r"(?:(?:in (?:his|her|their) )?(?:(?:early|mid|late)[ -])?\d0['’]?s|\d{1,2}|teens|teenage[dr]?)"
_INTRODUCED = re.compile(rf"(?<![\w'’]){_NAME}(?:,[ ]|[ ]\()(?P<age>{_AGE})(?![\w'’])(?P<more>[^.!?()\n]{{0,200}})")
_GOES_ON = re.compile(r"[ ]?,[ ]|[ ](?:and|with|in|years?)\b")
_DOES = re.compile(r"[ ]*\w*[a-z]s\b", re.I)


def folded(name: str) -> str:
    """A name as the compiler compares names."""
    return " ".join(nfc(name).removeprefix("@").casefold().split())


class Cast:
    """The people of a screenplay in the order in which they come. `described`: what the action says of them at first."""

    def __init__(self, elements: Iterable[Element]) -> None:
        self.names: dict[str, str] = {}
        self.described: dict[str, str] = {}
        for element in elements:
            if isinstance(element, Dialogue):
                self._add(speaker(element.name).removeprefix("@"))
            elif isinstance(element, Action):
                self._introduce(element.text)
        self._by_word: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._caseless: list[str] = []
        for name in self.names.values():
            words = tuple(w.casefold() for w in _WORD.findall(name))
            if not name.isupper() and name.casefold() == name.upper():
                self._caseless.append(name)
            elif words:
                self._by_word.setdefault(words[0], []).append((words, name))
        for known in self._by_word.values():
            known.sort(key=lambda entry: -len(entry[0]))
        self._usable: dict[str, bool] = {}

    def _add(self, name: str) -> str:
        return self.names.setdefault(folded(name), name)

    def _introduce(self, text: str) -> None:
        """`SARAH, 30s, a commander.` makes a person, and the sentence their description."""
        for match in _INTRODUCED.finditer(text):
            name = match["name"]
            if not name.isupper() or len(name) < 2:
                continue
            key = folded(self._add(speaker(name).removeprefix("@")))
            described = _description(match["age"], match["more"])
            if described:
                self.described.setdefault(key, described)

    def named(self, text: str) -> list[str]:
        """Those whom a text names, in its order: in capitals, or as a name is written."""
        found: dict[str, None] = {}
        words = list(_WORD.finditer(text))
        plain = [_bare(w[0]) for w in words]
        for index, word in enumerate(words):
            if not word[0][0].isupper() or plain[index] not in self._by_word:
                continue
            for parts, name in self._by_word[plain[index]]:
                if tuple(plain[index : index + len(parts)]) == parts:
                    found[name] = None
                    break
        found.update((name, None) for name in self._caseless[:200] if name in text)
        return list(found)

    def usable(self, name: str) -> bool:
        """Whether a name can stand in the head of a shot."""
        if name not in self._usable:
            head = heads.shot(f"medium of {name}")
            people = getattr(head, "people", ())
            label = getattr(head, "label", None)
            self._usable[name] = label is None and [folded(p.text) for p in people] == [folded(name)]
        return self._usable[name]


def _description(age: str, more: str) -> str:
    """`30s, a commander, walks in` as `30s, a commander.`; nothing where the sentence goes on about something else."""
    if more.strip() and not _GOES_ON.match(more):
        return ""
    kept = more.split(",", maxsplit=1)[0]
    for piece in more.split(",")[1:]:
        if _DOES.match(piece):  # `walks in`: what they do is not what they are
            break
        kept += f",{piece}"
    text = clean(age + kept).rstrip(" ,;:-–—")
    return f"{'Aged ' if text.isdigit() else ''}{text}."


def _bare(word: str) -> str:
    word = word.casefold()
    for tail in ("'s", "’s", "'", "’"):
        if word.endswith(tail):
            return word[: -len(tail)]
    return word
