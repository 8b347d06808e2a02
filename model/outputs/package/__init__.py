"""Packages: everything that a plan or a comparison is handed out as, together or one by one."""
