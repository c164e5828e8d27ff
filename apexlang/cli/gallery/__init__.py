"""Everything that the embedded stage understands, as a page of pictures: `entries` says what is shown, `page` draws it."""
