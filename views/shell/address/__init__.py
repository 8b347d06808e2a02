"""What the address of a page carries, and how it is read back."""
