"""Tells the log that the database cannot be used: members, who meet it, cannot mend it."""

import logging
import math
import time

from data.store import StoreUnavailableError

log = logging.getLogger(__name__)

ALARM_EVERY_S = 60.0


class Alarm:
    """One line for each kind of trouble, at most once in `ALARM_EVERY_S`."""

    def __init__(self) -> None:
        self._told_s: dict[str, float] = {}

    def __call__(self, trouble: StoreUnavailableError) -> None:
        now_s = time.monotonic()
        if now_s - self._told_s.get(str(trouble), -math.inf) >= ALARM_EVERY_S:
            self._told_s[str(trouble)] = now_s
            log.error("%s; who asked was told that nothing was written", trouble)
