"""The Decide page (寻优)."""
