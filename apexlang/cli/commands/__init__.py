"""One module a command. Each is imported when its command is called, so that `check` never pays for what `render` needs."""
