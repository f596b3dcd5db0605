"""One file per rule, `glNNN_slug.py`: its text, its identity and its check. `_registry` finds them in this folder."""
