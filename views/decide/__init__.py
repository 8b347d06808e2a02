"""The Decide page (求解方案)."""
