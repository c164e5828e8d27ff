"""Debian's Chromium by Playwright, and Firefox on its own. A test that needs one is skipped where there is none, unless
`APEX_BROWSER=required`."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.preview.stage.server import Stage

REQUIRED = os.environ.get("APEX_BROWSER") == "required"
FLAGS = ["--no-sandbox", "--autoplay-policy=no-user-gesture-required", "--mute-audio", "--enable-precise-memory-info"]
WIDE = {"width": 1600, "height": 960}


def missing(what: str) -> None:
    """Skips the test, or fails it where browsers are required."""
    if REQUIRED:
        pytest.fail(f"APEX_BROWSER=required, and {what}")
    pytest.skip(what)


def chromium_path() -> str | None:
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def firefox_path() -> str | None:
    return next(filter(None, map(shutil.which, ("firefox-esr", "firefox"))), None)


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser, driven by Playwright."""
    path = chromium_path()
    if path is None:
        missing("there is no Chromium on the path")
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        missing("Playwright is not installed")
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        except Error as error:
            missing(f"Chromium does not start: {str(error).splitlines()[0]}")
        page = browser.new_page()
        plays = page.evaluate("""MediaSource.isTypeSupported('video/mp4; codecs="avc1.42c028"')""")
        page.close()
        if not plays:
            missing("this Chromium plays no H.264; Debian's does")
        yield browser
        browser.close()


class Page:
    """A page of the stage that is open in Chromium. What the page's console says is in `said`."""

    def __init__(self, browser: Any, stage: Stage, size: dict[str, int] = WIDE) -> None:
        self.stage = stage
        self.page = browser.new_page(viewport=size)
        self.said: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.goto(stage.address)
        # Not `wait_for_function`: it needs `eval`, which the page's policy forbids.
        assert self.until("!!globalThis.probe && !!globalThis.apex?.film")

    def __call__(self, script: str, argument: Any = None) -> Any:
        return self.page.evaluate(script, argument)

    def until(self, script: str, seconds: float = 15) -> bool:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.page.evaluate(script):
                return True
            time.sleep(0.01)
        return False

    def settled(self) -> None:
        """Waits until the page has heard of the stage's film and placed all that is made of it around the playhead."""
        assert self.until(f"apex.film.rev === {self.stage.rev}")
        assert self("probe.settled()"), self.said

    def go(self, frame: int) -> None:
        """Seeks and waits until the page says that the frame is shown."""
        self("n => apex.player.goTo(n)", frame)
        assert self.until("!apex.player.seeking && !apex.player.wish")

    def shows(self, label: str, offset: int, layer: str | None = None, seconds: float = 8) -> bool:
        """Whether the screen comes to show this frame of this shot, as the film of the stage has it now."""
        shot = self.stage.reel.shot(label)
        want = {"offset": offset, "piece": shot.piece, "version": shot.version}
        if layer:
            want["layer"] = layer
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            got = self("probe.seen()")
            if got and want.items() <= got.items():
                return True
            time.sleep(0.01)
        print("wanted", want, "got", got)
        return False

    def seen(self) -> Any:
        return self("probe.seen()")

    @property
    def at(self) -> int:
        return int(self("apex.player.at"))

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def text(self, selector: str) -> str:
        return str(self.page.text_content(selector))

    def says(self, selector: str, text: str) -> bool:
        """Whether an element comes to say this; words are drawn with the next picture of the screen."""
        return self.until(f"document.querySelector({json.dumps(selector)}).textContent === {json.dumps(text)}")

    def close(self) -> None:
        self.page.close()


def firefox_alone(stage: Stage, run: str, seconds: float) -> Any:
    """Firefox runs the page and `stage/alone.js` by itself; what it reports."""
    path = firefox_path()
    if path is None:
        missing("there is no Firefox on the path")
    stage.run = run
    stage.reported.clear()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        settings = {
            "media.autoplay.default": 0,
            "browser.shell.checkDefaultBrowser": False,
            "browser.aboutwelcome.enabled": False,
            "datareporting.policy.dataSubmissionEnabled": False,
            "toolkit.telemetry.reportingpolicy.firstRun": False,
            "app.update.enabled": False,
            "network.captive-portal-service.enabled": False,
            "network.connectivity-service.enabled": False,
        }
        lines = [f'user_pref("{name}", {str(value).lower()});' for name, value in settings.items()]
        Path(profile, "user.js").write_text("\n".join(lines))
        command = [path, "--headless", "--no-remote", "--profile", profile, stage.address]
        process = subprocess.Popen(
            command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env={**os.environ, "HOME": profile, "MOZ_CRASHREPORTER_DISABLE": "1"},
        )
        try:
            if not stage.reported.wait(seconds):
                missing(f"Firefox reported nothing in {seconds:.0f} s") if process.poll() is not None else pytest.fail(
                    f"Firefox is at work and reported nothing in {seconds:.0f} s"
                )
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    return stage.report
