"""The live preview: a film on localhost that follows its text while it is edited."""
