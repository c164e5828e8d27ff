"""Films with lines moved, repeated, torn, indented anyhow, and marks where there were none."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.syntax.generated import films
from tests.syntax.judging import ROOT, SUITE

PATHS = sorted(
    path
    for folder in (SUITE, ROOT / "examples", ROOT / "stdlib")
    for path in folder.rglob("[!.]*.apex")
    if "out" not in path.parts
)
LINES = [line for path in PATHS for line in path.read_text("utf-8").split("\n")]
TEXTS = [p.read_text("utf-8") for p in PATHS if p.stat().st_size < 8_000 and not p.name.endswith("_bomb.apex")]


@st.composite
def torn(draw: st.DrawFn, whole: st.SearchStrategy[str]) -> str:
    """One of `whole` with up to eight things done to its lines."""
    text = draw(whole).split("\n")
    for _ in range(draw(st.integers(1, 8))):
        k = draw(st.integers(0, len(text) - 1))
        match draw(st.integers(0, 9)):
            case 0:
                del text[k]
                text = text or [""]
            case 1:
                text.insert(k, draw(st.sampled_from(LINES)))
            case 2:
                white = draw(st.sampled_from(["", " ", "  ", "   ", "\t", "\t ", "\u3000", "      "]))
                text[k] = white + text[k].lstrip()
            case 3:
                text[k] = text[k][: draw(st.integers(0, len(text[k])))]
            case 4:
                text[k] = text[k].replace(" ", draw(st.sampled_from(["  ", "\t", "", " , "])))
            case 5:
                at = draw(st.integers(0, len(text[k])))
                text[k] = text[k][:at] + draw(st.characters()) + text[k][at:]
            case 6:
                text[k] = draw(st.sampled_from(["// ", "/* ", "/- ", "!", "= ", "*/", "@"])) + text[k]
            case 7:
                text[k] = text[k] + draw(
                    st.sampled_from([" // note", "  ", "\r", ",", " #x", " */", '"', "{", "{x}", "("])
                )
            case 8:
                text[k] = text[k].replace(",", draw(st.sampled_from([",,", ";", "，", ""])))
            case _:
                j = draw(st.integers(0, len(text) - 1))
                text[k], text[j] = text[j], text[k]
    return "\n".join(text)


def mutated() -> st.SearchStrategy[str]:
    """Torn films of the suite, the examples and the library."""
    return torn(st.sampled_from(TEXTS))


def torn_generated() -> st.SearchStrategy[str]:
    return torn(films())
