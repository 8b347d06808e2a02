"""The parts that the answers of the Decide page are drawn with."""
