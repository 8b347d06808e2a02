"""What a page draws again after a callback where the whole page was asked for."""

from streamlit.testing.v1 import AppTest


def _page() -> None:
    import streamlit as st

    from views.shell.session import session

    @st.fragment(key="part")
    def part() -> None:
        st.button("decide", key="decide", on_click=session.redraw_parts, args=("part",))

    part()
    st.session_state.runs = st.session_state.get("runs", 0) + 1


def test_a_page_asked_for_with_a_change_to_a_part_is_drawn_whole():
    """A test client always asks for the page, as a save does whose answer the browser has not got yet."""
    app = AppTest.from_function(_page).run()
    app.button("decide").click().run()
    assert not app.exception and app.session_state.runs == 2
