"""The bytes of pictures: proved, kept, and printed in other sizes. No database."""
