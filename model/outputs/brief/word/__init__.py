"""Papers of a plan in Word, in the form of official documents: a report, and a request of one page."""
