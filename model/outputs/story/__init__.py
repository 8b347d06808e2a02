"""The story of a plan or a comparison slide by slide, and its file of slides."""
