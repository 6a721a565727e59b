"""How the back office looks: the theme of django-unfold."""

BACK_OFFICE = {
    "SITE_TITLE": "Kalibaru HUB",
    "SITE_HEADER": "Kalibaru HUB",
    "SITE_SYMBOL": "water",
    # Tints and shades of the portal's deep sea, #0b4f5c.
    "COLORS": {
        "primary": {
            "50": "#eef7f8",
            "100": "#d3eaed",
            "200": "#a9d5db",
            "300": "#76b9c3",
            "400": "#4497a5",
            "500": "#267a89",
            "600": "#0b4f5c",
            "700": "#0a4651",
            "800": "#083a43",
            "900": "#072f37",
            "950": "#041d22",
        }
    },
}
