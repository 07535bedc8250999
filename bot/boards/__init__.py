"""What a server thinks of films together: its boards, and who is kept off them."""

from bot.boards.quarantine import QuarantineService
from bot.boards.service import BoardService

__all__ = ["BoardService", "QuarantineService"]
