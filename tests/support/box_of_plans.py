"""The box of plans on a page without a browser."""

from streamlit.testing.v1 import AppTest

from views.shell.files.library import BOX


def open_box(app: AppTest) -> str:
    """Have the box open when the page is drawn next, under the key that it has by now."""
    key = f"{BOX}--{app.session_state['widget_versions'][BOX]}"
    app.session_state[key] = True
    return key
