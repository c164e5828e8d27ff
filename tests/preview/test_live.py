"""A real `apexc watch`, as a page sees it over its socket: what a save changes, and what it leaves alone."""

from __future__ import annotations

import io
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import pytest

from tests.preview.visiting import Page, Server, save, still, watching

FILM = """FILM "Alive"
  format: 128x72, 24fps

GRADE warm
  primary: temperature 4800K

EXT. FIELD - DAY

  SHOT wide #a
    color: #203040
    hold: 12f

  SHOT wide #b
    still: "b.png"
    hold: 24f

  DISSOLVE 8f

  SHOT close-up #c
    still: "c.png"
    move: push in 1.0 -> 1.1
    hold: 24f
"""


@pytest.fixture
def film(tmp_path: Path) -> Path:
    for n, name in enumerate(("b.png", "c.png")):
        still(tmp_path / name, (160, 90), n)
    path = tmp_path / "film.apex"
    path.write_text(FILM, encoding="utf-8")
    return path


@pytest.fixture
def server(film: Path) -> Iterator[Server]:
    with watching(film) as running:
        yield running


@pytest.fixture
def page(server: Server) -> Page:
    opened = server.page()
    opened.until_made()
    opened.quiet()
    return opened


def keys(page: Page) -> dict[str, str]:
    return {shot["label"]: shot["key"] for shot in page.film["shots"]}


def saved(page: Page, film: Path, text: str) -> dict[str, Any]:
    """The film that the pages are told of after a save."""
    began = time.perf_counter()
    save(film, text)
    while not any(at > began and message["t"] == "film" for at, message in page.seen):
        page.next()
    return page.film


def test_the_whole_film_is_told_and_every_piece_is_whole(server: Server, page: Page) -> None:
    told = page.film
    assert told["fps"] == [24, 1] and told["size"] == "64x36" and told["frames"] == 60 and not told["drop"]
    assert [s["label"] for s in told["shots"]] == ["a", "b", "#b to #c", "c"]
    assert [(s["start"], s["frames"]) for s in told["shots"]] == [(0, 12), (12, 20), (32, 8), (40, 20)]
    for shot in told["shots"]:
        status, data, headers = server.get(f"/seg/{shot['key']}.mp4")
        assert status == 200 and "immutable" in headers["cache-control"]
        with av.open(io.BytesIO(data)) as container:
            video = container.streams.video[0]
            assert (video.codec_context.width, video.codec_context.height) == (64, 36)
            times = [frame.pts * frame.time_base for frame in container.decode(video)]
        assert len(times) == shot["frames"] and times[0] == 0  # it begins at its own zero
        status, jpeg, _ = server.get(f"/frame/{shot['key']}/0.jpg")
        assert status == 200 and jpeg.startswith(b"\xff\xd8")
    for key in told["chunks"]:
        status, data, _ = server.get(f"/audio/{key}.mp4")
        assert status == 200 and b"fLaC" in data


def test_a_regraded_shot_changes_its_pieces_only_and_its_frame_comes_first(page: Page, film: Path) -> None:
    before = keys(page)
    page.look(page.film["shots"][1]["start"] + 3)
    page.quiet()
    began = time.perf_counter()
    saved(page, film, FILM.replace('"b.png"\n', '"b.png"\n    grade: warm\n'))
    page.until_made()
    after = keys(page)
    assert {label for label in after if after[label] != before.get(label)} == {
        "b",
        next(k for k in after if " to " in k),
    }
    kinds = [(m["t"], m.get("key")) for at, m in page.seen if at > began]
    poster = next(i for i, (kind, key) in enumerate(kinds) if kind == "poster" and key == after["b"])
    made = next(i for i, (kind, key) in enumerate(kinds) if kind == "seg" and key == after["b"])
    assert poster < made


def test_the_film_before_a_save_can_still_be_asked_for(server: Server, page: Page, film: Path) -> None:
    """A page asks for a piece just as a save replaces it; and the key B looks back."""
    old = keys(page)["b"]
    saved(page, film, FILM.replace('"b.png"\n', '"b.png"\n    grade: warm\n'))
    assert old not in keys(page).values()
    assert [server.get(path)[0] for path in (f"/seg/{old}.mp4", f"/frame/{old}/0.jpg")] == [200, 200]
    saved(page, film, FILM.replace('"b.png"', '"c.png"'))
    assert [server.get(path)[0] for path in (f"/seg/{old}.mp4", f"/frame/{old}/0.jpg")] == [404, 404]


