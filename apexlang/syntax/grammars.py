"""The parsers of `grammar/*.lark`, built once for a machine: Lark keeps their tables in the user's cache folder.

Building the three from their text is a fifth of what a short `apexc check` takes. Where nothing can be written, or what is kept
cannot be read, they are built; Lark itself looks whether what is kept is of this grammar, these options and this Lark.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

import lark
import platformdirs
from lark import Lark

from apexlang import resources


def parser(name: str, **options: Any) -> Lark:
    """The LALR parser of a grammar file, `heads.lark` say, with Lark's own options."""
    text = resources.grammar(name)
    return Lark(text, parser="lalr", cache=_kept(name, text, options), **options)


def _kept(name: str, text: str, options: dict[str, Any]) -> str | bool:
    """The file that the tables are kept in; False where there can be none."""
    said = repr(sorted((key, str(value)) for key, value in options.items() if key != "transformer"))
    digest = hashlib.sha256("\0".join((lark.__version__, text, said)).encode()).hexdigest()[:16]
    folder = Path(platformdirs.user_cache_dir("apexlang", appauthor=False)) / "grammar"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    if not os.access(folder, os.W_OK):
        return False
    return str(folder / f"{Path(name).stem}-{digest}.tables")
