"""What every page is drawn with: style sheets, widgets, downloads, the framework's own words."""
