"""One slider, one chart, as anybody would write them: what a step is measured against (`test_step.py`)."""

import altair as alt
import pandas as pd
import streamlit as st

moved = st.slider("people", 0, 2359, 100, key="people")
rows = pd.DataFrame({"tier": ["a", "b", "c"], "people": [moved, 2 * moved, 2359 - moved]})
st.altair_chart(alt.Chart(rows).mark_bar().encode(x="people", y="tier"))
