"""Tables that people bring, as workbook or text: safe cells, and the staff list read from them."""
