"""Cogs, one file a topic: parse, ask one service, send one reply."""

EXTENSIONS = (
    "bot.exts.starting",
    "bot.exts.rating",
    "bot.exts.rated_films",
    "bot.exts.recommending",
    "bot.exts.filtering",
    "bot.exts.films",
    "bot.exts.explaining",
    "bot.exts.watchlist",
    "bot.exts.hiding",
    "bot.exts.shelving",
    "bot.exts.profiles",
    "bot.exts.privacy",
    "bot.exts.importing",
    "bot.exts.training",
    "bot.exts.information",
    "bot.exts.housekeeping",
    "bot.exts.operating",
    "bot.exts.menus",
    "bot.exts.owner",
)
