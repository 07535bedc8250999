"""The film of a `why`: its title, in whatever question it stands."""

import re
from dataclasses import dataclass

from bot.errors import UserError
from bot.movies import MovieSearch
from bot.movies.asking import MovieNamed

_QUESTION = re.compile(
    r"(?:(?:is|was|ist|steht|war) (?P<listed>.+?)(?: (?:on|in|auf) (?:my|the|this|that|your|meiner|der|deiner)"
    r" (?:lists?|top ten|recommendations|listen?|empfehlungen))"
    r"|(?:do|did|would|are|were) you (?:recommend|suggest|show|pick|choose|recommending|suggesting)(?:ed)?(?: me)?"
    r" (?P<recommended>.+?)(?: to me)?"
    r"|(?:would|should|will|do|might) i (?:like|love|enjoy|watch|see) (?P<liked>.+?)"
    r"|(?:hast|empfiehlst) du (?:mir )?(?P<empfohlen>.+?)(?: empfohlen| vorgeschlagen)?"
    r"|(?:soll|sollte|würde) (?:ich|mir) (?P<gemocht>.+?) (?:gefallen|mögen|sehen|schauen|ansehen))[\s.!?]*",
    re.IGNORECASE,
)
_MENTION = re.compile(r"\s*(?:for |für )?<@!?\d+>[\s.!?]*")


@dataclass(eq=False)
class WhyForOthersError(UserError):
    """Asked for somebody else, whose stars are not the asker's to know."""

    title: str


class WhyNamed(MovieNamed):
    """Raises WhyForOthersError where somebody else is mentioned."""

    def title_in(self, search: MovieSearch, text: str) -> str:
        if _MENTION.search(text):
            raise WhyForOthersError(_MENTION.sub(" ", text).strip())
        said = None if search.is_name(text) else _QUESTION.fullmatch(text)
        return text if said is None else next(one for one in said.groups() if one)
