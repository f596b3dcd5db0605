"""`python -m goleaklint` is the `goleaklint` command."""

from goleaklint.cli import main

if __name__ == "__main__":
    main()
