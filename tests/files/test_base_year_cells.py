"""What people write into a cell is read as they mean it, or named."""

from calendar import monthrange
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.files.base_years.cell_values import WrongCell, amount, day, days, is_span, is_unknown, years_between
from model.files.base_years.places import amount_text
from model.files.tables.sheet import Formula, Percentage

ONE = {
    "1,234": 1234,
    "1，234": 1234,
    " 41 人 ": 41,
    "41人": 41,
    "７，００７宗": 7007,
    "7249 km²": 7249,
    "1.2万": 12000,
    "17.1732万家次": 171732,
    "1.3亿元": 130_000_000,
    "２３５９": 2359,
    "2359.0": 2359,
    "-0.15": -0.15,
    "12 days": 12,
    "30 km/h": 30,
    "1e4": 10000,
    "'2359": 2359,
    "61,500家次/年": 61500,
    2359: 2359,
    0.5: 0.5,
}
RANGES = {
    "40-51-80": (40, 51, 80),
    "40–51–80": (40, 51, 80),
    "40~51~80": (40, 51, 80),
    "40～51～80": (40, 51, 80),
    "40至51至80": (40, 51, 80),
    "40 到 51 到 80": (40, 51, 80),
    "40 51 80": (40, 51, 80),
    "95 980 1040": (95, 980, 1040),
    "40人-51人-80人": (40, 51, 80),
    "-0.15–0.05–0.2": (-0.15, 0.05, 0.2),
    "-0.3 - -0.2 - -0.1": (-0.3, -0.2, -0.1),
    "1,000-2,000-3,000": (1000, 2000, 3000),
    "1.5万-2万-2.5万": (15000, 20000, 25000),
}
WRONG = {
    "many": "no_number",
    "约41人": "no_number",
    "1 234": "spaced_thousands",
    "1 235 900": "spaced_thousands",
    "18\u00a0676\u202f605人": "spaced_thousands",
    "842①": "footnote",
    "7007²": "footnote",
    "7007₂件": "footnote",
    "40-80": "two_numbers",
    "80-51-40": "not_in_order",
    "1-2-3-4": "no_number",
    "40-51-": "no_number",
    "1,23": "no_number",
    "2002-03-05T00:00:00": "date_for_number",
    "2002-03-05": "date_for_number",
    "63.8%": "percentage",
    "9" * 400: "no_number",
    "人": "no_number",
    "nan": "no_number",
    "inf": "no_number",
    "#REF!": "no_number",
    True: "no_number",
    float("nan"): "no_number",
    float("inf"): "no_number",
}


@pytest.mark.parametrize(("written", "meant"), ONE.items())
def test_a_number_as_people_write_it(written, meant):
    assert amount(written) == (meant, meant, meant)


@pytest.mark.parametrize(("written", "meant"), RANGES.items())
def test_a_range_as_people_write_it(written, meant):
    assert amount(written) == meant


@pytest.mark.parametrize(("written", "code"), WRONG.items())
def test_what_is_neither_is_named(written, code):
    with pytest.raises(WrongCell) as wrong:
        amount(written)
    assert wrong.value.code == code


@pytest.mark.parametrize("written", [None, "", "  ", "-", "—", "/", "不详", "未知", "N/A", "　"])
def test_what_is_not_known_is_no_number(written):
    assert is_unknown(written) and amount(written) is None and day(written) is None


def test_a_share_may_be_a_percentage_and_nothing_else_may():
    assert amount("63.8%", "fraction") == amount("６３．８％", "fraction") == (0.638,) * 3
    assert amount("50%-70%-95%", "fraction") == (0.5, 0.7, 0.95)
    assert amount(Percentage(0.638), "fraction") == (0.638,) * 3
    with pytest.raises(WrongCell, match="percentage"):
        amount(Percentage(0.638), "people")


def test_yuan_of_a_column_in_100_million():
    assert [amount(text, "100m yuan")[1] for text in ("13270.7", "13270.7亿元", "1.32707万亿元")] == [13270.7] * 3


def test_two_numbers_are_answered_with_the_three_to_write():
    with pytest.raises(WrongCell) as wrong:
        amount("40-80")
    assert wrong.value.right == {"low": 40, "high": 80, "mid": 60}


def test_a_formula_without_its_value_is_named():
    with pytest.raises(WrongCell, match="formula"):
        amount(Formula("=A1"))


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2016-01-01", (2016, 1, 1), (2016, 1, 1)),
        ("2016/6/30", (2016, 6, 30), (2016, 6, 30)),
        ("2016.6.30", (2016, 6, 30), (2016, 6, 30)),
        ("２０１６年６月３０日", (2016, 6, 30), (2016, 6, 30)),
        ("2016年2月", (2016, 2, 1), (2016, 2, 29)),
        ("2016-02", (2016, 2, 1), (2016, 2, 29)),
        ("2016年", (2016, 1, 1), (2016, 12, 31)),
        (2016, (2016, 1, 1), (2016, 12, 31)),
        ("2016-06-30T00:00:00", (2016, 6, 30), (2016, 6, 30)),
        ("2016-06-30 00:00", (2016, 6, 30), (2016, 6, 30)),
        (42551, (2016, 6, 30), (2016, 6, 30)),
    ],
)
def test_a_day_as_text_or_as_a_spreadsheet_holds_it(written, first, last):
    assert (day(written), day(written, last=True)) == (date(*first), date(*last))


