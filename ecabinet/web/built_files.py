"""Serves what the build wrote: its names carry a hash, so a browser may keep each file for ever."""

from os import stat_result

from starlette.responses import Response
from starlette.staticfiles import PathLike, StaticFiles
from starlette.types import Scope

FOR_EVER = "public, max-age=31536000, immutable"


class BuiltFiles(StaticFiles):
    """The scripts, styles, icons and fonts; nothing in them is private."""

    def file_response(
        self, full_path: PathLike, stat_result: stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        answer = super().file_response(full_path, stat_result, scope, status_code)
        answer.headers["Cache-Control"] = FOR_EVER
        return answer
