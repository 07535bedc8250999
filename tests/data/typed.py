"""What people really type, as far as the catalogue that is tested with can tell."""

from benchmarks.typed import Typed
from data import Catalogue

OTHER_DEJA_VU = 2175
"""A second film of that name, so that the bot must ask; the packaged sample lacks it."""


def is_fair(typed: Typed, catalogue: Catalogue) -> bool:
    """Whether the film meant is, or the films that may be meant are, known at all."""
    return typed.text != "Déjà Vu" or OTHER_DEJA_VU in catalogue
