"""Widgets whose value can change elsewhere: what a browser gets, and which of its reports count."""

from pathlib import Path

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest

from model import Scenario
from views.shell.address.scenario_address import to_link

ROOT = Path(__file__).parents[2]
DRILL, DUTIES = "training_days", "other_duties_cut"


def opened(language: str = "zh", **address: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "views" / "site" / "pages.py"), default_timeout=60)
    for key, value in {"lang": language, **address}.items():
        app.query_params[key] = value
    return run(app)


def run(app: AppTest) -> AppTest:
    """Take the step, then draw the whole page: a step draws only the parts that follow it."""
    app.run().run()
    assert not app.exception, app.exception
    return app


def turned_to(app: AppTest, group: str) -> AppTest:
    next(choice for choice in app.segmented_control if choice.key.startswith("group-")).set_value(group)
    return run(app)


def lever(app: AppTest, id: str):
    return next(slider for slider in app.slider if slider.key.startswith(f"lever-{id}--"))


def also_reported(app: AppTest, id: str, value: float) -> AppTest:
    """Run the page for a browser that still reports an old widget."""
    states = app._tree.get_widget_states()
    old = WidgetState(id=id)
    old.double_array_value.data.append(value)
    states.widgets.append(old)
    app._run(states)
    assert not app.exception, app.exception
    return app


@pytest.mark.parametrize("group", ["people", "time", "work", "rules"])
def test_every_value_is_told_as_the_default_with_each_drawing_not_once(group: str) -> None:
    """A value sent once can be lost, and the browser would then report a value of its own."""
    app = turned_to(opened(**to_link(Scenario(levers={DRILL: 20.0, "targeted_share": 0.5, "rules": "2025"}))), group)
    found = [*app.slider, *app.number_input, *app.selectbox, *app.segmented_control, *app.text_input]
    coupled = [one for one in found if one.key and "--" in one.key]
    assert {"speak--0", "name--0"} <= {one.key for one in coupled}
    for one in coupled:
        assert not one.proto.set_value, one.key
        default = one.proto.default
        if one.type == "slider":
            assert list(default) == [one.value], one.key
        elif one.type == "button_group":
            assert [one.options[k] for k in default] == [one.proto.options[k].content for k in default] != [], one.key
        elif one.type == "selectbox":
            assert default == one.index, one.key
        else:
            assert default == one.value, one.key


def test_a_report_of_a_value_that_changed_elsewhere_is_no_decision() -> None:
    app = turned_to(opened(**{DRILL: "20"}), "time")
    old = lever(app, DRILL)
    app.button(key=f"back-{DRILL}").click()
    run(app)
    assert lever(app, DRILL).value == 12 and lever(app, DRILL).proto.id != old.proto.id
    also_reported(app, old.proto.id, 20)
    assert DRILL not in app.query_params and lever(app, DRILL).value == 12


def test_what_a_reader_sets_keeps_its_widget_while_others_change() -> None:
    app = turned_to(opened(**{DRILL: "20"}), "time")
    lever(app, DUTIES).set_value(4.0)
    run(app)
    set_ = lever(app, DUTIES)
    app.button(key=f"back-{DRILL}").click()
    run(app)
    assert lever(app, DUTIES).proto.id == set_.proto.id and lever(app, DUTIES).value == 4
    assert app.query_params[DUTIES] == "0.04"


def test_a_group_stays_on_screen_when_its_name_is_marked_and_the_language_changes() -> None:
    app = turned_to(opened(), "time")
    lever(app, DRILL).set_value(20)
    run(app)
    assert lever(app, DRILL).value == 20
    next(choice for choice in app.segmented_control if choice.key.startswith("speak")).set_value("en")
    assert lever(run(app), DRILL).value == 20


@pytest.mark.parametrize("in_history", [False, True])
def test_an_address_of_before_counts_only_where_the_reader_went_back_in_the_history(
    in_history: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A browser that has not heard of the last step reports the old address with every request."""
    app = turned_to(opened(), "time")
    before = dict(app.query_params)
    lever(app, DUTIES).set_value(0.04)
    run(app)
    after = dict(app.query_params)
    assert DUTIES in after and DUTIES not in before
    monkeypatch.setattr("views.shell.session.session._in_history", lambda: in_history)
    for key in after.keys() - before.keys():
        del app.query_params[key]
    run(app)
    assert dict(app.query_params) == (before if in_history else after)
    assert (DUTIES in app.session_state["scenario"].levers) is not in_history
