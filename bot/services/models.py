"""The shelf of trained models: versions on disk, a CURRENT pointer, and the one that serves."""

import contextlib
import json
import logging
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from data import Catalogue
from data.files import sweep
from recommender import DamagedModelError, Recommender, TrainingConfig

log = logging.getLogger(__name__)

CURRENT = "CURRENT"
CARD = "card.json"
POPULARITY = "popularity"


@dataclass(frozen=True, slots=True)
class Serving:
    """The model that answers, swapped as one reference.

    `outside_catalogue` are films the model knows and the catalogue does not; they are never shown.
    """

    version: str
    model: Recommender
    card: Mapping[str, Any]
    outside_catalogue: tuple[int, ...] = ()

    @property
    def is_trained(self) -> bool:
        return self.version != POPULARITY


@dataclass(slots=True)
class ModelShelf:
    """Versions under `folder`; `serving` is the model in use. All methods block: call them in a thread."""

    folder: Path
    catalogue: Catalogue
    id_space: str
    keep: int
    popularity: Callable[[], Recommender]
    _serving: Serving | None = field(default=None, init=False)

    @property
    def serving(self) -> Serving:
        if self._serving is None:
            raise RuntimeError("open() the shelf first")
        return self._serving

    def open(self) -> Serving:
        """Serve CURRENT; where it is missing or damaged the newest good version, else popularity."""
        for version in self._candidates():
            try:
                self._serving = self._load(version)
            except DamagedModelError as error:
                log.warning("model %s cannot be used and is passed over: %s", version, error)
            else:
                return self._serving
        self._serving = self._wrap(POPULARITY, self.popularity(), {})
        return self._serving

    def promote(self, version: str) -> Serving:
        """Load `version`, point CURRENT at it, serve it and drop the oldest ones."""
        serving = self._load(version)
        write_atomically(self.folder / CURRENT, version)
        self._serving = serving
        self._prune()
        return serving

    def versions(self) -> list[str]:
        """Complete versions, newest first (a version is named by its UTC time)."""
        if not self.folder.is_dir():
            return []
        folders = (path for path in self.folder.iterdir() if (path / CARD).is_file())
        return sorted((path.name for path in folders if not path.name.startswith(".")), reverse=True)

    def config(self) -> TrainingConfig | None:
        """The configuration of the serving model, which the next one is measured against."""
        return self.serving.model.config if self.serving.is_trained else None

    def picture(self, version: str) -> bytes | None:
        """The loss plot that stands beside a model."""
        with contextlib.suppress(OSError):
            return (self.folder / version / "loss.png").read_bytes()
        return None

    def _candidates(self) -> list[str]:
        versions = self.versions()
        current = read_current(self.folder)
        if current is None:
            return versions
        if current not in versions:
            log.warning("CURRENT names the model %r, which is not there", current[:80])
            return versions
        return [current, *(version for version in versions if version != current)]

    def _load(self, version: str) -> Serving:
        folder = self.folder / version
        model = Recommender.load(folder)
        card = json.loads((folder / CARD).read_text("utf-8"))
        if card.get("id_space", self.id_space) != self.id_space:
            raise DamagedModelError(folder, f"its film ids are those of {card['id_space']}")
        return self._wrap(version, model, card)

    def _wrap(self, version: str, model: Recommender, card: Mapping[str, Any]) -> Serving:
        outside = tuple(int(one) for one in model.movie_ids if int(one) not in self.catalogue)
        return Serving(version, model, card, outside)

    def _prune(self) -> None:
        """Remove the oldest versions, and what a training that was killed left behind long ago."""
        sweep(self.folder, ".")
        for version in self.versions()[self.keep :]:
            if version != self.serving.version:
                shutil.rmtree(self.folder / version, ignore_errors=True)


def read_current(folder: Path) -> str | None:
    """The version that CURRENT names, None where there is no readable pointer."""
    try:
        return (folder / CURRENT).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None


def write_atomically(path: Path, text: str) -> None:
    """Replace a small file so that a crash leaves the old or the new text, never half of one."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with temporary.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
