"""The real server on a loopback port, asked by the clients that people use."""
