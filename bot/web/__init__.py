"""The service over HTTP: an interface for programs, a page and a widget for people, and others' shapes."""
