"""Finding articles by words: what was asked, which are best, where the words are."""