def test_a_retime_keeps_what_exists(page: Page, film: Path) -> None:
    told = saved(page, film, FILM.replace("hold: 12f", "hold: 18f"))
    ready = {shot["label"]: shot["ready"] for shot in told["shots"]}
    assert ready["b"] and ready["c"]
    assert told["shots"][1]["start"] == 18


def test_an_error_keeps_the_last_good_film(server: Server, page: Page, film: Path) -> None:
    before = keys(page)
    save(film, FILM.replace("hold: 12f", "hodl: 12f"))
    said = page.until("diagnostics")
    assert said["kept"] and said["items"][0]["code"] == "E0109"
    assert "did you mean `hold`?" in said["items"][0]["text"]
    assert keys(page) == before and server.get(f"/seg/{before['a']}.mp4")[0] == 200
    server.until_said("E0109")
    save(film, FILM)
    page.until(lambda m: m["t"] == "diagnostics" and m["items"] == [])


def test_a_picture_that_was_replaced_is_seen(page: Page, film: Path) -> None:
    before = keys(page)
    still(film.with_name("new.png"), (160, 90), 9)
    film.with_name("new.png").replace(film.with_name("c.png"))
    page.until(lambda m: m["t"] == "film" and next(s for s in m["shots"] if s["label"] == "c")["key"] != before["c"])
    page.until_made()
    assert keys(page)["a"] == before["a"] and keys(page)["b"] == before["b"]


def test_a_film_that_is_away_for_a_moment_is_waited_for(page: Page, film: Path, server: Server) -> None:
    film.unlink()
    time.sleep(0.3)
    assert server.process.poll() is None
    told = saved(page, film, FILM.replace("hold: 12f", "hold: 14f"))
    assert told["shots"][0]["frames"] == 14


def test_two_pages_and_one_that_comes_later(server: Server, page: Page, film: Path) -> None:
    other = server.page()
    other.until("film")
    assert keys(other) == keys(page)
    page.close()
    told = saved(other, film, FILM.replace("hold: 12f", "hold: 13f"))
    assert told["shots"][0]["frames"] == 13
    late = server.page()
    late.until_made()
    assert keys(late) == keys(other)


def test_a_file_that_is_used_is_watched_too(page: Page, film: Path) -> None:
    library = film.with_name("ours.apex")
    library.write_text("GRADE night\n  primary: exposure -0.5st\n", encoding="utf-8")
    saved(page, film, 'USE "ours.apex"\n\n' + FILM.replace("hold: 12f", "grade: night\n    hold: 12f"))
    page.until_made()
    before = keys(page)
    began = time.perf_counter()
    save(library, "GRADE night\n  primary: exposure -1.0st\n")
    while not any(at > began and message["t"] == "film" for at, message in page.seen):
        page.next()
    assert keys(page)["a"] != before["a"] and keys(page)["c"] == before["c"]


def test_words_of_the_films_own_are_watched_too(page: Page, film: Path) -> None:
    staged = FILM.replace('still: "b.png"', "A gallimaufry stands by the road.")
    saved(page, film, staged)
    page.until_made()
    before = keys(page)
    began = time.perf_counter()
    save(film.with_name("stage.toml"), '[props]\nbarrel = "gallimaufry"\n')
    while not any(at > began and message["t"] == "film" for at, message in page.seen):
        page.next()
    assert keys(page)["b"] != before["b"] and keys(page)["c"] == before["c"]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_and_leaves_nothing(film: Path, how: signal.Signals) -> None:
    with watching(film) as running:
        page = running.page()
        page.until("film")
        assert running.stop(how) == (130 if how == signal.SIGINT else 143)
    runs = film.parent / ".apex" / "tmp"
    assert [p for p in runs.rglob("*") if p.is_file() and p.suffix not in (".lock", ".claim")] == []


def test_a_port_that_is_taken_is_said(server: Server, film: Path) -> None:
    second = Server(film, "--port", str(server.port))
    assert second.stop() == 1
    assert f"port {server.port} cannot be listened on" in second.log
