"""Menus: navigation trees."""
