"""Films that are new to the catalogue, by what is known of films like them.

At the end of a training the films with enough ratings say what a film of such features is like: how often it is rated,
and what the model keeps of it. A new film without ratings is taken to be that; one with few is on its way from there to
what its ratings say. An old film that few have rated is no such film: that nobody watched it says what it is worth, and
is left to say it.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from recommender.attribute_map import AttributeMap
from recommender.bilinear_rating import BilinearRating
from recommender.film_features import film_features
from recommender.heads import Heads
from recommender.interactions import Interactions
from recommender.item_features import item_features, release_years
from recommender.item_statistics import ItemStatistics
from recommender.ranking import AutoencoderRanking
from recommender.reranker import Reranker
from recommender.vocabulary import BoolArray, FloatArray, IndexArray

ENOUGH = 10
"""Ratings after which a film speaks for itself, and is learned from."""

LEAST_FILMS = 50
"""Fewer films with enough ratings say nothing of others."""

WEIGHT_DAMPING = 5.0
"""Ratings with which a film counts half in what is learned."""

IS_NEW, VOTES = "is_new", "source_votes"
"""Columns of a catalogue: that a film came into it after the ratings were given; and how many voted elsewhere."""

ALL_BUT_NONE = 0.05
"""Share of all ratings that were given since a film came out; with less there was no time to rate it."""

SETTLED = 0.25
"""Share of all ratings that were given since a film came out; with less it is too young to say how popular it is."""

OUTPUT_POWER = 0.5
"""What the ranking keeps of a film is mapped over this power of its ratings, with which it grows."""

FIRST_YEAR, LAST_YEAR = 1970, 2200
"""Of time stamps; where the last rating is from before FIRST_DATE they are none, but counted from 0, say."""

FIRST_DATE = 1980


@dataclass(frozen=True, slots=True)
class ColdFilms:
    """The new films with fewer than ENOUGH ratings, and what is expected of them."""

    films: IndexArray  # [c]
    ratings: FloatArray  # [c] that a film like this has
    uncertainty: FloatArray  # [c] variance of the logarithm of these
    missing: FloatArray  # [c] in (0, 1], the share of these that it had no time to get
    map: AttributeMap
    support: IndexArray  # [movies]

    @classmethod
    def of(cls, data: Interactions, movies: pd.DataFrame | None) -> "ColdFilms | None":
        """None where there are none, or too little to learn from."""
        support = data.support
        since = _share_since(data, release_years(movies, data.movies))
        is_new = (support < ENOUGH) & _is_new(movies, data, since)
        known, films = np.flatnonzero(support >= ENOUGH), np.flatnonzero(is_new)
        if not len(films) or len(known) < LEAST_FILMS:
            return None
        features = film_features(movies, data.movies, known)
        if not features.shape[1]:
            return None
        mapped = AttributeMap.of(features, known, support[known] / (support[known] + WEIGHT_DAMPING))
        expected, uncertainty = _popularity(features, support, since, support >= ENOUGH, films)
        is_voted = _votes(movies, data) > 0
        voted, rated = is_voted[films], is_voted & (support > 0)
        if rated.sum() >= LEAST_FILMS:
            expected[voted], uncertainty[voted] = _popularity(features, support, since, rated, films[voted])
        expected = expected.clip(max=float(support.max()))
        return cls(films, expected, uncertainty, 1 - support[films] / ENOUGH, mapped, support)

    @property
    def expected_support(self) -> FloatArray:
        """[movies] the ratings each has, and those that a cold one would have beside them."""
        expected = self.support.astype(np.float32)
        expected[self.films] += self.missing * self.ratings
        return expected

    def filled(self, values: FloatArray, power: float = 0.0) -> FloatArray:
        """[movies] or [movies, d] `values` with what is expected of cold films in the place of what is missing.

        Those that grow with a power of a film's ratings are added to a film's own, others take their place by share.
        """
        table = values.reshape(len(values), -1).astype(np.float64)
        known = self.map.known
        own = table[known] / (self.support[known] ** power)[:, None]
        expected = self.map(own, self.films)[0] * (self.ratings**power)[:, None]
        share = self.missing[:, None]
        kept = table[self.films] * (1.0 if power else 1 - share)
        found = table.astype(values.dtype)
        found[self.films] = kept + share * expected
        return found.reshape(values.shape)


def _is_new(movies: pd.DataFrame | None, data: Interactions, since: FloatArray) -> BoolArray:
    """[movies] what the catalogue calls new; what came out when the ratings were all but given; and what has votes
    of another source but no rating here.
    """
    is_new = since <= ALL_BUT_NONE
    if movies is None:
        return is_new
    rows = movies.drop_duplicates("movie_id").set_index("movie_id").reindex(data.movies.ids)
    if IS_NEW in rows:
        is_new |= rows[IS_NEW].astype("boolean").fillna(value=False).to_numpy(bool)
    is_new |= (_votes(movies, data) > 0) & (data.support == 0)
    return is_new


def _votes(movies: pd.DataFrame | None, data: Interactions) -> FloatArray:
    """[movies] how many voted elsewhere; NaN where that is not known."""
    if movies is None or VOTES not in movies:
        return np.full(len(data.movies), np.nan)
    votes = movies.drop_duplicates("movie_id").set_index("movie_id")[VOTES].reindex(data.movies.ids)
    return pd.to_numeric(votes, errors="coerce").to_numpy(np.float64, na_value=np.nan)


def _popularity(
    features: FloatArray, support: IndexArray, since: FloatArray, is_learned: BoolArray, films: IndexArray
) -> tuple[FloatArray, FloatArray]:
    """[f] ratings that films of such features have by the time that all know them, and the variance of their logarithm.

    Learned from films that had time to be rated. Those that few rated are left out where nothing tells them from
    others; where the votes of another source do, they are what keeps such films from being taken for better known ones.
    """
    learned = np.flatnonzero(is_learned & (since >= SETTLED))
    if len(learned) < LEAST_FILMS:
        learned = np.flatnonzero(is_learned)
    popularity = AttributeMap.of(features, learned, np.ones(len(learned)))
    logarithm, error = popularity(np.log(support[learned] / since[learned].clip(min=SETTLED))[:, None], films)
    return np.exp(logarithm[:, 0]), np.full(len(films), error[0])


def with_cold_films(heads: Heads, data: Interactions, movies: pd.DataFrame | None) -> Heads:
    """The same heads, with parameters of new films by their features."""
    cold = ColdFilms.of(data, movies)
    if cold is None:
        return heads
    rating, ranking, reranker = heads.rating, heads.ranking, heads.reranker
    if isinstance(rating, BilinearRating):
        rating = _rating(rating, cold, item_features(movies, data.movies).shape[1])
    if isinstance(ranking, AutoencoderRanking) and len(ranking.spectrum):
        ranking = _ranking(ranking, cold)
        if reranker is not None:
            reranker = _reranker(reranker, ranking, cold)
    return replace(heads, rating=rating, ranking=ranking, reranker=reranker, expected_support=cold.expected_support)


def _rating(rating: BilinearRating, cold: ColdFilms, of_catalogue: int) -> BilinearRating:
    """Popularity and factors as expected. Its weights are a posterior whose prior mean is expected, and not 0."""
    features, weights, variance = (rating.item_features.copy(), rating.item_weights.copy(), rating.item_variance.copy())
    z, own = weights.shape[1], 1 + of_catalogue
    logarithm = np.log1p(cold.support)
    slope = 0.0
    if logarithm.std() and features[:, own].std():
        slope, centre = np.polyfit(logarithm, features[:, own].astype(np.float64), 1)  # as it was standardised
        features[:, own] = slope * np.log1p(cold.expected_support) + centre
    observed = rating.prior_regression.shape[1]
    features[:, own + 1 : observed] = cold.filled(features[:, own + 1 : observed])
    films, known = cold.films, cold.map.known
    prior = variance.max(axis=0).astype(np.float64)  # that of a film without ratings
    mean = np.zeros(features.shape[1]) if rating.user_mean is None else rating.user_mean
    learned = np.concatenate([weights, features[:, observed:]], axis=1).astype(np.float64)
    learned[:, 0] -= rating.item_features @ mean
    for column in range(learned.shape[1]):
        expected, error = cold.map(learned[known, column, None], films)
        spread = min(error[0] + cold.map.weight @ variance[known, column] / len(known), prior[column])
        evidence = np.maximum(1 / variance[films, column] - 1 / prior[column], 0.0)
        found = 1 / (evidence + 1 / spread)
        learned[films, column] = found * (learned[films, column] / variance[films, column] + expected[:, 0] / spread)
        variance[films, column] = found
    # How popular a cold film is, is a guess too, and popular films are liked more.
    effect = slope * (rating.prior_regression[0, own] + mean[own])
    variance[films, 0] += np.square(cold.missing * effect) * cold.uncertainty
    features[films, observed:] = learned[films, z:]
    learned[:, 0] += features @ mean
    weights[films] = learned[films, :z]
    return replace(rating, item_features=features, item_weights=weights, item_variance=variance)


def _ranking(ranking: AutoencoderRanking, cold: ColdFilms) -> AutoencoderRanking:
    filled = cold.filled
    return replace(ranking, offset=filled(ranking.offset, OUTPUT_POWER), outputs=filled(ranking.outputs, OUTPUT_POWER))


def _reranker(reranker: Reranker, explicit: AutoencoderRanking, cold: ColdFilms) -> Reranker:
    features = reranker.features
    return replace(
        reranker,
        features=replace(
            features,
            explicit=explicit,
            implicit=_ranking(features.implicit, cold),
            explicit_sequential=cold.filled(features.explicit_sequential, OUTPUT_POWER),
            implicit_sequential=cold.filled(features.implicit_sequential, OUTPUT_POWER),
            statistics=_statistics(features.statistics, cold),
        ),
    )


def _statistics(statistics: ItemStatistics, cold: ColdFilms) -> ItemStatistics:
    """Nothing that has been learned is newer than the known films, so cold ones are taken to be no newer either."""
    year = statistics.year.copy()
    year[cold.films] = np.minimum(year[cold.films], year[cold.map.known].max())
    return replace(
        statistics,
        popularity=np.log1p(cold.expected_support),
        liked=cold.filled(statistics.liked),
        rating=cold.filled(statistics.rating),
        lateness=cold.filled(statistics.lateness),
        year=year,
    )


def _share_since(data: Interactions, year: FloatArray) -> FloatArray:
    """[movies] share of all ratings that were given from a film's year of release on; 1 where that is not known."""
    given = data.timestamp.astype("datetime64[s]").astype("datetime64[Y]").astype(np.int64) + FIRST_YEAR
    counts = np.bincount(given.clip(FIRST_YEAR, LAST_YEAR) - FIRST_YEAR, minlength=LAST_YEAR - FIRST_YEAR + 1)
    counts = counts.astype(np.int64)
    data.reduce(counts)
    if counts.nonzero()[0][-1] < FIRST_DATE - FIRST_YEAR:
        return np.ones(len(year))
    later = np.cumsum(counts[::-1])[::-1] / counts.sum()
    place = np.nan_to_num(year, nan=FIRST_YEAR).clip(FIRST_YEAR, LAST_YEAR).astype(np.int64) - FIRST_YEAR
    return np.asarray(later[place])
