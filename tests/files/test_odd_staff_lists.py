"""A staff list in an odd form is read as its owner means it, or refused; never read as something else."""

import pytest
from staff_list_files import as_csv, as_xlsx, changed, found, rewritten

SHEET = "xl/worksheets/sheet1.xml"


# Marks of footnotes.


@pytest.mark.parametrize("mark", ["①", "²", "₁", "㊂"])
def test_a_number_with_the_mark_of_a_footnote_is_not_read_as_a_longer_one(mark):
    cells = {"C3": f"79{mark}"}
    assert found(as_csv(changed(cells))) == found(as_xlsx(changed(cells))) == [("not_a_number", "C3", f"79{mark}")]


@pytest.mark.parametrize("how", ["superscript", "subscript"])
def test_a_raised_part_of_a_cell_is_no_digit_of_its_number(how):
    rich = f'<r><t>79</t></r><r><rPr><vertAlign val="{how}"/></rPr><t>1</t></r>'.encode()
    data = rewritten(as_xlsx(changed({"C3": "some"})), SHEET, b"<t>some</t>", rich)
    assert found(data) == [("not_a_number", "C3", "79¹")]
