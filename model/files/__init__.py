"""What people save and bring: scenario files, the library, sheets, staff lists, and their faults."""
