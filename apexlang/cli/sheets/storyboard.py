"""A storyboard as it is printed: six panels to a page, each a framed picture with action, dialogue and camera under it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime

from fpdf import FPDF
from PIL import Image

import apexlang
from apexlang.cli.sheets.panels import Panel, Sheet
from apexlang.render.titles import font_file_for

COLUMNS, ROWS = 3, 2
_MARGIN, _GAP, _HEAD = 11.0, 7.0, 13.0
_INK, _GREY, _FAINT, _RED = (20, 20, 22), (105, 108, 112), (196, 198, 200), (176, 40, 32)
_LINE = 3.55
_PIXELS_A_MM = 11.8
"""300 dots an inch: what a printer shows of a picture."""


@dataclass(frozen=True)
class Paper:
    """A sheet lying on its side, in millimetres."""

    name: str
    wide: float
    high: float


PAPERS = {"a4": Paper("a4", 297.0, 210.0), "letter": Paper("letter", 279.4, 215.9)}


def write(sheet: Sheet, target: io.BytesIO, paper: Paper) -> None:
    """The storyboard as a PDF; the same sheet gives the same bytes."""
    board = _Board(sheet, paper)
    per_page = COLUMNS * ROWS
    total = max(1, -(-len(sheet.panels) // per_page))
    for page in range(total):
        board.page(page + 1, total, sheet.panels[page * per_page : (page + 1) * per_page])
    board.pdf.output(target)


class _Board:
    def __init__(self, sheet: Sheet, paper: Paper) -> None:
        self.sheet, self.paper = sheet, paper
        self.pdf = FPDF(orientation="landscape", unit="mm", format=(paper.high, paper.wide))
        self.pdf.set_auto_page_break(False)
        self.pdf.set_margin(0)
        self.pdf.set_title(sheet.title)
        self.pdf.set_creator(f"Apex {apexlang.__version__}")
        self.pdf.set_producer("")
        # the day of printing is nobody's business, and the same film is the same file
        self.pdf.creation_date = datetime(2000, 1, 1, tzinfo=UTC)
        self._fonts: dict[str, str] = {}

    def page(self, number: int, total: int, panels: tuple[Panel, ...]) -> None:
        pdf, paper = self.pdf, self.paper
        pdf.add_page()
        self._text(_MARGIN, _MARGIN + 3.4, self.sheet.title, 13, _INK, paper.wide * 0.5)
        self._text(paper.wide - _MARGIN, _MARGIN + 3.4, f"page {number} of {total}", 8, _GREY, right=True)
        self._text(paper.wide / 2 + 30, _MARGIN + 3.4, self.sheet.facts, 7, _GREY, paper.wide / 2 - 60 - _MARGIN)
        pdf.set_draw_color(*_INK)
        pdf.set_line_width(0.35)
        pdf.line(_MARGIN, _MARGIN + 6, paper.wide - _MARGIN, _MARGIN + 6)
        wide = (paper.wide - 2 * _MARGIN - (COLUMNS - 1) * _GAP) / COLUMNS
        high = (paper.high - 2 * _MARGIN - _HEAD - _GAP) / ROWS
        for n, panel in enumerate(panels):
            x = _MARGIN + n % COLUMNS * (wide + _GAP)
            y = _MARGIN + _HEAD + n // COLUMNS * (high + _GAP)
            self._panel(panel, x, y, wide, high)

    def _panel(self, panel: Panel, x: float, y: float, wide: float, high: float) -> None:
        pdf = self.pdf
        scene = self.sheet.scenes[panel.scene] if panel.scene < len(self.sheet.scenes) else None
        heading = " ".join(part for part in (scene.number or "", scene.heading) if part) if scene else ""
        self._text(x, y + 2.2, heading, 6.6, _GREY, wide - 22)
        self._text(x + wide, y + 2.2, panel.starts, 6.6, _GREY, right=True)
        top = y + 4.2
        room = min(high * 0.60, wide * 9 / 16)
        self._picture(panel, x, top, wide, room)
        at = top + room + 4.6
        number = f"{panel.number}"
        pdf.set_fill_color(*_INK)
        pdf.rect(x, at - 3.3, 2.6 + 1.75 * len(number), 4.4, style="F")
        self._text(x + 1.2, at, number, 8, (255, 255, 255))
        self._text(x + 5.2 + 1.75 * len(number), at, panel.label, 8.4, _INK, wide - 34)
        self._text(x + wide, at, panel.length, 7, _GREY, right=True)
        lines: list[tuple[str, str]] = [("CAM", panel.details)]
        lines += [("ACT", panel.action)] if panel.action else []
        lines += [("DIAL", line) for line in panel.speech]
        lines += [("NOTE", line) for line in panel.notes]
        at += _LINE + 0.9
        for kind, text in lines:
            left = int((y + high - at) / _LINE) + 1
            if left <= 0:
                break
            for row in self._wrapped(text, 7.4, wide - 9.5, min(left, 4 if kind == "ACT" else 3)):
                if kind:
                    self._text(x, at - 0.1, kind, 5.2, _FAINT if kind == "NOTE" else _GREY)
                    kind = ""
                self._text(x + 9.5, at, row, 7.4, _INK)
                at += _LINE

    def _picture(self, panel: Panel, x: float, y: float, wide: float, room: float) -> None:
        pdf = self.pdf
        pdf.set_line_width(0.25)
        if isinstance(panel.picture, str):
            pdf.set_draw_color(*_FAINT)
            pdf.rect(x, y, wide, room)
            for n, row in enumerate(self._wrapped(panel.picture, 7, wide - 8, 4)):
                self._text(x + 4, y + room / 2 + n * _LINE, row, 7, _RED)
            return
        h, w = panel.picture.shape[:2]
        scale = min(wide / w, room / h)
        across, up = w * scale, h * scale
        picture = Image.fromarray(panel.picture)
        if across * _PIXELS_A_MM < w:
            size = (max(1, round(across * _PIXELS_A_MM)), max(1, round(up * _PIXELS_A_MM)))
            picture = picture.resize(size, Image.Resampling.LANCZOS)
        data = io.BytesIO()
        picture.save(data, "JPEG", quality=90, subsampling=0)
        left, top = x + (wide - across) / 2, y + (room - up) / 2
        pdf.image(data, left, top, across, up, alt_text=f"{panel.label}: {panel.size}")
        pdf.set_draw_color(*_INK)
        pdf.rect(left, top, across, up)

    def _font(self, text: str, size: float) -> None:
        file = font_file_for(text)
        if file not in self._fonts:
            self._fonts[file] = f"f{len(self._fonts)}"
            self.pdf.add_font(self._fonts[file], fname=file)
        self.pdf.set_font(self._fonts[file], size=size)

    def _text(self, x: float, y: float, text: str, size: float, colour: tuple[int, int, int], room: float = 1e9,
              right: bool = False) -> None:  # fmt: skip
        """A line with its foot at `y`, cut with an ellipsis at `room`; `right`: it ends at `x`."""
        shown = _clean(text)
        if not shown:
            return
        self._font(shown, size)
        if self.pdf.get_string_width(shown) > room:
            while shown and self.pdf.get_string_width(shown + "…") > room:
                shown = shown[:-1]
            shown = shown.rstrip() + "…"
        self.pdf.set_text_color(*colour)
        self.pdf.text(x - self.pdf.get_string_width(shown) if right else x, y, shown)

    def _wrapped(self, text: str, size: float, room: float, most: int) -> list[str]:
        """The text in at most so many lines, the last with an ellipsis where it goes on."""
        self._font(_clean(text), size)
        rows: list[str] = []
        row = ""
        for word in _clean(text).split():
            while self.pdf.get_string_width(word) > room:  # a word without an end
                part = word
                while self.pdf.get_string_width(part) > room:
                    part = part[: max(1, len(part) * 3 // 4)]
                rows += [row] if row else []
                row, word = "", word[len(part) :]
                rows.append(part)
                if len(rows) > most:
                    break
            tried = f"{row} {word}" if row else word
            if self.pdf.get_string_width(tried) > room:
                rows.append(row)
                row = word
            else:
                row = tried
            if len(rows) > most:
                break
        rows += [row] if row else []
        if len(rows) <= most:
            return rows
        last = rows[most - 1]
        while last and self.pdf.get_string_width(last + "…") > room:
            last = last[:-1]
        return [*rows[: most - 1], last.rstrip() + "…"]


_MOST = 800
"""Characters of a text that are looked at: more than any panel has room for."""


def _clean(text: str) -> str:
    """One line, without what no paper shows."""
    return "".join(c for c in " ".join(text[:_MOST].split()) if c.isprintable() and ord(c) < 0x1F000)
