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


@pytest.mark.parametrize("size", [1, als.WHOLE_SIDE, als.WHOLE_SIDE + 1, 4 * als.WHOLE_SIDE + 3])
def test_every_system_is_inverted_by_its_root(size: int) -> None:
    half = torch.randn(5, size, size, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    system = half @ half.mT + torch.eye(size)
    root = als.inverse_cholesky(system)
    torch.testing.assert_close(root, root.tril())
    torch.testing.assert_close(root.mT @ root, torch.linalg.inv(system))
    last = size // 3 or 1
    of_last = root[:, -last:, -last:]
    torch.testing.assert_close(of_last.mT @ of_last, torch.linalg.inv(system)[:, -last:, -last:])


@pytest.mark.parametrize("size", [2, als.WHOLE_SIDE + 1])
def test_a_system_that_is_not_positive_definite_leaves_nan(size: int) -> None:
    root = als.inverse_cholesky(torch.stack([torch.eye(size), -torch.eye(size)]))
    assert torch.equal(root[0], torch.eye(size))
    assert root[1].isnan().any()
