"""Where are documents and terms kept, and candidates found? `protocol` is the seam; `embedded` is one machine."""
