import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from recommender import als


@given(
    entries=st.lists(st.tuples(st.integers(0, 8), st.integers(0, 5)), min_size=1, max_size=80, unique=True),
    cells=st.sampled_from([1, 40, 1 << 21]),
)
def test_every_entry_is_in_one_batch_under_its_row(entries: list[tuple[int, int]], cells: int) -> None:
    rows, columns = (np.array(side) for side in zip(*entries, strict=True))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(als, "MAX_CELLS", cells)
        batches = als.length_buckets(rows, columns, 6, 2, np.bincount(rows), "cpu")
    found = []
    for batch in batches:
        for place, row in enumerate(batch.row_idx.tolist()):
            kept = batch.entry_idx[place] < len(entries)
            assert (batch.column_idx[place][~kept] == 6).all()
            assert batch.lengths[place] == kept.sum()
            found += [(row, entry) for entry in batch.entry_idx[place][kept].tolist()]
            assert batch.column_idx[place][kept].tolist() == columns[batch.entry_idx[place][kept].numpy()].tolist()
    assert sorted(found) == sorted((int(row), entry) for entry, row in enumerate(rows))


def test_padding_stays_small() -> None:
    rows = np.repeat(np.arange(100), np.arange(1, 101))
    columns = np.zeros(len(rows), dtype=np.int64)
    batches = als.length_buckets(rows, columns, 1, 4, np.bincount(rows), "cpu")
    cells = sum(batch.entry_idx.numel() for batch in batches)
    assert cells < 1.25 * len(rows) + 100


def test_solve_is_the_solution_of_every_system() -> None:
    generator = torch.Generator().manual_seed(0)
    half = torch.randn(5, 3, 3, generator=generator)
    system = half @ half.mT + torch.eye(3)
    right = torch.randn(5, 3, generator=generator)
    solution, factor = als.solve(system, right)
    torch.testing.assert_close((system @ solution[..., None])[..., 0], right, rtol=1e-4, atol=1e-4)
    torch.testing.assert_close(factor @ factor.mT, system, rtol=1e-4, atol=1e-4)


def test_a_system_without_a_solution_leaves_nan() -> None:
    solution, _ = als.solve(torch.stack([torch.eye(2), -torch.eye(2)]), torch.ones(2, 2))
    assert solution[0].tolist() == [1.0, 1.0]
    assert solution[1].isnan().all()
