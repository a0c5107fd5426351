"""What readers get, field by field. An output field never has a default."""
