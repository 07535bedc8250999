"""What a wheel holds, and that it says so: nothing of the trees is left out, and nothing else comes along."""

import re
import subprocess
import sys
import tomllib
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CONFIGURATION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PROJECT = CONFIGURATION["project"]
SETUPTOOLS = CONFIGURATION["tool"]["setuptools"]
TREES = ("bot", "data", "recommender")


def folders_with_code() -> set[str]:
    modules = (module for tree in TREES for module in (ROOT / tree).rglob("*.py"))
    return {".".join(module.parent.relative_to(ROOT).parts) for module in modules}


def other_files() -> set[tuple[str, str]]:
    """Package and name of every file that is no module, such as a migration."""
    files = (file for tree in TREES for file in (ROOT / tree).rglob("*") if file.is_file())
    return {
        (".".join(file.parent.relative_to(ROOT).parts), file.name)
        for file in files
        if file.suffix not in (".py", ".pyc")
    }


def test_every_folder_with_code_is_a_package_of_the_wheel() -> None:
    included = SETUPTOOLS["packages"]["find"]["include"]
    assert [one for one in folders_with_code() if not any(fnmatchcase(one, pattern) for pattern in included)] == []


def test_every_other_file_goes_into_the_wheel() -> None:
    listed = {package: set(patterns) for package, patterns in SETUPTOOLS["package-data"].items()}
    missing = [
        f"{package}/{name}"
        for package, name in other_files()
        if not any(Path(name).match(pattern) for pattern in listed["*"] | listed.get(package, set()))
    ]
    assert missing == []


@pytest.mark.parametrize("tree", TREES)
def test_the_packages_say_that_they_are_typed(tree: str) -> None:
    assert (tree, "py.typed") in other_files()


def test_what_a_missing_extra_asks_to_install_is_this_distribution() -> None:
    """`marquee` on the package index belongs to somebody else."""
    texts = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *(path for tree in TREES for path in sources(tree))]
    asked = [name for text in texts for name in re.findall(r"'([\w-]+\[\w+\])'", text.read_text("utf-8"))]
    offered = {f"{PROJECT['name']}[{extra}]" for extra in PROJECT["optional-dependencies"]}
    assert PROJECT["name"] == "marquee-bot"
    assert asked
    assert set(asked) <= offered


def sources(tree: str) -> list[Path]:
    return list((ROOT / tree).rglob("*.py"))


def test_the_command_says_its_version() -> None:
    said = subprocess.run(
        [sys.executable, "-m", "bot", "--version"], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert said.stdout in (f"Marquee {PROJECT['version']}\n", "Marquee (not installed)\n")


def test_a_checkout_that_was_never_installed_says_so() -> None:
    """Here in a process that sees no installed package."""
    path = str(ROOT / "bot" / "version.py")
    statement = f"import runpy; print(runpy.run_path({path!r})['version']())"
    said = subprocess.run([sys.executable, "-I", "-S", "-c", statement], capture_output=True, text=True, check=True)
    assert said.stdout == "(not installed)\n"
