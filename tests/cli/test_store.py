"""`apexc store` and `apexc why`, as a person meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from apexlang.cli.commands.store import in_bytes, written

from .conftest import KERNELS, TINY


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("10GB", 10**10), ("500 MB", 5 * 10**8), ("1.5TiB", 3 * 2**39), ("1,000 kB", 10**6), ("0", 0), ("7", 7), ("2g", 2 * 10**9),
        ("", None), ("lots", None), ("-1GB", None), ("10 GX", None), ("1e9", None), ("GB", None),
    ],
)  # fmt: skip
def test_sizes_as_people_write_them(text: str, number: int | None) -> None:
    assert in_bytes(text) == number


def test_sizes_as_they_are_said() -> None:
    assert [written(n) for n in (0, 999, 1000, 99_949, 1_234_567, 999_600, 5 * 10**13)] == [
        "0 B", "999 B", "1.0 kB", "99.9 kB", "1.2 MB", "1.0 MB", "50.0 TB",
    ]  # fmt: skip


def test_a_day_with_the_store(apexc, tiny: Path, tmp_path: Path) -> None:
    nothing = apexc("store", "size")
    assert nothing.returncode == 1 and "there is no store at .apex" in nothing.stderr

    assert apexc("render", "tiny.apex", **KERNELS).returncode == 0
    told = apexc("why", "tiny.apex")
    assert told.returncode == 0 and "Nothing to make: out/tiny.mp4 is there." in told.stdout
    tiny.write_text(TINY.replace("#203080", "#208030"), encoding="utf-8")
    told = apexc("why", "tiny.apex", "blue")
    assert "make  segment #blue: picture color #203080 -> color #208030 at tiny.apex:14" in told.stdout
    assert "To make: 2 segments" in told.stdout and told.returncode == 0
    made = apexc("render", "tiny.apex", **KERNELS)
    assert "  why:\n    segment #" in made.stdout and "at tiny.apex:14" in made.stdout
    wrong = apexc("why", "tiny.apex", "bleu")
    assert wrong.returncode == 1 and "did you mean `blue`?" in wrong.stderr

    size = json.loads(apexc("store", "size", "--json").stdout)
    assert size["kinds"]["segments"]["count"] == 5 and size["left"] == 0
    assert "5 segments" in apexc("store", "size", "tiny.apex").stdout

    found = next(j for j in json.loads(apexc("why", "tiny.apex", "--json").stdout)["jobs"] if j["kind"] == "segment")
    from_ = apexc("store", "why", found["key"][:12])
    assert from_.returncode == 0 and f"segment {found['label']}" in from_.stdout and "source.hex" in from_.stdout
    assert str(tmp_path) not in from_.stdout
    assert apexc("store", "why", "0" * 40).returncode == 1 and apexc("store", "why", "../../etc").returncode == 2

    assert "is not a size" in apexc("store", "gc", "--keep", "much").stderr
    dry = apexc("store", "gc", "--keep", "0", "--dry-run")
    assert "Would remove 2 things" in dry.stdout and "is needed for tiny.apex" in dry.stdout, dry.stdout
    assert "Removed 2 things" in apexc("store", "gc", "--keep", "0").stdout
    assert "Nothing to make" in apexc("why", "tiny.apex").stdout
    tiny.write_text(TINY.replace("hold:", "hodl:"), encoding="utf-8")
    refused = apexc("store", "gc", "--keep", "0")
    assert refused.returncode == 1 and "nothing was removed" in refused.stderr

    assert "All 5 entries are whole" in apexc("store", "verify").stdout
    hurt = next((tmp_path / ".apex" / "store").rglob("*.mp4"))
    hurt.write_bytes(bytes(b ^ 1 for b in hurt.read_bytes()))
    looked = apexc("store", "verify", "--keep-bad", "--json")
    bad = json.loads(looked.stdout)
    assert looked.returncode == 1 and not bad["ok"] and [b["why"] for b in bad["bad"]] == ["its content has changed"]
    assert hurt.exists()
    again = apexc("store", "verify")
    assert again.returncode == 1 and "1 of 5 bad; 1 removed" in again.stdout and not hurt.exists()
    assert apexc("store", "verify").returncode == 0
