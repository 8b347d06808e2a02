"""Base years as things: kept, cloned, edited and exchanged, and filled in as a workbook."""
