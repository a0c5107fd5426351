"""What the newsroom does with an article while readers notice nothing."""
