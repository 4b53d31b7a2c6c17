"""The service over HTTP: pages for people, /v1 for programs."""
