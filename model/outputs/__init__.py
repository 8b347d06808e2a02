"""Results become things people read: words, charts, tables, files."""
