"""How soon an edit is on the screen, and whether what is on the screen is right: the page of `apexc watch` in Chromium and Firefox.

From the save, by renaming, to the picture drawn by the browser, on a real `apexc watch` with twelve graded stills; 20 saves of each
kind, medians and 95th percentiles in ms. Then, on a stage whose frames tell their number: 200 random seeks at each of four rates in
both browsers, joins of the sound, 600 pieces replaced, and a film of 1,000 shots. APEX_BROWSER=required fails where one is missing.
"""

from __future__ import annotations

import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from tests.bench.bench_watch import SAVES, STILLS, edited, film, row
from tests.preview.stage.browsers import WIDE, Page, chromium, firefox_alone
from tests.preview.stage.reel import RATES, long, ten
from tests.preview.stage.server import Stage
from tests.preview.test_page_firefox import prepared
from tests.preview.visiting import save, still, watching

SEEKS, REPLACED = 200, 600
NUMBERS = {shot.label: shot.piece for shot in ten().shots}

CLICKS = """async () => {
  const { player } = apex, sound = new AudioContext({ sampleRate: 48000 });
  const from = sound.createMediaElementSource(player.video), reads = sound.createScriptProcessor(4096, 2, 2);
  const all = [];
  reads.onaudioprocess = (event) => all.push(event.inputBuffer.getChannelData(0).slice());
  from.connect(reads); reads.connect(sound.destination);
  player.goTo(0); await probe.until(() => !player.seeking); player.play(1);
  await probe.until(() => player.at > 225, 20000); player.play(0);
  const clicks = []; let at = 0;
  for (const part of all) for (const value of part) {
    if (Math.abs(value) > 0.55 && (!clicks.length || at - clicks.at(-1) > 2000)) clicks.push(at);
    at += 1;
  }
  return clicks.slice(1).map((click, n) => click - clicks[n]);
}"""


