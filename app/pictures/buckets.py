"""Storage in a bucket (S3 and what speaks it), with the extra `s3`.

Keys and addresses of the service come from its own variables: `AWS_ACCESS_KEY_ID`,
`AWS_SECRET_ACCESS_KEY`, `AWS_REGION`, `AWS_ENDPOINT`.
"""

from contextlib import suppress
from pathlib import Path

try:
    import obstore
    from obstore.store import ObjectStore, S3Store
except ImportError as error:
    _missing: ImportError | None = error
else:
    _missing = None


class Bucket:
    """Storage in a bucket."""

    def __init__(self, store: "ObjectStore"):
        self._store = store

    @classmethod
    def at(cls, url: str) -> "Bucket":
        """Open the bucket of an address such as `s3://courier-media/pictures`."""
        if _missing:
            raise RuntimeError("media_bucket needs broadsheet[s3]") from _missing
        return cls(S3Store.from_url(url))

    def put(self, key: str, source: Path) -> None:
        obstore.put(self._store, key, source)

    def get(self, key: str) -> bytes | None:
        with suppress(FileNotFoundError):
            return obstore.get(self._store, key).bytes().to_bytes()
        return None

    def remove(self, folder: str) -> None:
        for found in obstore.list(self._store, folder):
            obstore.delete(self._store, [each["path"] for each in found])
