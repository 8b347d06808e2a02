"""The entry of Frontline (一线): the server of the pages in views/site."""

import streamlit as st

from views.shell import failure
from views.shell.session.requests import lose_nothing
from views.shell.session.whole import keep_callbacks_whole
from views.site.door import door
from views.site.machine import compute_on_one_core, read_library_ahead, share_stores
from views.site.rooms import FRAME

share_stores()
compute_on_one_core()
keep_callbacks_whole()
lose_nothing()
read_library_ahead()
app = st.App(FRAME, middleware=door(), on_script_error=failure.say)