class Seen:
    """The page on a real server. The page's own log says what was on the screen when."""

    def __init__(self, browser: Any, address: str, path: Path) -> None:
        self.path = path
        self.text = path.read_text(encoding="utf-8")
        self.page = browser.new_page(viewport=WIDE)
        self.page.goto(address)
        self.until("globalThis.apex?.film?.mix && apex.film.pieces.every((piece) => piece.ready)", 600)

    def until(self, script: str, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while not self.page.evaluate(script):
            assert time.monotonic() < end, script
            time.sleep(0.02)

    def look(self, label: str, offset: int) -> None:
        self.page.evaluate(
            "([id, k]) => { const f = apex.film; apex.player.goTo(f.pieces[f.byId.get(id)].start + k) }",
            [label, offset],
        )
        self.until("!apex.player.seeking && !apex.player.wish && !apex.player.still.on")
        time.sleep(0.35)

    def save(self, text: str) -> float:
        """When, in ms since 1970."""
        self.text = text
        began = time.time() * 1000
        save(self.path, text)
        return began

    def after(self, began: float, what: str) -> float:
        """Milliseconds from a save to the first entry of a kind in the log."""
        script = f"apex.log.find((entry) => entry.what === '{what}' && entry.at > {began})"
        self.until(f"!!{script}")
        return float(self.page.evaluate(f"{script}.at")) - began


def saves(seen: Seen, name: str, change: Any) -> None:
    frames, videos = [], []
    for i in range(SAVES):
        n = (i * 5 + 1) % STILLS
        seen.look(f"s{n}", 7 + i % 12)
        began = seen.save(change(seen.text, n, i))
        videos.append(seen.after(began, "video"))
        frames.append(min(seen.after(began, "frame"), videos[-1]))
        time.sleep(0.2)
    row(f"{name}: true frame on the screen", frames, 100)
    row(f"{name}: the shot's video on the screen", videos, 400)


def real(browser: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "film.apex"
        path.write_text(film(), encoding="utf-8")
        for n in range(STILLS):
            still(path.with_name(f"s{n}.png"), (1920, 1080), n)
        with watching(path) as server:
            seen = Seen(browser, server.address, path)
            saves(
                seen,
                "regraded",
                lambda text, n, i: edited(text, f"GRADE g{n} from base", "primary", f"temperature {4000 + 40 * i}K"),
            )
            saves(
                seen,
                "moved otherwise",
                lambda text, n, i: edited(text, f"  SHOT wide #s{n}", "move", f"push in 1.0 -> 1.{31 + i}"),
            )
            errors, retimes = [], []
            for i in range(SAVES):
                good = seen.text
                errors.append(seen.after(seen.save(edited(good, "  SHOT wide #s3", "grade", f"g3x{i}")), "errors"))
                seen.save(good)
                time.sleep(0.3)
            row("error over the picture", errors, 60)
            for i in range(SAVES):
                seen.look("s8", 9)
                began = seen.save(edited(seen.text, "  SHOT wide #s1", "hold", f"{40 + i}f"))
                retimes.append(seen.after(began, "video"))
                time.sleep(0.4)
            row("retimed before it: the same frame again", retimes, 150)
            seen.page.close()


def staged(browser: Any) -> None:
    stage = Stage(ten())
    page = Page(browser, stage)
    print(f"{SEEKS} random seeks in Chromium:")
    for rate in RATES:
        stage.show(ten(rate))
        page.settled()
        tell(rate, page("([count, numbers]) => probe.seeks(count, 7, numbers)", [SEEKS, NUMBERS]))
    stage.show(ten())
    page.settled()
    spaces = page(CLICKS)
    print(f"clicks every 24,000 samples over joins of the sound: {spaces.count(24000)} of {len(spaces)}")
    page.close()
    stage.close()

    stage = Stage(ten())
    page = Page(browser, stage)
    page.settled()
    page.go(100)
    heap, times = [], []
    for n in range(REPLACED):
        stage.show(stage.reel.having("c", version=n % 250 + 1), saved=False)
        times.append(page.shows("c", 15, "video"))
        if n % 100 == 99:
            heap.append(page("performance.memory.usedJSHeapSize / 1e6"))
    print(
        f"{REPLACED} pieces replaced under the playhead: {times.count(True)} seen; heap MB {[round(x, 1) for x in heap]}"
    )
    page.close()
    stage.close()

    stage = Stage(replace(long(), mix=None))
    began = time.perf_counter()
    page = Page(browser, stage)
    page.shows("s0000", 0)
    print(
        f"1,000 shots: open to the first frame {time.perf_counter() - began:.2f} s, with the opening of a browser's tab"
    )
    drawn = page(
        """async () => { const { pane } = apex, times = [];
        for (let n = 0; n < 120; n += 1) { pane.zoom(n % 40 < 20 ? 1.25 : 0.8); pane.view.pan(25); pane.redraw();
          const from = performance.now(); pane.draw(); times.push(performance.now() - from);
          await new Promise((done) => requestAnimationFrame(done)) }
        return times.sort((a, b) => a - b) }"""
    )
    print(f"  zooming and panning, ms of work a picture: median {median(drawn):.1f}, p95 {drawn[113]:.1f}")
    print(f"  elements in the document: {page('document.querySelectorAll(`*`).length')}")
    page.close()
    stage.close()


def alone() -> None:
    stage = Stage(ten())
    prepared(stage)
    report = firefox_alone(stage, str(SEEKS), 400)
    stage.close()
    print(f"{SEEKS} random seeks in Firefox:")
    for rate, found in report.get("seeks", {}).items():
        tell(rate, found)


def tell(rate: str, found: dict[str, Any]) -> None:
    times = f"median {found['median']:5.0f}   p95 {found['p95']:5.0f} ms"
    print(f"  at {rate:<8} wrong frames {found['wrong']:3}   {times}")


def main() -> None:
    for part in (real, staged):
        try:
            with chromium() as browser:
                part(browser)
        except pytest.skip.Exception as why:
            print(f"  left out: {why}")
    try:
        alone()
    except pytest.skip.Exception as why:
        print(f"  left out: {why}")


if __name__ == "__main__":
    main()
