"""What a body is made of: one small class for each type of block."""
