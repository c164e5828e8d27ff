"""Pictures: the generators behind one protocol, picture files, and the one-line way to a picture."""
