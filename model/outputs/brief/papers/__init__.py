"""Papers: of a plan a report, a request and a quality sheet, of a comparison a report."""
