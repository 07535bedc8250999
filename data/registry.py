"""The data sets GroupLens publishes, by the name in `DATASET`."""

from dataclasses import dataclass

DEFAULT_BASE_URL = "https://files.grouplens.org/datasets/movielens/"
SAMPLE = "sample"


@dataclass(frozen=True, slots=True)
class Published:
    """A zip on the server. `hash` is `algorithm:hexdigest`, None where the `.md5` beside the zip decides.

    `replaceable`: GroupLens may put a newer edition in its place, so on a mismatch the `.md5` decides.
    """

    name: str
    hash: str | None
    replaceable: bool = False

    @property
    def file(self) -> str:
        return f"{self.name}.zip"


PUBLISHED = {
    one.name: one
    for one in (
        Published(
            "ml-latest-small",  # edition of 2018-09-26
            "sha256:696d65a3dfceac7c45750ad32df2c259311949efec81f0f144fdfb91ebc9e436",
            replaceable=True,
        ),
        Published("ml-latest", None, replaceable=True),
        Published("ml-32m", "md5:d472be332d4daa821edc399621853b57"),
        Published("ml-25m", "md5:6b51fb2759a8657d3bfcbfc42b592ada"),
        Published("ml-20m", "md5:cd245b17a1ae2cc31bb14903e1204af3"),
        Published("ml-10m", "md5:ce571fd55effeba0271552578f2648bd"),
        Published("ml-1m", "md5:c4d9eecfca2ab87c1945afe126590906"),
        Published("ml-100k", "md5:0e33842e24a9c977be4e0107933c0723"),
    )
}
KNOWN_NAMES = (*PUBLISHED, SAMPLE)
