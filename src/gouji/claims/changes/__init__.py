"""Changes: growth, differences, savings, and the words of their direction."""
