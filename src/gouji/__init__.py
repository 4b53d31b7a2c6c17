"""gouji 勾稽: recomputes every claim that a budget performance report makes with figures."""

__version__ = "0.1.0"
