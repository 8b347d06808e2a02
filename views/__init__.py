"""The pages, the levers, the session.

Streamlit lives here and in app.py, nowhere else.
"""
