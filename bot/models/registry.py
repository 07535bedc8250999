"""The registry of trained models: versions on disk, a CURRENT pointer, and the one that serves."""

import contextlib
import logging
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from data import Catalogue
from data.files import sweep, write_durably
from recommender import DamagedModelError, Recommender, TrainingConfig
from recommender.checkpoint import read_card

log = logging.getLogger(__name__)

CURRENT = "CURRENT"
PENDING = "PENDING"
"""An empty file in a version that has not been in use yet; it goes when it is, or with the next opening."""
CARD = "card.json"
POPULARITY = "popularity"


@dataclass(frozen=True, slots=True)
class Serving:
    """The model that answers, swapped as one reference.

    `outside_catalogue` are films the model knows and the catalogue does not; they are never shown. `instead_of`
    is the version that should answer and cannot be used.
    """

    version: str
    model: Recommender
    card: Mapping[str, Any]
    outside_catalogue: tuple[int, ...] = ()
    instead_of: str | None = None

    @property
    def is_trained(self) -> bool:
        return self.version != POPULARITY

    @property
    def last_write_id(self) -> int | None:
        """The newest write of a member's rating that it may have learned from; None where the card does not say."""
        if not self.is_trained:
            return 0
        community = self.card.get("community")
        found = community.get("last_write_id") if isinstance(community, Mapping) else None
        return found if isinstance(found, int) and 0 <= found < 2**63 else None


@dataclass(slots=True)
class ModelRegistry:
    """Versions under `folder`; `serving` is the model in use. All methods block: call them in a thread."""

    folder: Path
    catalogue: Catalogue
    id_space: str
    keep: int
    popularity: Callable[[], Recommender]
    serving: Serving = field(init=False)
    """The model in use, from `open` on."""
    _pointed_at: str | None = field(default=None, init=False)

    def open(self) -> Serving:
        """Serve CURRENT; where it is missing or damaged the newest good version, else popularity.

        First of all comes a version that was made to follow CURRENT and whose process ended before it did.
        """
        self._pointed_at = read_current(self.folder)
        damaged = []
        for version in self._candidates():
            try:
                serving = self._load(version)
            except DamagedModelError as error:
                log.warning("model %s cannot be used and is passed over: %s", version, error)
                damaged.append(version)
            else:
                break
        else:
            serving = self._wrap(POPULARITY, self.popularity(), {})
        self.serving = replace(serving, instead_of=damaged[0] if damaged else None)
        self._settle_pending()
        return self.serving

    def is_moved(self) -> bool:
        """Whether another process has pointed CURRENT elsewhere since; a small read that needs no thread."""
        return read_current(self.folder) not in (None, self._pointed_at)

    def refresh(self) -> Serving | None:
        """Serve what another process has pointed CURRENT at since; None where there is nothing new to serve."""
        current = read_current(self.folder)
        if current is None or current == self._pointed_at:
            return None
        self._pointed_at = current
        if current == self.serving.version:
            return None
        try:
            self.serving = self._load(current)
        except DamagedModelError as error:
            log.warning("CURRENT names the model %r, which cannot be used: %s", current[:80], error)
            self.serving = replace(self.serving, instead_of=current)
            return None
        return self.serving

    def show(self, catalogue: Catalogue) -> None:
        """Answer with the films of another catalogue from now on."""
        self.catalogue = catalogue
        self.serving = replace(self.serving, outside_catalogue=self._outside(self.serving.model))

    def promote(self, version: str) -> Serving:
        """Load `version`, point CURRENT at it, serve it and drop the oldest ones."""
        serving = self._load(version)
        self._point_at(version)
        self.serving = serving
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
        current = self._pointed_at
        if current is not None and current not in versions:
            log.warning("CURRENT names the model %r, which is not there", current[:80])
        first = [version for version in versions if self._was_to_follow(version, current)]
        first += [version for version in versions if version == current]
        return [*first, *(version for version in versions if version not in first)]

    def _was_to_follow(self, version: str, current: str | None) -> bool:
        """Whether it passed the gate as the next model after CURRENT and was not put in use yet."""
        folder = self.folder / version
        try:
            return (folder / PENDING).exists() and read_card(folder).get("parent") == current
        except DamagedModelError:
            return False

    def _settle_pending(self) -> None:
        """Put the pending version that serves in use for good; another one has had its time."""
        with contextlib.suppress(OSError):  # a full disk: the same at the next opening
            version = self.serving.version
            if version != self._pointed_at and (self.folder / version / PENDING).exists():
                log.info("model %s was finished just before an end and is put in use now", version)
                self._point_at(version)
            for version in self.versions():
                (self.folder / version / PENDING).unlink(missing_ok=True)

    def _point_at(self, version: str) -> None:
        write_durably(self.folder / CURRENT, version)
        self._pointed_at = version
        (self.folder / version / PENDING).unlink(missing_ok=True)

    def _load(self, version: str) -> Serving:
        folder = self.folder / version
        model = Recommender.load(folder)
        card = read_card(folder)
        if card.get("id_space", self.id_space) != self.id_space:
            raise DamagedModelError(folder, f"its film ids are those of {card['id_space']}")
        return self._wrap(version, model, card)

    def _wrap(self, version: str, model: Recommender, card: Mapping[str, Any]) -> Serving:
        return Serving(version, model, card, self._outside(model))

    def _outside(self, model: Recommender) -> tuple[int, ...]:
        return tuple(int(one) for one in model.movie_ids if int(one) not in self.catalogue)

    def _prune(self) -> None:
        """Remove the oldest versions, and what a training that was killed left behind long ago."""
        sweep(self.folder, ".")
        for version in self.versions()[self.keep :]:
            if version not in (self.serving.version, read_current(self.folder)):
                shutil.rmtree(self.folder / version, ignore_errors=True)


def read_current(folder: Path) -> str | None:
    """The version that CURRENT names, None where there is no readable pointer."""
    try:
        return (folder / CURRENT).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None
