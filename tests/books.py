"""Reading the workbooks that pages answer with."""

from io import BytesIO

from python_calamine import CalamineWorkbook
from werkzeug.test import TestResponse


def rows_of(answer: TestResponse) -> list[list[object]]:
    """Return the cells of a list that left, from its heading on."""
    return CalamineWorkbook.from_filelike(BytesIO(answer.data)).get_sheet_by_index(0).to_python()[3:]
