"""From elements to the bytes of an `.fdx` file for Final Draft."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element as Xml
from xml.etree.ElementTree import SubElement, indent, tostring

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
from apexlang.syntax.emphasis import BOLD, ITALIC, UNDERLINE, Run, runs

_FORBIDDEN = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold."""

_PARTS = {"speech": "Dialogue", "parenthetical": "Parenthetical", "lyric": "Lyrics"}
_IN_THE_MIDDLE = frozenset({"title", "credit", "author", "authors", "source"})


def write(screenplay: Screenplay) -> bytes:
    """The file, in UTF-8."""
    root = Xml("FinalDraft", {"DocumentType": "Script", "Template": "No", "Version": "1"})
    content = SubElement(root, "Content")
    new_page = False
    dual: Xml | None = None
    told = screenplay.elements
    for index, element in enumerate(told):
        if isinstance(element, PageBreak):
            if new_page:
                SubElement(content, "Paragraph", {"Type": "Action", "StartsNewPage": "Yes"})
            new_page = True
            continue
        into = content
        if isinstance(element, Dialogue):
            beside = index + 1 < len(told) and isinstance(after := told[index + 1], Dialogue) and after.dual
            if beside and not element.dual:
                dual = SubElement(SubElement(content, "Paragraph"), "DualDialogue")
            into = dual if dual is not None else content
            dual = dual if beside else None
        before = len(into)
        _put(into, element)
        if new_page and len(into) > before:
            into[before].set("StartsNewPage", "Yes")
        new_page = False
    if new_page:
        SubElement(content, "Paragraph", {"Type": "Action", "StartsNewPage": "Yes"})
    if screenplay.title_page:
        _title_page(SubElement(SubElement(root, "TitlePage"), "Content"), screenplay.title_page)
    indent(root)
    body: bytes = tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="UTF-8" standalone="no" ?>\n' + body + b"\n"


def _put(content: Xml, element: Element) -> None:
    match element:
        case Heading():
            number = {"Number": _clean(element.number)} if element.number else {}
            _paragraph(content, "Scene Heading", element.text, number)
        case Action():
            _paragraph(content, "Action", element.text)
        case Centred():
            _paragraph(content, "Action", element.text, {"Alignment": "Center"})
        case Lyric():
            _paragraph(content, "Lyrics", element.text)
        case Dialogue():
            _dialogue(content, element)
        case Transition():
            _paragraph(content, "Transition", element.text)
        case Section():
            _paragraph(content, f"Outline {min(element.depth, 4)}", element.text)
        case Synopsis():
            _paragraph(content, "Outline Body", element.text)
        case Note():
            _note(content, element.text)
        case Boneyard():
            _paragraph(content, "General", f"/*{element.text}*/")
        case PageBreak():
            pass


def _paragraph(content: Xml, kind: str, text: str, more: dict[str, str] | None = None) -> None:
    _write(SubElement(content, "Paragraph", {"Type": kind, **(more or {})}), text)


def _write(paragraph: Xml, text: str) -> None:
    """The text of a paragraph, a piece for each change of style."""
    for index, line in enumerate(_clean(text).split("\n")):
        for number, run in enumerate(runs(line) or (Run(""),)):
            styles = "+".join(style for style in (BOLD, ITALIC, UNDERLINE) if style in run.styles)
            piece = SubElement(paragraph, "Text", {"Style": styles} if styles else {})
            piece.text = ("\n" if index and not number else "") + run.text


def _dialogue(content: Xml, element: Dialogue) -> None:
    _paragraph(content, "Character", element.cue)
    for part in element.parts or (Part("speech", ""),):
        _paragraph(content, _PARTS[part.kind], part.text)


def _note(content: Xml, text: str) -> None:
    paragraph = SubElement(content, "Paragraph", {"Type": "Action"})
    for said in re.findall(r"\[\[(.*?)\]\]", text, re.S):
        note = SubElement(paragraph, "ScriptNote")
        _write(SubElement(note, "Paragraph"), said.strip())
    SubElement(paragraph, "Text").text = ""


def _title_page(content: Xml, page: Iterable[tuple[str, tuple[str, ...]]]) -> None:
    """In the middle what is known by its place; the rest with its key, at the edge."""
    for key, rows in page:
        middle = key.casefold() in _IN_THE_MIDDLE
        plain = middle or key.casefold() in ("contact", "contact info")
        for row in rows:
            place = {"Alignment": "Center" if middle else "Left"}
            _write(SubElement(content, "Paragraph", place), row if plain else f"{key}: {row}")


def _clean(text: str) -> str:
    return _FORBIDDEN.sub(" ", text)
