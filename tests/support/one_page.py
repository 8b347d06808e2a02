"""One page of the app by itself, without the navigation around it."""

from streamlit.testing.v1 import AppTest

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


def drawn_html(app: AppTest) -> str:
    """All HTML that a page draws."""
    return "\n".join(part.proto.body for part in app.get("html"))
