"""The access log writes addresses as they were sent, and no token of a preview."""

import pytest

from app.edge.access_log import without_tokens

TOKEN = f"bp_{'aB-_9' * 9}"[:46]


@pytest.mark.parametrize(
    ("sent", "logged"),
    [
        (b"/v1/articles/caf%C3%A9", "/v1/articles/caf%C3%A9"),
        (b"/v1/a\nb", "/v1/a%0Ab"),
        (f"/v1/preview/{TOKEN}".encode(), "/v1/preview/…"),
        (b"/v1/preview/short/x", "/v1/preview/…/x"),
        (f"/v1/%70review/{TOKEN}".encode(), "/v1/preview/…"),
        (f"/v1/preview/%62{TOKEN[1:]}".encode(), "/v1/preview/…"),
        (f"//v1/preview//{TOKEN}\nx".encode(), "//v1/preview//…%0Ax"),
        (f"/v1/articles/{TOKEN}".encode(), "/v1/articles/…"),
    ],
)
def test_a_path_is_logged_without_what_opens_a_preview(
    sent: bytes, logged: str
) -> None:
    assert without_tokens(sent) == logged
