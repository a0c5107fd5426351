"""The verbs that change what the public sees."""
