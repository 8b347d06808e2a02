"""Does it hold (结论稳不稳): the sentence, the table, the chart and the document of a plan's stability."""
