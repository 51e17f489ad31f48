"""The core of ojr_desk: registers, rules, store, paper and exchange. It runs without Qt."""

__version__ = "0.1.0"
