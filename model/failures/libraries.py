"""The libraries that serve exports and uploads only: imported when one is wanted, and missed in words."""

from functools import cache

from model.failures import log


class NoLibrary(ImportError):
    """A library cannot be had: `package` is its name for pip, `reference` that of the reason in the log."""

    def __init__(self, package: str, reference: str):
        super().__init__(package)
        self.package, self.reference = package, reference


def require(*packages: str) -> None:
    """Import libraries, those first that others need; NoLibrary for the first that is missing or broken."""
    for package in packages:
        if reference := _fault(package):
            raise NoLibrary(package, reference)


@cache
def _fault(package: str) -> str:
    """The reference of why a library cannot be imported; empty where it can."""
    try:
        _IMPORTS[package]()
    except Exception as failure:  # a broken library raises whatever its halves lead it into
        return log.note(failure)
    return ""


def _openpyxl() -> None:
    import openpyxl.workbook  # noqa: F401


def _pptx() -> None:
    import pptx.chart.data  # noqa: F401


def _docx() -> None:
    import docx.document  # noqa: F401


def _vl_convert() -> None:
    import vl_convert  # noqa: F401


def _xlsxwriter() -> None:
    import xlsxwriter.workbook  # noqa: F401


def _distributed() -> None:
    import distributed  # noqa: F401


_IMPORTS = {
    "openpyxl": _openpyxl,
    "XlsxWriter": _xlsxwriter,
    "python-pptx": _pptx,
    "python-docx": _docx,
    "vl-convert-python": _vl_convert,
    "distributed": _distributed,
}
CLUSTER = ("distributed",)
"""What a sweep on a cluster needs."""
LIBRARIES = tuple(package for package in _IMPORTS if package not in CLUSTER)
"""What exports and uploads need."""
SLIDES = ("XlsxWriter", "python-pptx")
"""What a file of slides needs; python-pptx writes the figures of its charts with XlsxWriter."""
WORKBOOK = ("XlsxWriter",)
WORD = ("python-docx",)
PICTURES = ("vl-convert-python",)
SHEETS = ("openpyxl",)
"""What a workbook that is written, a paper in Word, a picture, and a workbook that is read or filled in need."""
