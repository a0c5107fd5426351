"""From what editors wrote to the bytes that readers get."""
