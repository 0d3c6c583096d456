"""The parts of the service, each alone."""
