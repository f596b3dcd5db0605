"""What the files of a package declare, and what each name in a function refers to."""
