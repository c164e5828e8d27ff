"""The tables of `docs/previz.md`, made from the words themselves. `python -m apexlang.lexicon.reference` writes them anew."""

from __future__ import annotations

from pathlib import Path

from apexlang.lexicon.words import SECTIONS, Manner, Vocabulary, standard

MARK = "<!-- made from the words by `python -m apexlang.lexicon.reference`: {} -->"
END = "<!-- end -->"

_MEANT = {
    "places": "set", "times": "time", "weather": "weather", "props": "thing", "actions": "pose", "held": "in hand", "people": "word",
    "manners": "manner",
}  # fmt: skip


_PLAIN = ("key", "contrast", "saturation", "hardness", "haze", "practicals", "frontal")
_COLOURS = ("shadows", "highlights", "palette")


def table(section: str, v: Vocabulary) -> str:
    """A section: what is meant, and the words that ask for it."""
    if section == "people":
        rows = [f"| `{word}` | {described} |" for word, described in v.people.items()]
        return "\n".join(["| word | who is seen |", "|---|---|", *rows])
    words: dict[str, list[str]] = {}
    for word, meaning in v.table(section).items():
        words.setdefault(meaning, []).append(word)
    rows = [f"| `{meaning}` | {', '.join(asks)} |" for meaning, asks in words.items()]
    return "\n".join([f"| {_MEANT[section]} | words |", "|---|---|", *rows])


def manners(v: Vocabulary) -> str:
    """What each manner does, where it differs from nothing at all."""
    rows = ["| manner | what it does |", "|---|---|"]
    plain = Manner()
    for name, manner in v.manner.items():
        said = []
        for field in (*_PLAIN, *_COLOURS):
            value = getattr(manner, field)
            if value != getattr(plain, field):
                said.append(f"{field} `{value}`" if field in _COLOURS else f"{field} {value}")
        if manner.symmetric:
            said.append("square to the middle")
        rows.append(f"| `{name}` | {', '.join(said)} |")
    return "\n".join(rows)


def filled(text: str) -> str:
    """The page with every table as the words have it now."""
    v = standard()
    for name in (*SECTIONS, "manner"):
        made = manners(v) if name == "manner" else table(name, v)
        mark = MARK.format(name)
        before, found, after = text.partition(f"{mark}\n")
        if found:
            text = f"{before}{mark}\n{made}\n{END}{after.partition(END)[2]}"
    return text


if __name__ == "__main__":
    page = Path(__file__).resolve().parent.parent.parent / "docs" / "previz.md"
    page.write_text(filled(page.read_text("utf-8")), "utf-8")
