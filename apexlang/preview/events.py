"""What watching tells whoever started it, for a terminal: what was read, what is being made, what it cost."""

from __future__ import annotations

from dataclasses import dataclass

from apexlang.preview.film import Reading
from apexlang.render.failure import Failure


@dataclass(frozen=True, slots=True)
class Read:
    """The film was read; `first` for the first time. `pieces` of it are to be made."""

    reading: Reading
    first: bool
    pieces: int


@dataclass(frozen=True, slots=True)
class Shown:
    """The true frame under the playhead went to the pages, `ms` after the save was noticed."""

    label: str
    ms: int


@dataclass(frozen=True, slots=True)
class Begun:
    """`what`: `picture`, `segment` or `sound`."""

    what: str
    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Going:
    """`share` of it is done, 0..1."""

    key: str
    share: float


@dataclass(frozen=True, slots=True)
class Ended:
    """Made, in `seconds`; or set aside, because it is no longer needed or something else is needed first; or failed."""

    what: str
    key: str
    label: str
    seconds: float
    made: bool
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that a person should know and that stops nothing."""

    text: str


@dataclass(frozen=True, slots=True)
class Pages:
    """So many pages are open now."""

    count: int


Event = Read | Shown | Begun | Going | Ended | Remark | Pages
