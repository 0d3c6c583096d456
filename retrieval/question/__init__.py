"""What does a typed question ask? How it was meant, which words it has, and what kind of answer it wants."""
