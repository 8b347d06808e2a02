"""The Prefectures page (市州)."""
