"""The page: sections of pictures, each over the lines that made it. It works without its script; with it, arrows turn the leaves."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

from apexlang.cli.gallery.entries import Entry
from apexlang.cli.sheets.web import embedded
from apexlang.version import __version__

_STYLE = """
:root { color-scheme: dark light; --paper: #0f1114; --ink: #eeeff0; --grey: #9aa0a8; --rule: #2c3036; --amber: #e2a854;
  --card: #16181c; }
@media (prefers-color-scheme: light) {
  :root { --paper: #f6f5f2; --ink: #17181a; --grey: #5d6167; --rule: #d8d6d0; --amber: #9a6410; --card: #ffffff; }
}
* { box-sizing: border-box; margin: 0; }
html { scroll-behavior: smooth; }
body { background: var(--paper); color: var(--ink); font: 15px/1.45 "Inter", "Helvetica Neue", Arial, sans-serif; }
header { position: sticky; top: 0; z-index: 2; background: var(--paper); border-bottom: 1px solid var(--rule);
  padding: 14px 4vw 10px; }
h1 { font-size: 19px; font-weight: 500; display: inline-block; margin-right: 20px; }
input { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--rule); border-radius: 4px;
  padding: 4px 10px; width: 16em; }
nav { display: flex; flex-wrap: wrap; gap: 2px 16px; margin-top: 8px; font-size: 13px; }
nav a { color: var(--grey); text-decoration: none; }
nav a:hover, nav a:focus { color: var(--amber); }
main { padding: 0 4vw 80px; }
h2 { font-size: 22px; font-weight: 500; padding: 40px 0 14px; scroll-margin-top: 90px; }
h2 small { color: var(--grey); font-size: 13px; margin-left: 10px; }
.leaves { display: grid; grid-template-columns: repeat(auto-fill, minmax(260px, 1fr)); gap: 20px; }
figure { background: var(--card); border: 1px solid var(--rule); border-radius: 5px; overflow: hidden; scroll-margin-top: 110px; }
figure:focus { outline: 2px solid var(--amber); outline-offset: 2px; }
figure img { display: block; width: 100%; height: auto; }
figure .none { padding: 40px 16px; color: #d8665a; }
figcaption { padding: 9px 12px 11px; }
figcaption strong { font-weight: 500; }
pre { margin-top: 6px; font: 11.5px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; color: var(--grey);
  white-space: pre-wrap; user-select: all; }
[hidden] { display: none !important; }
@media print { header { position: static; } figure { break-inside: avoid; } }
"""

_SCRIPT = """
const leaves = [...document.querySelectorAll('figure')];
const filter = document.querySelector('input');
const shown = () => leaves.filter(leaf => !leaf.hidden);
filter.addEventListener('input', () => {
  const wanted = filter.value.trim().toLowerCase();
  for (const leaf of leaves) leaf.hidden = !leaf.textContent.toLowerCase().includes(wanted);
  for (const section of document.querySelectorAll('section')) section.hidden = !section.querySelector('figure:not([hidden])');
});
document.addEventListener('keydown', event => {
  if (event.key === '/' && document.activeElement !== filter) { event.preventDefault(); filter.focus(); return; }
  if (event.key === 'Escape') { filter.value = ''; filter.dispatchEvent(new Event('input')); filter.blur(); return; }
  if (document.activeElement === filter) return;
  const step = { ArrowRight: 1, ArrowLeft: -1, j: 1, k: -1 }[event.key];
  const here = shown(), at = here.indexOf(document.activeElement);
  let next = null;
  if (step) next = here[Math.min(here.length - 1, Math.max(0, at + step))];
  else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && at >= 0) {
    const down = event.key === 'ArrowDown', box = here[at].getBoundingClientRect();
    const rest = down ? here.slice(at + 1) : here.slice(0, at).reverse();
    next = rest.find(leaf => { const other = leaf.getBoundingClientRect();
      return Math.abs(other.left - box.left) < 8 && other.top !== box.top; });
  }
  if (next) { event.preventDefault(); next.focus(); }
});
"""


@dataclass(frozen=True)
class Leaf:
    """`picture`: (h, w, 3) RGB, or why there is none."""

    entry: Entry
    picture: object


def page(sections: Sequence[tuple[str, Sequence[Leaf]]]) -> str:
    """The whole page, with everything in it."""
    count = sum(len(leaves) for _, leaves in sections)
    links = "".join(f'<a href="#{_anchor(name)}">{_e(name)}</a>' for name, _ in sections)
    parts = [
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
        '<meta http-equiv="Content-Security-Policy" ',
        "content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n",
        f"<title>The stage of Apex {__version__}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<header>\n",
        "<h1>What the stage understands</h1>",
        f'<input type="search" placeholder="{count} pictures: filter with /" aria-label="Filter">\n',
        f"<nav>{links}</nav>\n</header>\n<main>\n",
    ]
    for name, leaves in sections:
        parts.append(
            f'<section>\n<h2 id="{_anchor(name)}">{_e(name)}<small>{len(leaves)}</small></h2>\n<div class="leaves">\n'
        )
        parts += [_figure(leaf) for leaf in leaves]
        parts.append("</div>\n</section>\n")
    return "".join([*parts, f"</main>\n<script>{_SCRIPT}</script>\n</body>\n</html>\n"])


def _figure(leaf: Leaf) -> str:
    if isinstance(leaf.picture, str):
        picture = f'<div class="none">{_e(leaf.picture)}</div>'
    else:
        height, width = leaf.picture.shape[:2]  # type: ignore[attr-defined]
        source = embedded(leaf.picture, 640, 82)
        alt = f"{leaf.entry.section}: {leaf.entry.title}"
        picture = f'<img src="{source}" width="{width}" height="{height}" alt="{_e(alt)}" loading="lazy">'
    text = "\n".join(line[2:] if line.startswith("  ") else line for line in leaf.entry.lines)
    return (
        f'<figure id="{leaf.entry.label}" tabindex="0">{picture}<figcaption><strong>{_e(leaf.entry.title)}</strong>'
        f"<pre>{_e(text)}</pre></figcaption></figure>\n"
    )


def _anchor(name: str) -> str:
    return "section-" + name.replace(" ", "-")


def _e(text: str) -> str:
    return html.escape(text, quote=True)
