"""A film on paper: `panels` says what stands under each picture, `wall`, `storyboard` and `web` draw it as PNG, PDF and HTML."""
