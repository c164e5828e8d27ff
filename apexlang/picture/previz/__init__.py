"""The embedded stage: each generated shot is a small set, lit and photographed by the words of the shot."""
