"""Fronts as readers get them: curated ones, and those that make themselves."""
