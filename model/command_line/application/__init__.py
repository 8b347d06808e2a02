"""The app as a program: served on this machine, or packed for machines without internet."""
