"""Tests of what the chat channels are made of."""
