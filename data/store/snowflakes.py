"""When Discord accounts were made: an id is a snowflake, which begins with its time."""

DISCORD_EPOCH_S = 1_420_070_400  # 2015-01-01 UTC, where snowflakes begin to count
_TIME_BIT = 22  # a snowflake counts milliseconds from this bit up
LARGEST_ID = 2**63 - 1


def first_snowflake(at: int) -> int:
    """The smallest Discord id that an account made at `at` (epoch seconds) can have."""
    milliseconds = max(0, at - DISCORD_EPOCH_S) * 1000
    return min(milliseconds << _TIME_BIT, LARGEST_ID)
