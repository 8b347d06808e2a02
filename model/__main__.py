"""`python -m model`: the command line."""

from model.command_line.main import run

if __name__ == "__main__":
    run()
