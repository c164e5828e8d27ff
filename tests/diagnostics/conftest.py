"""`--newcomers` writes what newcomers are told now into `newcomers.txt`."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--newcomers", action="store_true", help="write the present messages into tests/diagnostics/newcomers.txt"
    )
