#!/bin/sh
# python.sh: the Python that can make the book: $PYTHON, python3 (which may be a
# virtual environment's) or the system's.
for python in ${PYTHON:-} python3 /usr/bin/python3; do
    "$python" -c 'import sphinx, myst_parser, furo, sphinx_copybutton' \
        2>/dev/null && echo "$python" && exit 0
done
echo "make book: no Python here has what makes the book. Where there are no
packages of it, a virtual environment does:
  python3 -m venv build/python
  build/python/bin/pip install sphinx myst-parser furo sphinx-copybutton
  make book PYTHON=build/python/bin/python" >&2
exit 1
