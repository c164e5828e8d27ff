"""Who may talk to the preview: every door, tried from outside with plain sockets, and by a stranger's page in a real browser."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import quote

import pytest
from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

from tests.preview.stage.browsers import chromium
from tests.preview.visiting import Page, Server, watching

FILM = 'FILM "Doors"\n  format: 64x36, 24fps\n\nINT. ROOM - DAY\n\n  SHOT wide #a\n    color: #203040\n    hold: 12f\n'
NOTHING = "0" * 64


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("doors")
    (folder / "film.apex").write_text(FILM, encoding="utf-8")
    (folder / "secret.txt").write_text("not for pages", encoding="utf-8")
    with watching(folder / "film.apex") as running:
        page = running.page()
        page.until_made()
        page.close()
        yield running


def test_the_address_gives_a_cookie_that_scripts_cannot_read_and_other_sites_do_not_send(server: Server) -> None:
    status, _, headers = server.get(f"/?token={server.token}", cookie=False)
    assert (status, headers["location"]) == (303, "/")
    cookie = headers["set-cookie"]
    assert cookie.startswith(server.cookie)
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie
    assert len(server.token) >= 32  # 192 bits


def test_the_page_is_served_under_a_strict_policy(server: Server) -> None:
    status, body, headers = server.get("/")
    assert status == 200 and b"<script" in body
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'nonce-")
    for rule in (
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
    ):
        assert rule in policy
    nonce = policy.split("'nonce-")[1].split("'")[0]
    assert nonce.encode() in body
    assert nonce not in server.get("/")[2]["content-security-policy"]  # another each time
    assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-resource-policy"] == headers["cross-origin-opener-policy"] == "same-origin"
    assert "access-control-allow-origin" not in headers and "server" not in headers


REFUSED = {
    "no cookie": ({}, "/", "GET", False),
    "a wrong token": ({}, "/?token=x", "GET", False),
    "a wrong cookie": ({"cookie": "apex-1=x"}, "/", "GET", False),
    "a name that means this machine": ({"host": "evil.example:{port}"}, "/", "GET", True),
    "a name that begins as ours": ({"host": "localhost.evil.example:{port}"}, "/", "GET", True),
    "a host without the port": ({"host": "127.0.0.1"}, "/", "GET", True),
    "another port": ({"host": "127.0.0.1:1"}, "/", "GET", True),
    "every address": ({"host": "0.0.0.0:{port}"}, "/", "GET", True),
    "another origin": ({"origin": "https://evil.example"}, "/wave", "GET", True),
    "an origin of nowhere": ({"origin": "null"}, "/wave", "GET", True),
    "another port's page": ({"sec-fetch-site": "same-site"}, "/wave", "GET", True),
    "another site's picture": ({"sec-fetch-site": "cross-site", "sec-fetch-dest": "image"}, "/icon.svg", "GET", True),
    "POST": ({}, "/", "POST", True),
    "PUT": ({}, "/", "PUT", True),
    "OPTIONS": ({"origin": "https://evil.example"}, "/", "OPTIONS", True),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_refused(server: Server, what: str) -> None:
    headers, path, method, cookie = REFUSED[what]
    sent = {name: value.format(port=server.port) for name, value in headers.items()}
    status, body, answer = server.get(path, method, sent, cookie)
    assert status == 403
    assert b"Doors" not in body and "access-control-allow-origin" not in answer


@pytest.mark.parametrize(
    "path",
    [
        "/seg/../../etc/passwd.mp4",
        "/seg/%2e%2e%2f%2e%2e%2fsecret.txt.mp4",
        "/page/../film.apex",
        "/page/%2e%2e%2fguard.py",
        "/page/guard.py",
        "/film.apex",
        "/secret.txt",
        "/.apex/",
        f"/seg/{NOTHING}.mp4",
        f"/audio/{NOTHING}.mp4",
        f"/frame/{NOTHING}/0.jpg",
    ],
)
def test_nothing_but_the_open_films_own_pieces(server: Server, path: str) -> None:
    assert server.get(path)[0] == 404


@pytest.mark.parametrize("number", ["12", "-1", "9" * 30, "1e3", "٣", "0x1"])
def test_frames_that_are_not_there(server: Server, number: str) -> None:
    page = server.page()
    page.until("film")
    key = page.film["shots"][0]["key"]
    page.close()
    assert server.get(f"/frame/{key}/11.jpg")[0] == 200
    assert server.get(f"/frame/{key}/{quote(number)}.jpg")[0] == 404


@pytest.mark.parametrize(
    ("origin", "cookie"),
    [(None, True), ("http://127.0.0.1:1", True), ("https://evil.example", True), ("null", True), ("own", False)],
)
def test_sockets_that_are_refused(server: Server, origin: str | None, cookie: bool) -> None:
    """Browsers let any page open a socket to anywhere, but always say from where."""
    own = f"http://127.0.0.1:{server.port}"
    with (
        pytest.raises((WebSocketException, OSError)),
        connect(
            f"ws://127.0.0.1:{server.port}/live",
            origin=own if origin == "own" else origin,  # type: ignore[arg-type]
            additional_headers={"cookie": server.cookie} if cookie else {},
            proxy=None,
        ) as opened,
    ):
        opened.recv(5)


@pytest.mark.parametrize(
    "said", ["not json", "[1]", '{"at": "x"}', '{"at": -5}', '{"at": 1e300}', '{"do": "stop"}', "{" * 50, "9" * 3000]
)
def test_what_a_page_may_not_say_does_no_harm(server: Server, said: str) -> None:
    page = Page(server)
    page.until("film")
    page.send(said)
    page.close()
    assert server.get("/")[0] == 200 and server.process.poll() is None


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="the system's table of sockets is Linux's")
def test_it_listens_on_this_machine_only(server: Server) -> None:
    listening = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for row in Path(table).read_text("ascii").splitlines()[1:]:
            _, local, _, state = row.split()[:4]
            address, port = local.split(":")
            if state == "0A" and int(port, 16) == server.port:
                listening.add(address)
    assert listening and listening <= {"0100007F", "00000000000000000000000001000000"}


HOSTILE = """<!doctype html><script>
const got = [];
const note = (what) => got.push(what);
const own = "http://127.0.0.1:PORT";
const tries = [
  fetch(own + "/", {credentials: "include"}).then((a) => a.text()).then((t) => note("fetch " + t), () => {}),
  fetch(own + "/wave", {credentials: "include", mode: "no-cors"}).then((a) => a.text()).then((t) => t && note(t), () => {}),
  new Promise((done) => { const i = new Image(); i.onload = () => { note("image"); done(); }; i.onerror = done;
    i.src = own + "/icon.svg"; }),
  new Promise((done) => { const s = document.createElement("script"); s.onload = () => { note("script"); done(); }; s.onerror = done;
    s.src = own + "/page/main.js"; document.head.append(s); }),
  new Promise((done) => { const w = new WebSocket("ws://127.0.0.1:PORT/live"); w.onmessage = (m) => note("socket " + m.data);
    w.onclose = done; w.onerror = done; }),
];
Promise.all(tries).then(() => { window.done = got; });
</script>"""


def test_a_strangers_page_on_another_port_gets_nothing(server: Server) -> None:
    """In the very browser that has the preview open, with its cookie."""

    class Stranger(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = HOSTILE.replace("PORT", str(server.port)).encode()
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *ignored: object) -> None:
            pass

    other = HTTPServer(("127.0.0.1", 0), Stranger)
    threading.Thread(target=other.serve_forever, daemon=True).start()
    try:
        with chromium() as browser:
            context = browser.new_context()
            ours = context.new_page()
            ours.goto(server.address)
            assert ours.title()
            theirs = context.new_page()
            theirs.goto(f"http://127.0.0.1:{other.server_port}/")
            theirs.wait_for_function("window.done !== undefined", timeout=15_000)
            assert theirs.evaluate("window.done") == []
    finally:
        other.shutdown()


def test_the_text_of_a_film_is_never_markup(tmp_path: Path) -> None:
    name = "</script><script>document.title='taken'</script><img src=x onerror=document.title='taken'>"
    film = FILM.replace("Doors", name).replace("ROOM", name).replace("#a\n", f"#a\n    {name}\n")
    (tmp_path / "film.apex").write_text(film, encoding="utf-8")
    with watching(tmp_path / "film.apex") as running, chromium() as browser:
        assert name.encode() not in running.get("/")[1]
        page = browser.new_page()
        page.goto(running.address)
        page.wait_for_selector("text=onerror", timeout=15_000)
        assert page.title() != "taken"
