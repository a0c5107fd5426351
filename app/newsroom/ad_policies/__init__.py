"""Ad policies: the rules by which places are chosen."""
