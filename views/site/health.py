"""Whether the server does its work: its version, the base years it knows, whether plans can be saved."""

import tempfile

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from model.evidence.base_year_folders import baseline_ids
from model.files.disk import nearest
from model.files.library import library_folder
from model.version import MODEL_VERSION

ADDRESS, FRAMEWORKS_OWN = "/health", "/_stcore/health"
UNWRITABLE = 503


class Health:
    """Answers at `/health`, below the address that the app stands under; all else goes on."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"] if scope["type"] == "http" else ""
        if not path.endswith(ADDRESS) or path.endswith(FRAMEWORKS_OWN):
            await self.app(scope, receive, send)
            return
        told = await run_in_threadpool(health)
        code = 200 if told["library"] == "writable" else UNWRITABLE
        await JSONResponse(told, code)(scope, receive, send)


def health() -> dict[str, str | list[str]]:
    """Version, ids of the base years, and whether a file can be made where the library is or will be."""
    try:
        with tempfile.TemporaryFile(dir=nearest(library_folder())):
            library = "writable"
    except OSError as error:
        library = error.strerror or "not writable"
    return {"version": MODEL_VERSION, "base_years": baseline_ids(), "library": library}
