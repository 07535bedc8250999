"""An open store beside the files."""

from tests.data.store.conftest import path, store

__all__ = ["path", "store"]
