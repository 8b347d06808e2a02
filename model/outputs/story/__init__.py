"""A plan or a comparison told slide by slide, on the page and as a file of slides."""
