"""Which version this is."""

from importlib import metadata

DISTRIBUTION = "marquee-bot"
"""Its name on a package index, where `marquee` is somebody else's."""


def version() -> str:
    """The installed version; a checkout that was never installed has none."""
    try:
        return metadata.version(DISTRIBUTION)
    except metadata.PackageNotFoundError:
        return "(not installed)"
