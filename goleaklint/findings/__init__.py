"""What the rules found in, what the user is shown out: small steps, each a list in and a list out (`steps.py`)."""
