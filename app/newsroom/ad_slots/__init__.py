"""Ad slots: the catalogue of places advertisements can take."""
