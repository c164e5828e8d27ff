"""Final Draft: the screenplay in an `.fdx` file. The file is XML from a stranger: no entities, no DTD, nothing fetched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal
from xml.etree.ElementTree import Element as Xml
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from apexlang.screenplay import fountain, fountain_text
from apexlang.screenplay.model import (
    Action,
    Boneyard,
    Centred,
    Dialogue,
    Element,
    Heading,
    Lyric,
    Note,
    PageBreak,
    Part,
    Screenplay,
    Section,
    Synopsis,
    Transition,
)
from apexlang.syntax.emphasis import Run, marked

_OUTLINE = re.compile(r"Outline (\d)")
_BONEYARD = re.compile(r"/\*(.*)\*/", re.S)
_CREDIT = re.compile(r"(?:(?:\w+ )?(?:written|story|screenplay|teleplay|adapted|created|directed)\b.*|by|a film)", re.I)
_FLOWS: Mapping[str, Literal["speech", "parenthetical", "lyric"]] = {
    "Dialogue": "speech",
    "Parenthetical": "parenthetical",
    "Lyrics": "lyric",
}


class NotFinalDraft(Exception):
    """The bytes are no Final Draft script. The text says why."""


def read(data: bytes) -> Screenplay:
    """The screenplay in an `.fdx` file. NotFinalDraft where it is none."""
    try:
        root = fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        raise NotFinalDraft("it defines entities or a document type, which a script never needs") from None
    except ParseError as problem:
        raise NotFinalDraft(f"its XML is broken: {problem}") from None
    except (ValueError, LookupError) as problem:  # an encoding that nobody knows
        raise NotFinalDraft(f"its XML cannot be read: {problem}") from None
    if root.tag != "FinalDraft":
        raise NotFinalDraft(f"its XML begins with <{root.tag[:40]}>, not with <FinalDraft>")
    content = root.find("Content")
    told = _elements(_flat(content)) if content is not None else iter(())
    return Screenplay(tuple(sound for element in told for sound in _sound(element)), _title_page(root))


def _flat(content: Xml) -> Iterator[tuple[Xml, bool]]:
    """The paragraphs in order, and whether each begins what is spoken beside the speech before it."""
    for paragraph in content:
        if paragraph.tag != "Paragraph":
            continue
        dual = paragraph.find("DualDialogue")
        if dual is None:
            yield paragraph, False
            continue
        speakers = 0
        for inner in dual.findall("Paragraph"):
            speaks = inner.get("Type") == "Character"
            speakers += speaks
            yield inner, speaks and speakers > 1


def _elements(paragraphs: Iterable[tuple[Xml, bool]]) -> Iterator[Element]:
    cue: tuple[str, bool] | None = None
    parts: list[Part] = []
    for paragraph, dual in paragraphs:
        kind = paragraph.get("Type", "Action")
        text = _text(paragraph)
        if cue is not None and kind in _FLOWS:
            flow = _FLOWS[kind]
            parts += (Part(flow, line) if flow == "lyric" else fountain.part(line) for line in _filled(text))
            yield from _notes(paragraph)
            continue
        if cue is not None:
            yield Dialogue(cue[0], tuple(parts), cue[1])
            cue, parts = None, []
        if paragraph.get("StartsNewPage") == "Yes":
            yield PageBreak()
        if kind == "Character" and text.strip():
            cue = fountain.spaced_cue(text), dual
        else:
            yield from _single(paragraph, kind, text)
        yield from _notes(paragraph)
    if cue is not None:
        yield Dialogue(cue[0], tuple(parts), cue[1])


def _filled(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _single(paragraph: Xml, kind: str, text: str) -> Iterator[Element]:
    """What a paragraph is that is not spoken."""
    line = " ".join(text.split())
    outline = _OUTLINE.fullmatch(kind)
    boneyard = _BONEYARD.fullmatch(text.strip())
    if kind == "Scene Heading" and line:
        heading = fountain.heading(line)
        yield Heading(heading.text, (paragraph.get("Number") or "").strip() or heading.number)
        summaries = [_text(p) for p in paragraph.findall("SceneProperties/Summary/Paragraph")]
        yield from (Synopsis(" ".join(summary.split())) for summary in summaries if summary.strip())
    elif not line:
        return
    elif outline is not None:
        yield Section(max(1, int(outline[1])), line)
    elif kind == "Outline Body":
        yield Synopsis(line)
    elif kind == "Transition":
        yield Transition(line)
    elif kind == "Lyrics":
        yield from (Lyric(sung) for sung in _filled(text))
    elif boneyard is not None and "*/" not in boneyard[1]:
        yield Boneyard(boneyard[1])
    elif paragraph.get("Alignment") == "Center" or kind in ("New Act", "End of Act", "Show/Ep. Title"):
        yield from (Centred(row) for row in _filled(text))
    else:
        yield Action("\n".join(row.rstrip() for row in text.split("\n")).strip("\n"))


def _notes(paragraph: Xml) -> Iterator[Element]:
    for note in paragraph.findall("ScriptNote"):
        text = "\n".join(_text(p) for p in note.findall("Paragraph")) or _text(note)
        text = "\n".join(row.rstrip() for row in text.split("\n")).strip().replace("[[", "[ [").replace("]]", "] ]")
        if text:
            yield Note(f"[[{text}]]")


def _text(paragraph: Xml) -> str:
    """The text of a paragraph with marks for its styles, line by line."""
    lines: list[list[Run]] = [[]]
    for piece in paragraph.findall("Text"):
        styles = frozenset((piece.get("Style") or "").split("+"))
        said = (piece.text or "").replace("\u2028", "\n").replace("\r", "\n")
        said = said.upper() if "AllCaps" in styles else said
        for index, row in enumerate(said.split("\n")):
            if index:
                lines.append([])
            lines[-1].append(Run(row, styles & {"Bold", "Italic", "Underline"}))
    return "\n".join(marked(line) for line in lines)


def _sound(element: Element) -> Iterator[Element]:
    """The element, if Fountain and so Apex can say it; else its text as action."""
    text = fountain_text.one(element)
    found = list(fountain.elements(text))
    if len(found) == 1 and type(found[0]) is type(element) and _words(found[0]).split() == _words(element).split():
        yield found[0]
        return
    rows = _filled(_words(element).replace("/*", "/ *"))  # which would set aside what follows
    if rows:
        yield from fountain.elements("\n".join(f"!{row}" for row in rows))


def _words(element: Element) -> str:
    if isinstance(element, Dialogue):
        return "\n".join((element.cue, *(part.text for part in element.parts)))
    if isinstance(element, Heading) and element.number:
        return f"{element.text} #{element.number}#"
    return "" if isinstance(element, PageBreak) else element.text


def _title_page(root: Xml) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What stands on the title page, under Fountain's keys. Final Draft knows places only: in the middle first the title, then
    what was done, then by whom; at the edges how to reach them."""
    page = root.find("TitlePage/Content")
    entries: dict[str, list[str]] = {}
    credited = False
    for paragraph in page.findall("Paragraph") if page is not None else ():
        for row in _filled(_text(paragraph)):
            match = fountain.KEY.fullmatch(row)
            if match is not None and match[1].casefold() in fountain.TITLE_KEYS and match[2]:
                entries.setdefault(match[1], []).append(match[2])
            elif paragraph.get("Alignment") != "Center":
                entries.setdefault("Contact" if entries else "Title", []).append(row)
            elif credited:
                entries.setdefault("Author" if "Author" not in entries else "Source", []).append(row)
            elif entries and _CREDIT.fullmatch(row):
                entries.setdefault("Credit", []).append(row)
                credited = True
            else:
                entries.setdefault("Title", []).append(row)
    return tuple((key, tuple(rows)) for key, rows in entries.items())
