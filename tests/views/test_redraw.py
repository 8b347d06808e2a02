"""What a page draws again after a callback where the whole page was asked for, and what no other run may end."""

from streamlit.testing.v1 import AppTest

from views.shell.session.whole import whole


def _page() -> None:
    import streamlit as st

    from views.shell.session import redraw

    @st.fragment(key="part")
    def part() -> None:
        st.button("decide", key="decide", on_click=redraw.parts, args=("part",))

    part()
    st.session_state.runs = st.session_state.get("runs", 0) + 1


def test_a_page_asked_for_with_a_change_to_a_part_is_drawn_whole():
    """A test client always asks for the page, as a save does whose answer the browser has not got yet."""
    app = AppTest.from_function(_page).run()
    app.button("decide").click().run()
    assert not app.exception and app.session_state.runs == 2


def _interrupted() -> None:
    import streamlit as st
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    from views.shell.session.whole import keep_callbacks_whole, whole

    def ask_to_stop() -> None:
        get_script_run_ctx().script_requests.request_stop()

    def decide() -> None:
        ask_to_stop()
        st.session_state.first = 1
        st.session_state.second = 2

    keep_callbacks_whole()
    keep_callbacks_whole()
    st.button("decide", key="decide", on_click=decide)
    if st.session_state.get("is_written"):
        with whole():
            ask_to_stop()
            st.session_state.third = 3
        st.session_state.fourth = 4


def test_a_callback_is_done_whole_though_its_run_should_end():
    app = AppTest.from_function(_interrupted).run()
    app.button("decide").click().run()
    assert (app.session_state.first, app.session_state.second) == (1, 2)


def test_a_step_is_done_whole_and_the_run_ends_after_it():
    app = AppTest.from_function(_interrupted)
    app.session_state.is_written = True
    app.run()
    assert app.session_state.third == 3
    assert "fourth" not in app.session_state


def test_outside_a_run_a_step_is_done_as_any_other():
    with whole():
        pass
