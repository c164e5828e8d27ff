"""Screenplays made by Hypothesis: the habits of writers, and what no writer would do."""

from __future__ import annotations

from hypothesis import strategies as st

LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
NASTY = st.sampled_from(
    ["//", "/*", "*/", "[[", "]]", "!", "@", "~", "^", "> ", " <", "#", "=", "===", ".", ":", "(", ")", "{x}", '"', "\u2028",
     "\u202e", "\x0b", "  ", "\t", "INT. ", "SHOT ", "hold: ", "CUT", "FADE IN:", "TITLE: ", "SUPER: ", "SARAH", "USE ", "/-",
     "\\n", "\\", "#1#", "♪ ", "fountain:", "[[^]]", "\xa0", "\u3000", " for 2s", " TO:"]
)  # fmt: skip
WORDS = st.sampled_from(
    ["the", "rain", "SARAH", "Sarah", "walks", "door", "opens", "BANG", "VICTOR", "30s", "a", "commander,", "(beat)", "10:30",
     "Wait:", "*now*", "_then_", "张伟", "école", "don’t", "—", "CLOSE ON", "CUT TO", "it's", "MAN #1", "LIGHT", "Look"]
)  # fmt: skip
NAMES = st.sampled_from(
    ["SARAH", "VICTOR", "MAN #1", "COP 2", "DR. O'HARA", "ÉLODIE", "ОЛЬГА", "LIGHT", "FILM", "TITLE", "YOUNG SARAH", "ST. JOHN",
     "MRS. HALL-SMITH", "R2D2", "A", "JOHN AND MARY", "MOVE", "INT", 'JACK "THE HAT" VINCENT', "X" * 70]
)  # fmt: skip

sentence = st.lists(st.one_of(WORDS, WORDS, WORDS, NASTY), min_size=1, max_size=9).map(" ".join)
wild = st.lists(st.one_of(LETTERS, NASTY, WORDS), min_size=1, max_size=14).map("".join)
line = st.one_of(sentence, sentence, wild)
paragraph = st.lists(line, min_size=1, max_size=3).map("\n".join)

heading = st.builds(
    lambda setting, place, time, number: f"{setting} {place}{time}{number}",
    st.sampled_from(
        ["INT.", "EXT.", "int.", "INT", "EXT", "I/E.", "INT./EXT.", "INT/EXT", "EST.", ".", ".THE", "Ext."]
    ),
    st.one_of(st.sampled_from(["HOUSE", "warehouse", "THE KÖLN BAR", "1ST FLOOR", "房间"]), line),
    st.sampled_from(["", " - DAY", " - NIGHT", " -- LATER", " – DAWN"]),
    st.sampled_from(["", "", " #1#", " #12A#", "#1-1#", " #A#1#"]),
)
extension = st.sampled_from(
    ["", "", " (V.O.)", " (O.S.)", " (CONT'D)", " (V.O.) (CONT’D)", "(on the radio)", " (V.O., FILTERED)"]
)
forced_name = st.one_of(NAMES, NAMES, st.sampled_from(["McCLANE", "张伟", "sarah", "الممثل"])).map(
    lambda name: f"@{name}"
)
spoken = st.one_of(
    line,
    line,
    st.sampled_from(
        ["(beat)", "(quietly)", "(into phone; low)", "(BEAT)", "(to (her))", "  ", "~Happy birthday", "~", "()"]
    ),
)
dialogue = st.builds(
    lambda name, more, dual, said: "\n".join([f"{name}{more}{dual}", *said]),
    st.one_of(NAMES, NAMES, forced_name),
    extension,
    st.sampled_from(["", "", "", " ^"]),
    st.lists(spoken, min_size=1, max_size=4),
)
transition = st.sampled_from(
    ["CUT TO:", "DISSOLVE TO:", "FADE IN:", "FADE OUT.", "FADE OUT:", "SMASH CUT TO:", "WIPE TO:", "JUMP CUT TO:", "> FADE TO WHITE",
     "> Burn.", ">", "FADE TO BLACK.", "MATCH CUT TO:", "WHIP PAN TO:", "CUT TO BLACK.", "TIME CUT TO:", "MATCH DISSOLVE TO:"]
)  # fmt: skip
aside = st.one_of(
    st.sampled_from(["===", "=====", "# Act One", "## Sequence", "###", "= He finds it.", "=", "= ", "[[a note]]", "[[a]] [[b]]",
                     "[[over\ntwo lines]]", "[[a\n  \nb]]", "/* aside */", "/*\nover\nlines\n*/", "[[// a comment]]", "> THE END <",
                     "~La la la", "SUPER: Berlin, 1949", 'SUPER: "NOW" for 2s', "TITLE: Later", "/**/", "/*/*/", "[[apex: x]]",
                     "He /* never */ sleeps.", "A /*b*/ c /*d*/ e", "[[/* x */]]", "so [[/* x */]] so", "THE /* x */ END",
                     "a [[ /* x */ ]]",
                     "SARAH /* x */\nHi /* y */ there.", "INT. HOUSE /* x */ - DAY"]),
    line.map(lambda text: f"# {text}"),
    line.map(lambda text: f"= {text}"),
    line.map(lambda text: f"> {text} <"),
    line.map(lambda text: f"[[{text}]]"),
    line.map(lambda text: f"~{text}"),
)  # fmt: skip
element = st.one_of(
    heading, paragraph, paragraph, dialogue, dialogue, transition, aside, paragraph.map(lambda t: f"!{t}")
)
title_page = st.sampled_from(
    ["", "", "Title: The Rain\nAuthor: A. Writer\n\n", "Title:\n    _**THE \"RAIN\"**_\n    Part // Two\nContact:\n\tX\n\tY\n\n",
     "Credit: by\nTitle: Later\n\n", "title: low\n\n", "Title:\n\n"]
)  # fmt: skip
gap = st.sampled_from(["\n\n", "\n\n", "\n\n", "\n\n\n", "\n"])
screenplay = st.tuples(title_page, st.lists(st.tuples(element, gap).map("".join), max_size=12).map("".join)).map(
    "".join
)
