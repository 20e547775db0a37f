"""How the answers of this assignment are read, and its figures judged."""
