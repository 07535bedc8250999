"""How long a member waits for `!rate` and for the `!recommend` after it, in the simulated Discord.

The demo plays a generated script in a process of its own: the real bot, a trained model, no retraining. Its `ms` run
from a line's sending to the bot's call of Discord, so they hold everything but the network.
"""

from dataclasses import dataclass

from rich.table import Table

from benchmarks.demo_script import play, popular_films
from benchmarks.timing import median, p99, table

PAIRS = 60
MEMBER_PAIRS = 20
"""After so many films the next member begins, so that profiles of 1 to 20 ratings weigh the same."""

STARS = ("5", "4.5", "2", "4", "3")


@dataclass(frozen=True, slots=True)
class Waits:
    """Milliseconds of each reply; `moved` counts the lists that differ from the member's list before."""

    rate_ms: tuple[float, ...]
    recommend_ms: tuple[float, ...]
    moved: int
    comparable: int


def measure(dataset: str, pairs: int = PAIRS) -> Waits:
    """Play `pairs` of rating and list; raises RuntimeError where a reply is missing or names the film just rated."""
    labels = popular_films(dataset, pairs)
    lines = []
    for index, label in enumerate(labels):
        member = f"member{index // MEMBER_PAIRS}"
        lines += [f"{member}: !rate {label} {STARS[index % len(STARS)]}", f"{member}: !recommend"]
    replies = [event for event in play(dataset, lines) if event["kind"] == "reply"]
    if len(replies) != len(lines):
        raise RuntimeError(f"{len(lines)} lines had {len(replies)} replies")
    rated, lists = replies[::2], replies[1::2]
    for label, one, shown in zip(labels, rated, lists, strict=True):
        if f"**{label}**" not in one["text"] or "\n10. " not in shown["text"] or f"**{label}**" in shown["text"]:
            raise RuntimeError(f"unexpected replies after rating {label}: {one['text']!r}, {shown['text']!r}")
    neighbours = [index for index in range(1, pairs) if index % MEMBER_PAIRS]
    return Waits(
        rate_ms=tuple(float(one["ms"]) for one in rated),
        recommend_ms=tuple(float(one["ms"]) for one in lists),
        moved=sum(lists[index]["text"] != lists[index - 1]["text"] for index in neighbours),
        comparable=len(neighbours),
    )


def report(waits: Waits) -> Table:
    shown = table(f"Chat: {len(waits.rate_ms)} × !rate, !recommend", "reply", "median ms", "p99 ms", "longest ms")
    for name, values in (("!rate", waits.rate_ms), ("!recommend", waits.recommend_ms)):
        shown.add_row(name, f"{median(values):.1f}", f"{p99(values):.1f}", f"{max(values):.1f}")
    shown.caption = f"{waits.moved} of {waits.comparable} ratings moved the member's next list"
    return shown
