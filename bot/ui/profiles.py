"""A member's profile as a card."""

from bot.services.profiles import ProfileCard
from bot.ui.lists import embed
from bot.ui.reply import CALM, Reply
from bot.ui.stars import stars
from bot.ui.text import escape, person

BAR_WIDTH = 16


def profile(card: ProfileCard, owner_name: str, prefix: str) -> Reply:
    lines = [f"**MovieLens profile** {card.user_id}", f"**Ratings** {card.rated:,}"]
    if card.mean is not None:
        mean = f"**Mean** ★ {card.mean:.2f}"
        if card.others_mean is not None:
            mean += f" (MovieLens gives these films {card.others_mean:.2f})"
        lines.append(mean)
    if card.genres:
        lines.append(f"**Likes** {escape(', '.join(card.genres))}")
    lines.append(f"**Visible to** {_VISIBLE_TO[card.visibility]}")
    if card.histogram:
        lines.append(f"```\n{_bars(card.histogram)}\n```")
    else:
        lines.append(f"No ratings yet: {escape(prefix)}rate Toy Story 4.5")
    shown = embed(f"Profile of {person(owner_name)}", "\n".join(lines), CALM)
    return Reply(embed=shown)


_VISIBLE_TO = {"private": "nobody else", "server": "members of this server", "public": "everybody"}


def _bars(histogram: tuple[tuple[float, int], ...]) -> str:
    most = max(count for _, count in histogram)
    return "\n".join(
        f"{stars(rating):<5} {'█' * max(1, round(BAR_WIDTH * count / most))} {count}"
        for rating, count in reversed(histogram)
    )
