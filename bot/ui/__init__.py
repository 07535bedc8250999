"""Rendering: what a reply looks like and every sentence in it."""
