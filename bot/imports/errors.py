"""What can be wrong with an attachment that is to be imported."""

from dataclasses import dataclass
from typing import Literal

from bot.errors import UserError

ImportFault = Literal[
    "too_large",
    "unpacks_large",
    "damaged",
    "encrypted",
    "unknown",
    "too_many_rows",
    "several_people",
    "no_ratings",
    "several_files",
    "not_fetched",
]


@dataclass(eq=False)
class ImportFileError(UserError):
    """An attachment that cannot be imported."""

    reason: ImportFault
