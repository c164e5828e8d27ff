"""`pytest tests/suite --rewrite` writes what the compiler says now into the films; read the difference before you commit it."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite", action="store_true", help="write the present diagnostics into tests/suite/*.apex")
