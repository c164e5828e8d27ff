"""The version of the package; read by the build, by `apexc --version` and by keys of the tools that shape an output."""

__version__ = "0.1.0"
