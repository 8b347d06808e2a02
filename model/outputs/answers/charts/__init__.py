"""The charts of the answers."""
