"""W: what is probably not meant."""

from apexlang.diagnostics.codes.entry import Entry

ENTRIES = (
    Entry("W0101", "a property written with capitals", "Properties are written small. As it stands, the line is prose.",
          "Hold: 2s\n", "hold: 2s\n", "shot"),
    Entry("W0102", "a speaker not written in capitals", "A line is dialogue where its speaker is in capitals, or begins with `@`. As it stands, the line is prose.",
          "Sarah: Who's there?\n", "SARAH: Who's there?\n", "shot"),
    Entry("W0103", "a property without its colon", "As it stands, the line is prose.", "hold 8 beats\n", "hold: 2s\n", "shot"),
    Entry("W0104", "a structure word not in capitals", "As it stands, the line is prose.", "SHOT wide\n\nShot wide\n", "SHOT wide\n\nSHOT wide\n", "scene"),
    Entry("W0105", "a name alone on its line", "Here speech stands on the speaker's line, after a colon. As it stands, both lines are prose.",
          "SARAH\nWho's there?\n", "SARAH: Who's there?\n", "shot"),
    Entry("W0106", "a scene heading without its dot", "A heading begins with `INT.`, `EXT.` or their kin. As it stands, the line is prose.",
          "SHOT wide\n\nEXT WAREHOUSE - DAY\n", "SHOT wide\n", "scene"),
    Entry("W0107", "`#` where a comment was meant", "A comment begins with `//`. As it stands, the line is prose.",
          "# the rough cut\n", "// the rough cut\n", "shot"),
    Entry("W0111", "nothing to render", "There is no shot in the film. That is as it should be in a file of definitions.",
          "INT. ROOM - DAY\n  = Nothing happens.\n", "INT. ROOM - DAY\n  SHOT wide\n"),
    Entry("W0201", "a name with look-alike letters", "The name mixes letters of two alphabets that look the same: it is not the name that it seems.",
          "CHARACTER SAR\u0410H\n\nINT. ROOM - DAY\n  SHOT wide\n", "CHARACTER SARAH\n\nINT. ROOM - DAY\n  SHOT wide\n"),
    Entry("W0301", "a change without its sign", "Amounts of a grade are changes: `+15%` or `-15%`. Without a sign it is read as `+`.",
          "GRADE night\n  primary: contrast 15%\n\nINT. ROOM - DAY\n  SHOT wide\n", "GRADE night\n  primary: contrast +15%\n\nINT. ROOM - DAY\n  SHOT wide\n"),
    Entry("W0401", "beats are counted, not heard", "Beats are counted at 120 a minute in this version: the music itself is not listened to yet.",
          "hold: 8 beats\n", "hold: 4s\n", "shot"),
)  # fmt: skip
