"""What a page draws again after a callback, and what it does where a part is not there."""

from streamlit.testing.v1 import AppTest


def _page_without_the_part() -> None:
    import streamlit as st

    from views.shell.session import session

    st.button("decide", key="decide", on_click=session.redraw_parts, args=("sentence of another page",))
    st.session_state.runs = st.session_state.get("runs", 0) + 1


def test_a_part_of_a_page_left_meanwhile_is_no_error():
    app = AppTest.from_function(_page_without_the_part).run()
    app.button("decide").click().run()
    assert not app.exception and app.session_state.runs == 2
