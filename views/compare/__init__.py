"""The Compare page (对比)."""
