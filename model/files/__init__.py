"""What people save and bring: TOML, the scenario library, spreadsheets, staff lists, and what is wrong with them."""
