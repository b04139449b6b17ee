"""The results as a workbook, for those who calculate on."""
