"""Which type an expression has, as far as source and knowledge tell. Unknown is a value, and says why."""
