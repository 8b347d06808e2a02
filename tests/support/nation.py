"""The nation as a base year: 31 provinces in the workbook's rows of prefectures, typed in as a ministry would.

Every province stands as a row and as its own province, so that the tiers keep their meaning and the law its place: 31
provincial bureaus, in each province one pool of its prefecture bureaus (447 in all) and one of its counties (2,404).
1 + 31 pools with the ministry at the top would put the legal review of every county file at the province.

Known are people (more than 80,000), bodies (2,883; 32 + 447 + 2,404), cases (decisions of 2021), off-site checks with
their problems, and the share of special cases (11 %). Places, residents and areas are of the census of 2020. People by
tier are about 60, 40 and 25 a body. Visits, frontline officers and merged bodies are not known; the rest is Hunan's.
"""

from base_year_workbooks import Typed, filled

from model.files.base_years.store import BaseYears
from model.files.library import Saved
from model.outputs.workbook.base_year_form import COLUMNS

DAY = "2026-11-27"
ID = "nation-2020"
TYPED: Typed = {
    ("source", "name_zh", "value"): "全国 2020",
    ("source", "name_en", "value"): "Nation 2020",
    ("source", "year", "value"): "2020",
    ("source", "source_zh", "value"): "生态环境部执法局负责人，2021 年",
    ("source", "source_en", "value"): "Head of the ministry's enforcement bureau, 2021",
    ("source", "rules", "value"): "2021",
    ("force", "staff_total", "value"): "8万人",
    ("force", "staff_province", "value"): "1200-1900-3000",
    ("force", "staff_city", "value"): "12000-18000-25000",
    ("force", "bodies_total", "value"): "2,883",
    ("force", "bodies_county", "value"): "2,404",
    ("counts", "cases_total", "value"): "132,818件",
    ("counts", "cases_total", "from"): "2021-01-01",
    ("counts", "cases_total", "to"): "2021-12-31",
    ("counts", "offsite_checks", "value"): "49.24万次",
    ("counts", "offsite_checks", "from"): "2020-03",
    ("counts", "offsite_checks", "to"): "2021-03",
    ("counts", "offsite_problems", "value"): "12,591",
    ("counts", "offsite_problems", "from"): "2020-03",
    ("counts", "offsite_problems", "to"): "2021-03",
    ("assumptions", "special_share", "value"): "11%",
}
PROVINCES = """北京市 Beijing 16 21893095 16410
天津市 Tianjin 16 13866009 11917
河北省 Hebei 167 74610235 188500
山西省 Shanxi 117 34915616 156700
内蒙古自治区 Inner-Mongolia 103 24049155 1183000
辽宁省 Liaoning 100 42591407 148600
吉林省 Jilin 60 24073453 187400
黑龙江省 Heilongjiang 121 31850088 473000
上海市 Shanghai 16 24870895 6341
江苏省 Jiangsu 95 84748016 107200
浙江省 Zhejiang 90 64567588 105500
安徽省 Anhui 104 61027171 140100
福建省 Fujian 84 41540086 124000
江西省 Jiangxi 100 45188635 166900
山东省 Shandong 136 101527453 157900
河南省 Henan 158 99365519 167000
湖北省 Hubei 103 57752557 185900
湖南省 Hunan 122 66444864 211800
广东省 Guangdong 122 126012510 179700
广西壮族自治区 Guangxi 111 50126804 237600
海南省 Hainan 25 10081232 35400
重庆市 Chongqing 38 32054159 82400
四川省 Sichuan 183 83674866 486000
贵州省 Guizhou 88 38562148 176200
云南省 Yunnan 129 47209277 394100
西藏自治区 Tibet 74 3648100 1228400
陕西省 Shaanxi 107 39528999 205600
甘肃省 Gansu 86 25019831 425800
青海省 Qinghai 44 5923957 722300
宁夏回族自治区 Ningxia 22 7202654 66400
新疆维吾尔自治区 Xinjiang 107 25852345 1664900"""


def nation_workbook(language: str = "zh") -> bytes:
    """The workbook of the nation, filled in from an empty one."""
    column = COLUMNS["prefectures"].index("province")
    rows = []
    for name, english, units, residents, area in map(str.split, PROVINCES.splitlines()):
        row = [name, english, units, residents, area]
        rows.append([*row, *[""] * (column - len(row)), name])
    return filled(TYPED, rows, language=language, is_blank=True)


def keep_nation(store: BaseYears) -> str:
    """Keep the nation among one's own base years; its id."""
    files, problems = store.read(nation_workbook(), "nation.xlsx")
    assert not problems, problems
    kept = store.add(files, DAY)
    assert isinstance(kept, Saved), kept
    return kept.stem
