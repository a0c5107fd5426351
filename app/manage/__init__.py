"""HTTP for editors: one router a resource, each line calling a verb."""
