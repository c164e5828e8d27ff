"""From the elements of a screenplay to the text of a film: scenes, a shot for each paragraph of action, people, transitions."""

from __future__ import annotations

from collections.abc import Sequence

from apexlang.screenplay import shots
from apexlang.screenplay.cast import Cast, folded
from apexlang.screenplay.lines import ALONE, BELOW, action, carried, clean, comment, held, natural, speaker
from apexlang.screenplay.lines import folded as as_lines
from apexlang.screenplay.model import (
    STORY,
    Action,
    Boneyard,
    Centred,
    Dialogue,
    Element,
    Heading,
    Lyric,
    Screenplay,
    Section,
    Synopsis,
    Transition,
)
from apexlang.screenplay.reading import Reader, dialogue, one_line, paragraphs, plain_title, rows
from apexlang.screenplay.shots import Shot
from apexlang.source import Source
from apexlang.syntax.fold import FORBIDDEN
from apexlang.syntax.lines import classify
from apexlang.syntax.tree import Tree

SHOWN = (Heading, Action, Lyric, Dialogue, Centred)
"""What makes a picture."""

OPENING = ".OPENING"
"""The heading of what comes before a screenplay's first one."""

WIDE = "wide"
"""How a scene opens, unless its heading asks for something else."""

SCENE, BODY = "  ", "    "


def film(play: Screenplay) -> str:
    """The text of a film. It is valid for every screenplay with a heading or a story; `telling.screenplay` gives the same elements."""
    return _Writer(play).text()


def reads_back(element: Element, lines: Sequence[str]) -> bool:
    """Whether lines of Apex are read as this element and nothing else."""
    match element:
        case Action() | Lyric():
            found = as_lines(list(lines))
            if [line.kind for line in found] == ["SUPER"]:
                return one_line(found[0]) == element
            return all(line.kind == "PROSE" for line in found) and paragraphs(found) == [element]
        case Dialogue():
            found = as_lines(list(lines))
            return (
                all(line.kind == "CUE" and line.word == found[0].word for line in found) and dialogue(found) == element
            )
        case Heading() | Centred() | Transition() | Synopsis():
            found = as_lines(list(lines))
            return len(found) == 1 and one_line(found[0]) == element
    source = Source("", "\n".join(lines))
    return list(Reader(source, rows(Tree(source, (), ()))).elements()) == [element]


