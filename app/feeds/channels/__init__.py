"""What is new on the front page, in a section, by an author or of a tag, as a feed."""
