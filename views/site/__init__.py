"""What is served: the pages in their frame, and the server around them."""