class _Writer:
    def __init__(self, play: Screenplay) -> None:
        self.play = play
        self.cast = Cast(play.elements)
        self.out: list[str] = []
        self.shot: Shot | None = None
        self.in_scene = False
        self.shots_in_scene = 0
        self.opens = WIDE
        self.seen: list[str] = []
        self.shots = 0
        self.joint: set[str] = set()
        self.ahead = _ahead(play.elements)

    def text(self) -> str:
        self._film()
        self._people()
        for index, element in enumerate(self.play.elements):
            self._put(index, element)
        self._end_scene()
        return "\n".join(self.out) + "\n"

    # What stands above the scenes

    def _film(self) -> None:
        page = self.play.title_page
        if not page:
            if not any(isinstance(element, SHOWN) for element in self.play.elements):
                self.out += ["FILM", ""]  # or there would be nothing in the file but comments
            return
        value = next((lines for key, lines in page if key.casefold() == "title"), ())
        title = clean(plain_title(value))
        quoted = held(title).replace('"', '""')
        self.out.append(f'FILM "{quoted}"' if title else "FILM")
        for index, (key, lines) in enumerate(page):
            if index == 0 and key == "Title" and lines == (title,):
                continue
            first = f" {carried(lines[0])}" if len(lines) == 1 else ""
            self.out.append(f"{SCENE}// {carried(key)}:{first}")
            if len(lines) > 1:
                self.out += [f"{SCENE}//     {carried(line)}" for line in lines]
        self.out.append("")

    def _people(self) -> None:
        for key, name in self.cast.names.items():
            self.out.append(f"CHARACTER {name}")
            described = self.cast.described.get(key)
            if described:
                self.out += [f"{SCENE}{line}" for line in action(described)]
            self.out.append("")

    # The elements

    def _put(self, index: int, element: Element) -> None:
        after = self.ahead[index]
        match element:
            case Heading():
                self._end_scene()
                self._write(element, "")
                self.in_scene, self.shots_in_scene = True, 0
                self.opens, self.seen = shots.asked(element.text) or WIDE, []
            case Action() | Lyric():
                self._action(element)
            case Dialogue():
                self._dialogue(element)
            case Centred():
                self._end_shot()
                self._write(element, SCENE if self.in_scene else "")
                self.out.append("")
                self._counted()
            case Transition():
                self._transition(element, after)
            case _:
                self._aside(index, element, after)

    def _write(self, element: Element, indent: str, out: list[str] | None = None) -> None:
        """An element's lines; above them what they cannot say."""
        out = self.out if out is None else out
        lines = natural(element)
        if not lines:
            out.append(indent + comment(ALONE, element))
            return
        if not reads_back(element, lines):
            if not isinstance(element, STORY):
                out.append(indent + comment(ALONE, element))
                return
            out.append(indent + comment(BELOW, element))
        if isinstance(element, Boneyard):
            if FORBIDDEN.search(lines[0]):
                out.append(indent + comment(ALONE, element))
                return
            out.append(indent + lines[0])
            out += lines[1:]
            return
        out += [indent + line for line in lines]

    def _need_scene(self) -> None:
        if not self.in_scene:
            self.out += [BELOW, OPENING]
            self.in_scene, self.shots_in_scene, self.opens = True, 0, WIDE

    def _opening(self) -> str:
        """The size of the scene's first shot, if the next one is that."""
        return "" if self.shots_in_scene else self.opens

    def _counted(self) -> None:
        self.shots += 1
        self.shots_in_scene += 1
        self.joint = set()

    def _begin(self, shot: Shot) -> Shot:
        self._end_shot()
        self._counted()
        self.shot = shot
        return shot

    def _end_shot(self) -> None:
        shot = self.shot
        if shot is None:
            return
        self.shot = None
        self.seen = shot.shown or self.seen
        self.out.append(SCENE + shot.head)
        self.out += [BODY + line if line else "" for line in shot.lines]
        self.out += [f"{BODY}hold: {shot.hold}", ""]

    def _end_scene(self) -> None:
        self._end_shot()
        if self.in_scene and not self.shots_in_scene:
            self._begin(Shot(self.opens))
            self._end_shot()
        self.in_scene = False

    def _action(self, element: Action | Lyric) -> None:
        self._need_scene()
        text = element.text
        over = isinstance(element, Action) and natural(element)[:1] == [held(text)] and text.startswith("SUPER:")
        shot = self.shot
        if over:
            if shot is None:
                shot = self._begin(Shot(self._opening() or "medium", waiting=True))
        elif isinstance(element, Lyric):
            shot = shot or self._begin(Shot("medium"))
        else:
            opening = self._opening()
            if shot is not None and shot.waiting and shot.size != "medium":
                opening = shot.size
            made = shots.of_action(text, self.cast, opening, (shot.shown if shot is not None else ()) or self.seen)
            if shot is not None and shot.waiting:
                shot.size, shot.people, shot.seen, shot.asked = made.size, made.people, made.seen, made.asked
                shot.waiting = False
            else:
                shot = self._begin(made)
        assert shot is not None
        if shot.lines and not isinstance(element, Lyric):
            shot.lines.append("")
        self._write(element, "", shot.lines)

    def _dialogue(self, element: Dialogue) -> None:
        self._need_scene()
        name = speaker(element.name).removeprefix("@")
        name = self.cast.names.get(folded(name), name)
        shot = self.shot or self._begin(Shot(self._opening() or "medium"))
        shot.waiting = False
        shots.speak(shot, element, name, self.cast)
        if shot.speaker == name:
            shot.lines.append("")  # or it would be one speech
        shot.speaker = name
        self._write(element, "", shot.lines)

    def _transition(self, element: Transition, after: type[Element] | None) -> None:
        self._end_shot()
        indent = "" if after in (Heading, None) or not self.in_scene else SCENE
        if not indent:
            self._end_scene()
        kind = _kind(natural(element)[0])
        needs_before, needs_after = kind in ("joins", "fade out"), kind in ("joins", "fade in")
        fits = not self.joint or (self.joint == {"fade out"} and kind == "fade in")
        if not fits or (needs_before and not self.shots) or (needs_after and after is None):
            self.out += [indent + comment(ALONE, element), ""]
            return
        self.joint.add(kind)
        self._write(element, indent)
        self.out.append("")

    def _aside(self, index: int, element: Element, after: type[Element] | None) -> None:
        """What is for people: within the shot if it goes on, else before what comes next."""
        if self.shot is not None and after is Dialogue:
            if isinstance(element, Boneyard) and "\n" in element.text:
                self.shot.lines.append(comment(ALONE, element))
            else:
                self._write(element, "", self.shot.lines)
            return
        self._end_shot()
        apart = isinstance(element, Section) or (isinstance(element, Synopsis) and self._under_section(index))
        if apart and after in (Heading, None):
            self._end_scene()
        indent = SCENE if self.in_scene else ""
        self._write(element, indent)
        if indent == "" or not isinstance(element, Synopsis):
            self.out.append("")

    def _under_section(self, index: int) -> bool:
        elements = self.play.elements
        while index > 0 and isinstance(elements[index - 1], Synopsis):
            index -= 1
        return index == 0 or isinstance(elements[index - 1], Section)


def _ahead(elements: Sequence[Element]) -> list[type[Element] | None]:
    """For each element, the kind of the next one of the story; transitions do not count. None: there is none."""
    out: list[type[Element] | None] = []
    after: type[Element] | None = None
    for element in reversed(elements):
        out.append(after)
        if isinstance(element, SHOWN):
            after = type(element)
    return out[::-1]


_KINDS = {
    "DISSOLVE": "joins", "MATCH DISSOLVE": "joins", "WIPE": "joins", "WHIP PAN": "joins",
    "FADE IN": "fade in", "FADE OUT": "fade out", "FADE TO BLACK": "fade out",
}  # fmt: skip
"""What a transition needs: a shot on both sides, one after it, one before it. A cut needs none."""


def _kind(line: str) -> str:
    return _KINDS.get(classify(line, 0).word, "cut")
