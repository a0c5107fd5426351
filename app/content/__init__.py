"""What a story is made of, pure: blocks, vocabularies, words. No database."""
