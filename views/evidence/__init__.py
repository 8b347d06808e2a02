"""The Evidence page (依据)."""
