"""`python -m apexlang.cli`, for where no script is installed."""

from apexlang.cli.app import main

if __name__ == "__main__":
    main()
