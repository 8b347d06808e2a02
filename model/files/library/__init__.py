"""The library: the folder of plans that all on a server share, with its index and kept texts."""

from model.files.library.finals import Declaration, Final
from model.files.library.history import Note, Version
from model.files.library.library import (
    FOLDER,
    SETTING,
    SHIPPED,
    Conflict,
    Entry,
    Library,
    Opened,
    Saved,
    library_folder,
)
from model.files.library.shared_folder import Deleted, Refused

__all__ = [
    "FOLDER",
    "SETTING",
    "SHIPPED",
    "Conflict",
    "Declaration",
    "Deleted",
    "Entry",
    "Final",
    "Library",
    "Note",
    "Opened",
    "Refused",
    "Saved",
    "Version",
    "library_folder",
]
