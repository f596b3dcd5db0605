"""What each function does, in order: operations in blocks, and the branches between them."""
