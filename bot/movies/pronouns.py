"""Words that stand for the film that is spoken of."""

import re

_IT = re.compile(r"(?:it|this|that)(?:\s+(?:one|film|movie))?|the (?:film|movie)|", re.IGNORECASE)


def is_pronoun(title: str) -> bool:
    """Whether it stands for a film that was spoken of: `it`, `that one`, or nothing at all."""
    return _IT.fullmatch(title) is not None
