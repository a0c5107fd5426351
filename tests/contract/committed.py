"""The two OpenAPI documents as they are committed.

Making one takes seconds. test_openapi.py makes each once and proves it to be the
committed one, so that whatever else is asked of a document is asked of its file.
"""

import json
from pathlib import Path

from tests.newsroom import Json

SNAPSHOTS = Path(__file__).parent / "snapshots"


def _committed(name: str) -> Json:
    document: Json = json.loads((SNAPSHOTS / name).read_bytes())
    return document


PUBLIC = _committed("openapi.json")
MANAGE = _committed("manage-openapi.json")
