"""What somebody feels, which is not what they want to see: `I'm sad, cheer me up`."""

import re

_DEGREES = r"(?:(?:so|very|really|too|just|a bit|a little|kind of|kinda|pretty|quite|feeling|today) )*"
_LOW = (
    r"(?:sad|lonely|down|low|blue|depressed|miserable|unhappy|gloomy|heartbroken|stressed(?: out)?|anxious)"
    r"(?: (?:today|tonight|right now|now|lately))?"
)
_WHO = r"(?:i['’]?m|i am|we['’]?re|we are|(?:i |we )?feel|feeling|i['’]?ve been)"
_ENDS = r"(?=\s*(?:[,.;:!]|and\b|so\b|but\b|$))"
_DAY = r"(?:bad|sad|rough|horrible|terrible|awful) day"
_FELT = re.compile(
    rf"(?<!\w){_WHO} {_DEGREES}{_LOW}{_ENDS}"
    rf"|(?<!\w)(?:i(?:['’]?ve)? )?(?:had|have|having) (?:a|such a) (?:really |very |pretty )?{_DAY}",
    re.IGNORECASE,
)
CHEERING = "feel-good"
"""What is looked for where nothing else is asked for."""


def unfelt(text: str) -> str:
    """The text with blanks in the place of what its writer feels."""
    return _FELT.sub(lambda felt: " " * len(felt[0]), text)
