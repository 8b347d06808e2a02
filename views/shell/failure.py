"""What went wrong inside, in a sentence with a reference; the traceback stands under it in the log."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from streamlit.errors import FragmentHandledException
from streamlit.runtime.scriptrunner import get_script_run_ctx

from model.failures import log
from model.outputs.phrasing.markup import element
from model.outputs.phrasing.problems import failure_in_words, failure_notice
from views.shell.page import framework


def say(failure: Exception) -> bool:
    """Say in the reader's language that this place has no answer, and that the framework need say nothing.

    Drawn where the page failed; what was drawn elsewhere stays. In a callback, which has no place, it is a toast.
    """
    reference = log.note(failure)
    language = st.session_state.get("language", "zh")
    run = get_script_run_ctx()
    if run and not run.has_script_started:
        st.toast(failure_notice(reference, language), icon=":material/error:", duration="infinite")
    else:
        title, body = failure_in_words(reference, language)
        lines = (element("h3", title), element("p", body))
        st.html(element("div", *lines, class_="refusal", role="alert", data_failure=reference))
    framework.send()
    return True


@contextmanager
def said() -> Iterator[None]:
    """Say a failure and end the page as any other.

    After one that failed, the framework would still draw parts of the page before, in places that are gone.
    """
    try:
        yield
    except FragmentHandledException:
        # Said where the part is.
        return
    except Exception as failure:
        say(failure)
