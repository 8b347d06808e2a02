"""What people save and bring: scenario files, the library, spreadsheets, staff lists, and their faults."""
