"""The questions of the Decide page, one file each."""
