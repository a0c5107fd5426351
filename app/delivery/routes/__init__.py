"""The public routes: one small router for each resource."""
