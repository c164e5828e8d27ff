"""What a picture of the embedded stage costs: CPU seconds over the twelve scenes of `docs/looks.md`, at three sizes; memory at 4K; and
what the first picture after an installation costs more.

Each picture is made with sets and figures unmade, as the first of its kind in a film; `again` is one more of the same scene, as a
film's second shot of it is.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from apexlang.compiler import compile  # noqa: E402
from apexlang.picture.model import Picture  # noqa: E402
from apexlang.picture.previz.generator import Previz  # noqa: E402
from apexlang.plan.model import Generated, PictureRequest  # noqa: E402

SIZES = ((1920, 1080, "full", 5.0), (960, 540, "full", 1.5), (480, 270, "draft", 0.25))


def requests() -> dict[str, PictureRequest]:
    """The twelve scenes, as the page has them."""
    spec = importlib.util.spec_from_file_location("make_pictures", ROOT / "docs" / "make_pictures.py")
    assert spec is not None and spec.loader is not None
    pages = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(pages)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "film.apex"
        path.write_text(pages.pictures(ROOT / "docs" / "looks.md")[0].film, "utf-8")
        shots = compile(path).plan().shots
        return {s.label: s.picture.request for s in shots if isinstance(s.picture, Generated)}


def cost(stage: Previz, request: PictureRequest) -> float:
    began = time.process_time()
    made = stage.make(request)
    assert isinstance(made, Picture)
    return time.process_time() - began


def sizes() -> None:
    asked = requests()
    warm = Previz(threads=1)
    for request in asked.values():
        warm.make(request.model_copy(update={"width": 96, "height": 54}))
    for width, height, quality, wished in SIZES:
        first, again = [], []
        print(f"\n{width} x {height}, {quality}: CPU seconds a picture")
        for label, request in asked.items():
            request = request.model_copy(update={"width": width, "height": height, "quality": quality})
            stage = Previz()
            _forget()
            first.append(cost(stage, request))
            again.append(cost(stage, request.model_copy(update={"aperture": request.aperture * 1.01})))
            print(f"  {label:12} {first[-1]:6.2f}   again {again[-1]:6.2f}", flush=True)
        print(f"  median       {median(first):6.2f}   again {median(again):6.2f}   (wished: {wished:g})", flush=True)


def _forget() -> None:
    """Heads and bodies are made again, as in a new process."""
    from apexlang.picture.previz.puppet import build

    module = sys.modules[build.__module__]
    for name in ("_face", "_worn_on_head", "_below"):
        getattr(module, name).cache_clear()


def memory() -> None:
    request = requests()["ots"].model_copy(update={"width": 3840, "height": 2160})
    before = time.process_time()
    Previz().make(request)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"3840 x 2160: {time.process_time() - before:.1f} CPU s, peak {peak:.0f} MB of the process (wished: 1500)")


def first_use() -> None:
    code = (
        "from apexlang.picture.previz.generator import Previz\n"
        "from apexlang.plan.model import PictureRequest, Subject\n"
        "import time; t = time.process_time()\n"
        "r = PictureRequest(width=96, height=54, place='STREET', prose='Rain.', time='NIGHT', subjects=(Subject(name='A'),))\n"
        "Previz().make(r)\n"
        "print(time.process_time() - t)"
    )
    with tempfile.TemporaryDirectory() as folder:
        environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        environment |= {"NUMBA_CACHE_DIR": folder, "PYTHONPATH": str(ROOT)}
        for name in ("first", "after it"):
            done = subprocess.run(
                [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
            )
            print(f"the {name} picture of an installation: {float(done.stdout):.1f} CPU s")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", choices=("sizes", "memory", "first"))
    chosen = parser.parse_args().only
    if chosen in (None, "sizes"):
        sizes()
    if chosen == "memory":
        memory()
    elif chosen is None:
        subprocess.run([sys.executable, __file__, "--only", "memory"], check=True)
    if chosen in (None, "first"):
        first_use()