@pytest.mark.parametrize(
    "written",
    [
        *("2016年1-6月", "2016.1-6", "2016/1-6", "2016年1月-6月", "2016年1至6月", "2016-1~6", "2016.1-2016.6"),
        *("2016年1月1日-6月30日", "2016.1.1-6.30", "2016年1月至2016年6月", "2016 年 1 — 6 月"),
    ],
)
def test_a_span_of_months_is_no_day(written):
    """2016.1-6 was taken for the sixth of January, and the cases of six months for those of as many days."""
    assert days(written) == (date(2016, 1, 1), date(2016, 6, 30)) and is_span(written)
    assert (day(written), day(written, last=True)) == days(written)


@pytest.mark.parametrize(
    ("written", "months"),
    [
        *((text, (1, 12)) for text in ("2016年度", "2016 年全年", "2016全年", "full year 2016")),
        *((text, (1, 6)) for text in ("2016年上半年", "２０１６年上半年", "2016 H1", "first half 2016")),
        *((text, (4, 6)) for text in ("2016年第二季度", "2016年二季度", "2016年2季度", "2016Q2", "Q2 2016")),
        *((text, (1, 9)) for text in ("2016年前三季度", "2016年1-3季度", "2016年前9个月", "2016年1-9月份")),
    ],
)
def test_a_part_of_a_year_may_have_its_name(written, months):
    last = date(2016, months[1], monthrange(2016, months[1])[1])
    assert days(written) == (date(2016, months[0], 1), last) and is_span(written)


def test_a_span_of_years_ends_with_the_last():
    assert days("2016-2017") == (date(2016, 1, 1), date(2017, 12, 31))
    assert days("2016年") == (date(2016, 1, 1), date(2016, 12, 31)) and not is_span("2016年")


@pytest.mark.parametrize(
    "written",
    ["2016-1/6", "2016年1-6", "2016-1–6", "2016年6-1月", "2016年1月1日-6", "2016年第五季度", "2016年春", 2016.1],
)
def test_what_could_be_a_day_or_a_span_is_named(written):
    with pytest.raises(WrongCell, match="no_date"):
        day(written)


def test_the_mark_of_a_footnote_is_no_part_of_a_date():
    with pytest.raises(WrongCell, match="footnote"):
        day("2016-06-1①")


@pytest.mark.parametrize("written", ["2016-13-01", "2016-02-30", "上半年", "16-1-1", 0, "2016-01-01/2016-06-30", 1e20])
def test_what_is_no_day_is_named(written):
    with pytest.raises(WrongCell, match="no_date"):
        day(written)


def test_years_are_shares_of_their_own_year():
    assert years_between(date(2016, 1, 1), date(2016, 6, 30)) == round(182 / 366, 4)
    assert years_between(date(2019, 1, 1), date(2020, 12, 31)) == 2
    assert years_between(date(2019, 1, 1), date(2021, 10, 25)) == round(2 + 298 / 365, 4)


@given(st.lists(st.floats(-1e9, 1e9).filter(lambda x: x == 0 or abs(x) > 1e-9), min_size=3, max_size=3))
def test_what_the_workbook_writes_is_read_back_to_the_last_digit(numbers):
    written = tuple(sorted(round(number, 6) for number in numbers))
    assert amount(amount_text(written)) == written


@given(st.one_of(st.text(max_size=40), st.text("0123456789.,-~至万%人 eE", max_size=20), st.floats(), st.booleans()))
def test_any_cell_is_an_amount_or_named(cell):
    for read in (amount, day):
        try:
            found = read(cell)
        except WrongCell:
            continue
        if read is amount and found:
            assert found[0] <= found[1] <= found[2] and abs(found[2]) < float("inf")


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        *(("90天", "years"), ("6个月", "years"), ("30天", "years"), ("2年", "months")),
        *(("0.5小时", "person-days"), ("7天", "hours"), ("10小时", "days a year")),
        *(("7249人", "km2"), ("100公里", "people"), ("13270.7元", "100m yuan"), ("842家", "yuan")),
    ],
)
def test_a_unit_of_something_else_is_named_with_the_right_one(written, unit):
    """Ninety days of cases were taken for those of ninety years."""
    with pytest.raises(WrongCell, match="other_unit") as wrong:
        amount(written, unit)
    assert wrong.value.right == {"units": (unit,)}


@pytest.mark.parametrize(
    ("written", "unit", "meant"),
    [
        *(("2.814 年", "years", 2.814), ("90天", "calendar days", 90), ("12 days", "days a year", 12)),
        *(("8小时", "hours", 8), ("6个月", "months", 6), ("1.5人日", "person-days", 1.5), ("30公里", "km/h", 30)),
        *(("7249平方公里", "km2", 7249), ("7007宗", "cases", 7007), ("95个", "bodies", 95), ("560人", "fraction", 560)),
        *(("61,500家次/年", "visits a year", 61500), ("1.3亿元", "yuan", 130_000_000), ("2倍", "times", 2)),
        *(("132707000万元", "100m yuan", 13270.7), ("5匹", "", None), ("5天", "horses", 5)),
    ],
)
def test_a_unit_of_its_own_may_stand_beside_a_number(written, unit, meant):
    if meant is None:
        with pytest.raises(WrongCell, match="no_number"):
            amount(written, unit)
    else:
        assert amount(written, unit) == (meant,) * 3
