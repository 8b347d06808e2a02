"""The force bar without a browser: what it shows, and a wish as the page sends it."""

import json

from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest

from model.evidence.baseline import TIERS


def shown(app: AppTest) -> dict:
    """What the server tells the bar: `people`, `base`, `least` by tier, `total`, words."""
    return json.loads(_bar(app).proto.json)


def _bar(app: AppTest):
    return next(part for part in app.get("bidi_component") if part.proto.component_name == "force")


def people(app: AppTest) -> dict[str, int]:
    return dict(zip(TIERS, shown(app)["people"], strict=True))


def wish(app: AppTest, *, gesture: int | None = None, whole: bool = True, **what: object) -> AppTest:
    """Run the page after a wish: `edges` for the handles, or `tier` and `people` for a typed number. Without a
    gesture each is one of its own."""
    number = shown(app)["answered"] + 1
    value = {"number": number, "gesture": gesture or number, "whole": whole, **what}
    bar = next(part for part in app.get("bidi_component") if part.proto.component_name.endswith("force"))
    states = app._tree.get_widget_states()
    event = [{"event": "wish", "value": value}]
    states.widgets.append(
        WidgetState(id=_make_trigger_id(bar.proto.id, "events"), json_trigger_value=json.dumps(event))
    )
    app._run(states)
    assert not app.exception, app.exception
    return app
