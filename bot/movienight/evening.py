"""What a group sees of its evening: films with what they are for the members who may be shown."""

from dataclasses import dataclass

from bot.movienight.wishes import Wishes
from data import Movie
from data.store import Evening


@dataclass(frozen=True, slots=True)
class Fit:
    """What a film is for a member who may be shown: predicted stars ± deviation, or their own ± 0."""

    discord_id: int
    stars: float
    stars_sd: float


@dataclass(frozen=True, slots=True)
class NightFilm:
    """One line of a group's list, the most telling of `genres` first; `fits` are those of all who may be shown."""

    rank: int
    movie: Movie
    genres: tuple[str, ...]
    fits: tuple[Fit, ...]

    @property
    def mean(self) -> float | None:
        """Mean stars of those who may be shown; None where that is nobody."""
        return sum(one.stars for one in self.fits) / len(self.fits) if self.fits else None

    @property
    def least(self) -> Fit | None:
        """Whom it suits least; None where there is nobody to compare with."""
        return min(self.fits, key=lambda one: one.stars) if len(self.fits) > 1 else None


@dataclass(frozen=True, slots=True)
class Night:
    """A group's list. `size` people are counted in, of whom `shown_ids` may be shown; `left_out` were named in vain.

    `owed` are those of the shown who lost in earlier evenings and have more to say in this one. `is_all`: nothing else
    was left to list.
    """

    evening: Evening
    host_id: int
    wishes: Wishes
    films: tuple[NightFilm, ...]
    size: int
    shown_ids: tuple[int, ...]
    left_out: int = 0
    owed: tuple[int, ...] = ()
    is_all: bool = False

    @property
    def evening_id(self) -> int:
        return self.evening.evening_id


@dataclass(frozen=True, slots=True)
class Plan:
    """A chosen film and when it is watched. Those who `came` are Discord ids of whom may be shown."""

    evening: Evening
    movie: Movie
    size: int
    came: tuple[int, ...] = ()
    interested_count: int = 0
    came_count: int = 0

    @property
    def evening_id(self) -> int:
        return self.evening.evening_id


@dataclass(frozen=True, slots=True)
class History:
    """A server's last evenings, the newest first; `owed` has most to say next time."""

    plans: tuple[Plan, ...]
    owed: tuple[int, ...] = ()
