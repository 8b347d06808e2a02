"""The model's version and what changed with each.

It rises whenever the same scenario, draws and seed may give other numbers; CHANGES.md says which and by how much.
"""

MODEL_VERSION = "2.2.1"
