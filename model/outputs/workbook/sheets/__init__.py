"""The sheets of the workbook, each with the function that writes it, and the inputs they share."""
