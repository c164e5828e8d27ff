"""The open vocabulary by which prose is read: words and what they mean, clauses and whom they are about."""
