"""Results become things people read: words, charts, tables. Imports the model; the model never imports it."""
