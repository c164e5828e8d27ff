"""Sound: what a file holds, the mix to the sample, subtitles."""
