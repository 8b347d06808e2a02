"""The model's version: changes whenever the same scenario, draws and seed may give other numbers."""

MODEL_VERSION = "1.1.0"
