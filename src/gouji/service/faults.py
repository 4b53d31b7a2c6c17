"""What can be wrong with a request: each has a status, a code that programs read and words for people."""

from __future__ import annotations

from typing import Any

from gouji.model.text import Text


class Fault(Exception):  # noqa: N818 - a fault of the request
    """A request that is refused. `code` is part of the interface; `detail` says more, for programs."""

    status = 400
    code = "invalid"

    def __init__(self, text: Text, code: str | None = None, headers: dict[str, str] | None = None, **detail: Any) -> None:
        super().__init__(text.en)
        self.text = text
        self.code = code or type(self).code
        self.headers = headers or {}
        self.detail = detail


class Invalid(Fault):
    """Something asked for is not possible or not well-formed."""

    status, code = 422, "invalid"


class NotSignedIn(Fault):
    """Nobody, or somebody whose session or token does not hold."""

    status, code = 401, "not-signed-in"

    def __init__(self, text: Text | None = None) -> None:
        said = text or Text("请先登录", "sign in first")
        super().__init__(said, headers={"WWW-Authenticate": 'Bearer realm="gouji"'})


class Forbidden(Fault):
    """Seen, but not allowed."""

    status, code = 403, "forbidden"

    def __init__(self, text: Text | None = None) -> None:
        super().__init__(text or Text("没有此项权限", "you may not do this"))


class NotFound(Fault):
    """Not there, or nothing that the asker may know of: both answer the same."""

    status, code = 404, "not-found"

    def __init__(self) -> None:
        super().__init__(Text("没有找到", "not found"))


class Conflict(Fault):
    """Not in this state."""

    status, code = 409, "conflict"


class TooLarge(Fault):
    """More bytes, or more files, than the limits allow."""

    status, code = 413, "too-large"


class TooMany(Fault):
    """Too many requests."""

    status, code = 429, "too-many-requests"

    def __init__(self, seconds: int) -> None:
        said = Text(f"请求过多，请 {seconds} 秒后再试", f"too many requests; try again in {seconds} s")
        super().__init__(said, headers={"Retry-After": str(seconds)})
