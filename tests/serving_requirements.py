"""Prints what a Python without torch installs to run the tests of all that serves, as requirements for pip."""

import tomllib
from pathlib import Path

EXTRAS = ("sample", "demo", "dev")
TRAINS = "torch"

if __name__ == "__main__":
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))["project"]
    asked = [*project["dependencies"], *(one for extra in EXTRAS for one in project["optional-dependencies"][extra])]
    print(*(one for one in asked if not one.startswith(TRAINS)), sep="\n")
