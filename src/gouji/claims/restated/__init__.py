"""One fact stated in several places."""
