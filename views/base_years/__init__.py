"""The Base years page: whose figures stand beneath, how they fit together, and how to bring one's own."""
