"""One colour a tone, the same on page and paper; a letter always stands beside it."""

COLOURS = {
    "opened": "#1d5fa8",
    "established": "#8fbce6",
    "pipeline": "#f3d48a",
    "none": "#e6e9ec",
    "good": "#1d5fa8",
    "info": "#8fbce6",
    "warn": "#f3d48a",
    "bad": "#e8b4ae",
    "": "#e6e9ec",
}
TINTS = {"good": "#e4f3ea", "bad": "#fbeae8", "warn": "#fdf3dd", "info": "#e8f0f8"}
# Of pictures: stronger, for they stand on white.
PICTURE = {
    "good": "#2f74b8",
    "info": "#5b9bd0",
    "warn": "#d99a1e",
    "bad": "#c0503f",
    "none": "#9aa5af",
    "opened": "#1d5fa8",
    "established": "#8fbce6",
    "pipeline": "#3f9a72",
    "": "#9aa5af",
}
