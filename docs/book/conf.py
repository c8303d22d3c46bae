"""The book's settings: Sphinx, MyST and furo. `make book` runs them."""

import re
import sys
from pathlib import Path

here = Path(__file__).resolve().parent
sys.path.insert(0, str(here))

project = "The OpenMP workbook"
release = re.search(r"VERSION (\d+(\.\d+)+)\s+LANGUAGES",
                    (here / "../../CMakeLists.txt").read_text())[1]
version = release
author = "its contributors"
copyright = "text and pictures: CC BY 4.0; code: MIT"

extensions = ["myst_parser", "sphinx_copybutton", "workbook"]
myst_heading_anchors = 3
suppress_warnings = ["myst.header"]

html_theme = "furo"
# Two styles whose colours are all strong enough to read.
pygments_style = "default"
pygments_dark_style = "github-dark"
html_theme_options = {
    "light_css_variables": {"pragma-line": "#ffffcc"},
    "dark_css_variables": {"pragma-line": "#1a2a40"},
}
html_title = f"OpenMP workbook {release}"
html_static_path = ["static"]
html_css_files = ["book.css"]
html_js_files = ["book.js"]
html_use_index = False
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False

copybutton_prompt_text = "$ "
copybutton_only_copy_prompt_lines = True

# A loop of the lab for each lesson that is about schedules.
lab_settings = {
    "04": "load=rising&count=10&threads=2&schedule=blocks",
    "12": "load=mandelbrot&count=800&threads=2&schedule=blocks",
}
