"""One page of the app by itself, without the navigation around it."""

import time

import pyarrow as pa
from streamlit.testing.v1 import AppTest

PATIENCE = 180.0
"""Seconds that an answer is waited for."""
LOCALES = {"zh": "zh-CN", "en": "en-US"}


def _page(name: str) -> None:
    from importlib import import_module

    from views.shell.session import session

    session.start()
    getattr(import_module(f"views.{name}.page"), name)()


def opened_page(name: str, language: str, /, **address: str) -> AppTest:
    """The page run once, in a browser of this language, at an address with these parameters."""
    app = AppTest.from_function(_page, kwargs={"name": name}, default_timeout=60)
    app.context["locale"] = LOCALES[language]
    for key, value in address.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


def answered(app: AppTest) -> AppTest:
    """The page once the answer that it works on is there."""
    deadline = time.monotonic() + PATIENCE
    while any(button.key.startswith("stop-") for button in app.button) and time.monotonic() < deadline:
        for _, work in app.session_state["work"].values():
            work.wait(PATIENCE)
        app.run()
    assert not app.exception, app.exception
    return app


def drawn_html(app: AppTest) -> str:
    """All HTML that a page draws."""
    return "\n".join(part.proto.body for part in app.get("html"))


def table_cells(app: AppTest) -> dict[str, list[str]]:
    """The cells of the first table as they are shown, by column."""
    styled = pa.ipc.open_stream(app.dataframe[0].proto.arrow_data.styler.display_values).read_pandas()
    return {column: [str(cell) for cell in styled[column]] for column in styled}
