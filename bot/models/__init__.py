"""The trained models: versions on disk, and the one that answers."""

from bot.models.registry import ModelRegistry, Serving

__all__ = ["ModelRegistry", "Serving"]
