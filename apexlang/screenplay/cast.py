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
_AGE = (
    r"(?:(?:in (?:his|her|their) )?(?:(?:early|mid|late)[ -])?\d0['’]?s|(?:(?:age|AGE)[ ])?\d{1,2}|teens|teenage[dr]?)"
)
_INTRODUCED = re.compile(rf"(?<![\w'’]){_NAME}(?:,[ ]|[ ]\()(?P<age>{_AGE})(?![\w'’])(?=(?P<more>[^.!?()\n]{{0,200}}))")
_BRACKETED = re.compile(rf"(?<![\w'’]){_NAME}[ ]\((?!cont\b|cont['’])(?P<said>[a-z][^()\n]{{2,120}})\)")
_APPOSED = re.compile(rf"(?<![\w'’]){_NAME},[ ](?P<said>(?:an?|the)[ ][^,.!?()\n]{{3,60}}),[ ](?=is\b|was\b|[a-z]+s\b)")
_SOMEWHERE = re.compile(r"\b(?:in|on|at|under|behind|with|to|from)\b")
_GOES_ON = re.compile(r"[ ]?,[ ]|[ ](?:and|with|in|years?)\b")
_DOES = re.compile(r"[ ]*(?:\w*[a-z]s|(?!wearing|carrying)\w+ing)\b", re.I)


def folded(name: str) -> str:
    """A name as the compiler compares names."""
    return " ".join(nfc(name).removeprefix("@").casefold().split())


class Cast:
    """The people of a screenplay in the order in which they come. `described`: what the action says of them at first."""

    def __init__(self, elements: Iterable[Element]) -> None:
        self.names: dict[str, str] = {}
        self.described: dict[str, str] = {}
        told = list(elements)
        spoken = dict.fromkeys(speaker(e.name).removeprefix("@") for e in told if isinstance(e, Dialogue))
        self._speaking = {folded(name): name for name in reversed(spoken)}
        for element in told:
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
        """`SARAH (30s, tired)` makes a person and what is said of them their description; so does `SARAH, the pilot, waits`
        for a person who speaks."""
        for match in _INTRODUCED.finditer(text):
            name = match["name"]
            if name.isupper() and len(name) > 1:
                key = self._meant(name)
                self._add(self._speaking.get(key) or speaker(name).removeprefix("@"))
                self._describe(key, _description(match["age"], match["more"]))
        for match in (*_BRACKETED.finditer(text), *_APPOSED.finditer(text)):
            key = self._meant(match["name"])
            if key in self._speaking and (match.re is _BRACKETED or not _SOMEWHERE.search(match["said"])):
                self._describe(key, _sentence(match["said"]))

    def _meant(self, name: str) -> str:
        """Who is meant: `EDWARD BLOOM` is the EDWARD who speaks where no EDWARD BLOOM does, `A TIRED OLD MAN` the OLD MAN."""
        key = folded(speaker(name))
        if key in self._speaking:
            return key
        words = key.split(" ")
        shorter = (words[0], *(" ".join(words[at:]) for at in range(1, len(words) - 1)))
        return next((short for short in shorter if short in self._speaking), key)

    def _describe(self, key: str, description: str) -> None:
        if description:
            self.described.setdefault(key, description)

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
    age = age.removeprefix("age ").removeprefix("AGE ")
    return _sentence(f"Aged {age}{kept}" if age.isdigit() else age + kept)


def _sentence(text: str) -> str:
    text = clean(text).rstrip(" ,;:-–—.")
    return f"{text[:1].upper()}{text[1:]}."


def _bare(word: str) -> str:
    word = word.casefold()
    for tail in ("'s", "’s", "'", "’"):
        if word.endswith(tail):
            return word[: -len(tail)]
    return word
