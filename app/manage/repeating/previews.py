"""The one answer that holds a secret: its token is stored nowhere, and made again.

The caller who repeats the request has the key that it was made from.
"""

from fastapi import Request

from app.access import tokens
from app.newsroom.teamwork.schemas import ArticlePreviewDetail, ArticlePreviewItem


def told(request: Request, preview: ArticlePreviewItem) -> ArticlePreviewDetail:
    """Tell the caller who made a preview what opens it."""
    token = tokens.again(request, preview.id).text
    api_url = request.app.state.settings.api_url
    return ArticlePreviewDetail(
        **dict(preview), token=token, url=f"{api_url}/v1/preview/{token}"
    )
