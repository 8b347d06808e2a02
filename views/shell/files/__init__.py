"""The plan's file: the library, saving, and notices above the page."""
