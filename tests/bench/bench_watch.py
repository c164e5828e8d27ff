"""How soon an edit is seen in `apexc watch`: from the save, by renaming, to what a page is told, over its socket.

Twelve stills of 1920x1080 and a graded film of them; 20 saves of each kind; medians and 95th percentiles in ms.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from tests.preview.visiting import Page, Server, save, still, watching

SAVES = 20
STILLS = 12
PREVIZ = (
    "SARAH stands by the crates in the dark.", "SARAH kneels by the crates in the rain.", "SARAH runs by the crates.",
    "SARAH sits on the crates at dawn.",
)  # fmt: skip


def film() -> str:
    lines = ['FILM "Bench"', "  format: 1920x1080, 24fps", "  generate: previz", "", "CHARACTER SARAH"]
    lines += ["  A commander in her thirties.", ""]
    lines += ["GRADE base", "  primary: exposure +0.10st, contrast +10%", "  finish: vignette 20%, grain 10%", ""]
    for n in range(STILLS):
        lines += [f"GRADE g{n} from base", "  primary: temperature 5200K", ""]
    lines += ["EXT. SOMEWHERE - DAY #1#", ""]
    for n in range(STILLS):
        lines += [f"  SHOT wide #s{n}", f'    still: "s{n}.png"', f"    grade: g{n}"]
        lines += [f"    move: push in 1.0 -> 1.{10 + n}", f"    hold: {44 + (n * 7) % 16}f", ""]
    lines += ["INT. WAREHOUSE - NIGHT #2#", "", "  SHOT medium of SARAH #drawn", f"    {PREVIZ[0]}", "    hold: 2s", ""]
    return "\n".join(lines)


def edited(text: str, head: str, name: str, value: str) -> str:
    """`name: value` in the block that begins with `head`."""
    changed, count = re.subn(rf"({re.escape(head)}\n(?:  .*\n)*?\s+{name}: ).*", rf"\g<1>{value}", text, count=1)
    assert count == 1, (head, name)
    return changed


def row(what: str, times: list[float], most: float | None = None) -> None:
    ordered = sorted(times)
    late = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    limit = f"   (at most {most:.0f})" if most is not None else ""
    print(f"  {what:<44} median {median(times):6.0f}   p95 {late:6.0f} ms{limit}")


class Bench:
    def __init__(self, server: Server, path: Path) -> None:
        self.path = path
        self.text = path.read_text(encoding="utf-8")
        self.page: Page = server.page()
        self.page.until_made(600)
        self.page.quiet()

    def save(self, text: str) -> float:
        self.text = text
        return save(self.path, text)

    def look(self, id: str, k: int) -> None:
        self.page.look(self.page.shot(id)["start"] + k)
        self.page.quiet(0.35)

    def until_seen(self, began: float, kind: str) -> None:
        """Until a message of a kind has come since a moment."""
        while not any(at > began and m["t"] == kind for at, m in self.page.seen):
            self.page.next()

    def since(self, began: float, kind: str) -> float:
        at = next(at for at, m in reversed(self.page.seen) if m["t"] == kind)
        return (at - began) * 1e3


def changed_still(bench: Bench, change: Callable[[str, int, int], str]) -> None:
    noticed, read, frame, told, video = [], [], [], [], []
    for i in range(SAVES):
        n = (i * 5 + 1) % STILLS
        bench.look(f"s{n}", 7 + i % 12)
        began = bench.save(change(bench.text, n, i))
        bench.until_seen(began, "film")
        bench.until_seen(began, "poster")
        key = bench.page.shot(f"s{n}")["key"]
        if not bench.page.shot(f"s{n}")["ready"]:
            bench.page.until(lambda m, key=key: m["t"] == "seg" and m["key"] == key)
            video.append(bench.since(began, "seg"))
        else:
            video.append(bench.since(began, "film"))
        for times, kind in ((noticed, "saved"), (read, "diagnostics"), (frame, "poster"), (told, "film")):
            times.append(bench.since(began, kind))
        bench.page.quiet(0.3)
    row("save noticed", noticed)
    row("read, checked", read)
    row("true frame at the socket", frame, 100)
    row("film told", told)
    row("the shot's video can be fetched", video, 400)


def errors(bench: Bench) -> None:
    times = []
    for i in range(SAVES):
        good = bench.text
        began = bench.save(edited(good, "  SHOT wide #s3", "grade", f"g3x{i}"))
        bench.page.until("diagnostics")
        times.append(bench.since(began, "diagnostics"))
        bench.save(good)
        bench.page.quiet(0.25)
    row("error at the socket", times, 60)


def retimed(bench: Bench) -> None:
    times, sound = [], []
    for i in range(SAVES):
        bench.look("s8", 9)
        began = bench.save(edited(bench.text, "  SHOT wide #s1", "hold", f"{40 + i}f"))
        bench.page.until("film")
        times.append(bench.since(began, "film"))
        assert bench.page.shot("s8")["ready"]
        bench.page.until("sound")
        sound.append(bench.since(began, "sound"))
        bench.page.quiet(0.5)
    row("retimed: the film of what exists", times, 150)
    row("retimed: the sound anew", sound)


def inserted(bench: Bench) -> None:
    times = []
    good = bench.text
    for i in range(SAVES):
        bench.look("s8", 9)
        new = f"  SHOT wide #new{i}\n    color: #10{i + 16:02x}40\n    hold: {12 + i}f\n\n  SHOT wide #s4"
        began = bench.save(good.replace("  SHOT wide #s4", new))
        bench.page.until("film")
        times.append(bench.since(began, "film"))
        assert bench.page.shot("s8")["ready"]
        bench.page.quiet(0.4)
    bench.save(good)
    bench.page.quiet(0.5)
    row("inserted: the film of what exists", times, 150)


def drawn(bench: Bench) -> None:
    times, true = [], []
    for i in range(1, len(PREVIZ)):
        bench.look("drawn", 12)
        began = bench.save(bench.text.replace(PREVIZ[i - 1], PREVIZ[i]))
        bench.page.until("poster")
        times.append(bench.since(began, "poster"))
        bench.page.until("poster")
        true.append(bench.since(began, "poster"))
        bench.page.until("seg")
        bench.page.quiet(0.5)
    row("another word in a previz shot: draft frame", times, 1500)
    row("the draft's own picture", true)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "film.apex"
        path.write_text(film(), encoding="utf-8")
        for n in range(STILLS):
            still(path.with_name(f"s{n}.png"), (1920, 1080), n)
        began = time.perf_counter()
        with watching(path) as server:
            bench = Bench(server, path)
            print(f"from the command to all of {STILLS + 1} shots made: {time.perf_counter() - began:.1f} s")
            print("a still regraded:")
            changed_still(
                bench,
                lambda text, n, i: edited(text, f"GRADE g{n} from base", "primary", f"temperature {4000 + 40 * i}K"),
            )
            print("a still moved otherwise:")
            changed_still(
                bench, lambda text, n, i: edited(text, f"  SHOT wide #s{n}", "move", f"push in 1.0 -> 1.{31 + i}")
            )
            print("other edits:")
            errors(bench)
            retimed(bench)
            inserted(bench)
            drawn(bench)


if __name__ == "__main__":
    main()
