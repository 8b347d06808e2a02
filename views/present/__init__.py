"""The Present page (汇报)."""
