"""Tests, as one package, so that benchmarks may use the Bot API server in it."""
