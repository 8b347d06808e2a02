"""Streamlit's look for components in the packages of the machine, at every page that a test runs: once is enough."""

from functools import cache


def look_for_components_once() -> None:
    """Keep what is found at the first look."""
    from streamlit.components.v2 import manifest_scanner

    manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)
