"""The sheet as one HTML file: nothing outside of it is asked for, no script runs, and it prints."""

from __future__ import annotations

import base64
import html
import io

from PIL import Image

from apexlang.cli.sheets.panels import Panel, Sheet

_WIDTH = 960
"""Pixels across of an embedded picture."""

_STYLE = """
:root { color-scheme: dark; --paper: #0f1114; --ink: #eeeff0; --grey: #9aa0a8; --dim: #6a7078; --amber: #e2a854; --rule: #2c3036; }
* { box-sizing: border-box; margin: 0; }
body { background: var(--paper); color: var(--ink); padding: 48px 5vw 80px;
  font: 15px/1.45 "Inter", "Helvetica Neue", Arial, sans-serif; }
header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 8px 32px; margin-bottom: 8px; }
h1 { font-size: 40px; font-weight: 500; letter-spacing: -.01em; }
header p { color: var(--grey); }
.synopsis { color: var(--grey); max-width: 70ch; }
section { border-top: 1px solid var(--rule); margin-top: 36px; padding-top: 16px; }
h2 { font-size: 14px; font-weight: 500; letter-spacing: .12em; }
h2 b { color: var(--amber); font-weight: 500; margin-right: 12px; }
.panels { display: grid; grid-template-columns: repeat(auto-fill, minmax(310px, 1fr)); gap: 30px 26px; margin-top: 16px; }
figure img { display: block; width: 100%; height: auto; background: #181a1e; }
figure .none { color: #e26c60; border: 1px solid var(--rule); padding: 40px 20px; }
figcaption { padding-top: 9px; }
.line { display: flex; gap: 10px; justify-content: space-between; }
.line span:last-child { color: var(--dim); white-space: nowrap; font-variant-numeric: tabular-nums; }
.number { color: var(--amber); margin-right: 9px; font-variant-numeric: tabular-nums; }
.camera { color: var(--grey); font-size: 13px; }
.action { margin-top: 5px; color: var(--grey); }
.speech { margin-top: 5px; }
.notes { margin-top: 5px; color: var(--dim); font-size: 13px; }
@media print {
  :root { color-scheme: light; --paper: #fff; --ink: #141416; --grey: #55585c; --dim: #85888c; --amber: #8a5a10; --rule: #c8cacc; }
  body { padding: 0; font-size: 10px; }
  figure { break-inside: avoid; }
  .panels { grid-template-columns: repeat(3, 1fr); gap: 16px; }
}
"""


def page(sheet: Sheet) -> str:
    """The whole page. Every word of the film is escaped."""
    parts = [
        '<!doctype html>\n<html lang="und">\n<head>\n<meta charset="utf-8">\n',
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">\n",
        f"<title>{_e(sheet.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n",
        f'<header><h1 dir="auto">{_e(sheet.title)}</h1><p>{_e(sheet.facts)}</p></header>\n',
        *(f'<p class="synopsis" dir="auto">{_e(line)}</p>\n' for line in sheet.synopsis),
    ]
    for number, scene in enumerate(sheet.scenes):
        own = [panel for panel in sheet.panels if panel.scene == number]
        if not own:
            continue
        count = f"<b>{_e(scene.number)}</b>" if scene.number else ""
        parts.append(f'<section>\n<h2 dir="auto">{count}{_e(scene.heading)}</h2>\n')
        parts += [f'<p class="synopsis" dir="auto">{_e(" ".join(scene.synopsis))}</p>\n'] if scene.synopsis else []
        parts += ['<div class="panels">\n', *(_figure(panel) for panel in own), "</div>\n</section>\n"]
    return "".join([*parts, "</body>\n</html>\n"])


def _figure(panel: Panel) -> str:
    lines = [
        f'<figure id="{_e(panel.label)}">{_picture(panel)}<figcaption>',
        f'<div class="line"><span><span class="number">{panel.number}</span><bdi>{_e(panel.label)}</bdi></span>',
        f"<span>{_e(panel.starts)}</span></div>",
        f'<div class="line camera"><span>{_e(panel.details)}</span><span>{_e(panel.length)}</span></div>',
    ]
    lines += [f'<p class="action" dir="auto">{_e(panel.action)}</p>'] if panel.action else []
    lines += [f'<p class="speech" dir="auto">{_e(line)}</p>' for line in panel.speech]
    lines += [f'<p class="notes" dir="auto">{_e(line)}</p>' for line in panel.notes]
    return "".join([*lines, "</figcaption></figure>\n"])


def _picture(panel: Panel) -> str:
    if isinstance(panel.picture, str):
        return f'<div class="none">{_e(panel.picture)}</div>'
    height, width = panel.picture.shape[:2]
    alt = f"{panel.label}: {panel.size}. {panel.action}"
    return f'<img src="{embedded(panel.picture)}" width="{width}" height="{height}" alt="{_e(alt)}" loading="lazy">'


def embedded(pixels: object, width: int = _WIDTH, quality: int = 85) -> str:
    """A picture as a data address, no wider than `width`."""
    picture = Image.fromarray(pixels)  # type: ignore[arg-type]
    if picture.width > width:
        picture = picture.resize(
            (width, max(1, round(width * picture.height / picture.width))), Image.Resampling.LANCZOS
        )
    data = io.BytesIO()
    picture.save(data, "JPEG", quality=quality)
    return "data:image/jpeg;base64," + base64.b64encode(data.getvalue()).decode()


def _e(text: str) -> str:
    return html.escape(text, quote=True)
