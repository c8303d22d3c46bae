"""Makes a book of the READMEs and the pages of docs/.

They stay as they are. Sphinx reads a copy of them in build/book-source, in
which README.md is called index.md, links lead to the book's own pages, and
each lesson has a further page with its source files. The words of
docs/openmp.md become links in the lessons. book.js does the rest.
"""

import difflib
import hashlib
import re
from pathlib import Path

from docutils import nodes
from docutils.nodes import make_id

ROOT = Path(__file__).resolve().parents[2]
# Sidebar: the heading, and the pages that are in it if they are there.
AROUND_THE_LESSONS = {
    "For everybody": ["docs/students.md", "docs/book/lab.md", "docs/openmp.md",
                      "docs/performance.md", "data/README.md",
                      "docs/LICENSE.md"],
    "For instructors": ["docs/course.md", "docs/assignments/README.md",
                        "docs/exam.md", "docs/instructors.md",
                        "docs/grading.md"],
    "For contributors": ["docs/CONTRIBUTING.md", "CHANGELOG.md"],
}
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")
FENCE = re.compile(r"(^[ ]*```.*?^[ ]*```$)", re.M | re.S)
# Words of the language: linked only where they are written as code.
KEYWORDS = {"atomic", "collapse", "critical", "depend", "masked", "nowait",
            "ordered", "private", "sections", "shared", "single", "simd",
            "taskwait", "num_threads", "default(none)", "firstprivate",
            "lastprivate"}
# Words of the language that are also written without being code.
TERMS_OF_THE_LANGUAGE = {"barrier", "monotonic", "reduction", "schedule", "task"}


# --- The copy that Sphinx reads.

def page_of(file):
    """The page of the book that a file of the workbook is shown on."""
    if file.suffix == ".md":
        if file.name == "README.md":
            return file.with_name("index.md")
        return Path(file.name) if file.parts[:2] == ("docs", "book") else file
    lesson = file.parts[:2]
    if lesson[0] == "lessons" and file.suffix in (".cpp", ".hpp"):
        heading = re.sub(r"[^\w-]", "", str(Path(*file.parts[2:])))
        return Path(*lesson) / f"source.md#{heading}"
    return file


def to_here(page, target):
    """A link from a page of the book to another one."""
    return "../" * (len(page.parts) - 1) + str(target)


class Copy:
    """What goes into build/book-source. A file that has not changed is not
    written again, so Sphinx reads again only what has."""

    def __init__(self, folder):
        self.folder = folder
        self.kept = set()

    def write(self, name, content):
        path = self.folder / name
        self.kept.add(path)
        if not path.exists() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

    def remove_others(self):
        for path in self.folder.rglob("*"):
            if path.is_file() and path not in self.kept:
                path.unlink()

    def page(self, file, add=lambda text: text):
        """Copies a page, and what it shows; `add` adds to its text."""
        page = page_of(file)

        def link(match):
            image, text, target = match.groups()
            name, _, anchor = target.partition("#")
            if not name or ":" in name:
                return match[0]
            at = (ROOT / file.parent / name).resolve()
            if not at.is_file():  # left out of a handout
                return text
            to = at.relative_to(ROOT)
            if page_of(to) == to and to.suffix != ".md":
                self.write(to, at.read_bytes())
            hash = f"#{anchor}" if anchor else ""
            return f"{image}[{text}]({to_here(page, page_of(to))}{hash})"

        parts = FENCE.split((ROOT / file).read_text())
        parts[::2] = [LINK.sub(link, part) for part in parts[::2]]
        self.write(page, add("".join(parts)).encode())


def toctree(pages, caption=""):
    lines = ["```{toctree}", ":hidden:"]
    lines += [f":caption: {caption}"] if caption else []
    return "\n".join(lines + [""] + [str(page) for page in pages] + ["```", ""])


def parts_of_the_course():
    """The headings above the tables of lessons in the README, each with the
    lessons below it."""
    parts = {}
    caption = "Lessons"
    for line in (ROOT / "README.md").read_text().splitlines():
        if line.startswith("### "):
            caption = line[4:]
        row = re.match(r"\| \[\d\d_\w+\]\((lessons/\w+/README\.md)\)", line)
        if row:
            parts.setdefault(caption, []).append(Path(row[1]))
    return parts


def difference(lesson, one, other):
    """A diff as `diff -u` makes it."""
    files = [(lesson / name).read_text().splitlines() for name in (one, other)]
    return "\n".join(difflib.unified_diff(*files, one, str(other), lineterm=""))


def source_page(lesson):
    """A lesson's files: what students read first comes first. The solution is
    not among them."""
    names = [path.relative_to(lesson) for path in lesson.rglob("*.[ch]pp")
             if path.name != "solution.cpp"]
    first = [Path(name) for name in
             (f"{lesson.name[3:]}.hpp", "serial.cpp", "parallel.cpp")]
    last = [Path("main.cpp"), Path("exercise.cpp")]
    versions = [name for name in names
                if name.suffix == ".cpp" and len(name.parts) == 1
                and name not in first + last]
    rest = [name for name in names if name not in first + versions + last]
    text = [f"# The source files of {lesson.name}\n"]
    for name in first + sorted(versions) + last + sorted(rest):
        if name not in names:
            continue
        code = (lesson / name).read_text().rstrip()
        pragmas = ",".join(str(number) for number, line in
                           enumerate(code.splitlines(), 1)
                           if line.lstrip().startswith("#pragma omp"))
        text += [f"## {name}\n", "`````{code-block} cpp"]
        text += [f":emphasize-lines: {pragmas}"] if pragmas else []
        text += ["", code, "`````", ""]
        if name.name == "parallel.cpp" or name in versions:
            changes = difference(lesson, "serial.cpp", name)
            text += [f"### diff serial.cpp {name}\n", "`````{code-block} diff",
                     "", changes, "`````", ""]
    return "\n".join(text)


def before_first_section(text, line):
    start, section, rest = text.partition("\n## ")
    return f"{start}\n{line}\n{section}{rest}"


def copy_the_workbook(app, config):
    copy = Copy(Path(app.srcdir))
    trees = []
    for caption, readmes in parts_of_the_course().items():
        trees.append(toctree([page_of(readme) for readme in readmes], caption))
        for readme in readmes:
            lesson = ROOT / readme.parent
            line = "[The source files, and what differs](source.md)"
            setting = config.lab_settings.get(lesson.name[:2])
            if setting:
                line += (" · <a href=\"../../lab.html#"
                         f"{setting}\">The schedule lab: such a loop</a>")
            copy.page(readme, lambda text: before_first_section(text, line) +
                      "\n" + toctree(["source.md"]))
            copy.write(page_of(readme).with_name("source.md"),
                       source_page(lesson).encode())
    for caption, files in AROUND_THE_LESSONS.items():
        files = [Path(file) for file in files if (ROOT / file).exists()]
        for file in files:
            copy.page(file)
        if files:
            trees.append(toctree(map(page_of, files), caption))
    copy.page(Path("README.md"), lambda text: text + "\n" + "\n".join(trees))
    copy.remove_others()


# --- The words.

def words():
    """Each word of docs/openmp.md with its meaning."""
    found = {}
    table = (ROOT / "docs/openmp.md").read_text()
    for entry, meaning in re.findall(r"^\| \*\*(.+?)\*\* \| (.*) \|$", table,
                                     re.M):
        for word in entry.split(", "):
            found[word] = (make_id(f"word-{entry}"), meaning.replace("`", ""))
    return found


def mark_words(app, document):
    """Gives each row of the table of words a place to link to."""
    if app.env.docname != "docs/openmp":
        return
    places = words()
    for row in document.findall(nodes.row):
        entry = row.astext().split("\n")[0].split(", ")[0]
        if entry in places:
            row[0].insert(0, nodes.target("", "", ids=[places[entry][0]]))


def link_words(app, document, name):
    """Links each word of the table where a lesson has it first."""
    if not re.fullmatch(r"lessons/\w+/index", name):
        return
    glossary = app.builder.get_relative_uri(name, "docs/openmp")
    left = words()

    def link(word, text, code=False):
        place, meaning = left.pop(word)
        content = nodes.literal(text, text) if code else nodes.Text(text)
        return nodes.reference("", "", content, refuri=f"{glossary}#{place}",
                               internal=True, classes=["word"],
                               reftitle=meaning)

    for code in list(document.findall(nodes.literal)):
        text = code.astext()
        word = next((one for one in (text, text.partition("(")[0])
                     if one in left and
                     one in KEYWORDS | TERMS_OF_THE_LANGUAGE), None)
        if word and not inside(code, nodes.title, nodes.reference):
            code.replace_self(link(word, text, code=True))
    for text in list(document.findall(nodes.Text)):
        if inside(text, nodes.title, nodes.reference, nodes.literal,
                  nodes.literal_block, nodes.raw):
            continue
        rest = str(text)
        linked = []
        while left:
            plain = sorted(set(left) - KEYWORDS, key=len, reverse=True)
            match = re.search(rf"\b({'|'.join(map(re.escape, plain))})s?\b",
                              rest, re.I)
            if not match:
                break
            word = next(one for one in plain if one.lower() == match[1].lower())
            linked += [nodes.Text(rest[:match.start()]), link(word, match[0])]
            rest = rest[match.end():]
        if linked:
            text.parent.replace(text, linked + [nodes.Text(rest)])


def inside(node, *kinds):
    while node is not None:
        if isinstance(node, kinds):
            return True
        node = node.parent
    return False


def go_on_by_number(app, page, context):
    """The sidebar has the lessons in groups. At the end of a page one goes to
    the next number, as the READMEs have it."""
    part = re.fullmatch(r"lessons/(\w+)/(index|source)", page)
    if not part:
        return
    lessons = sorted(name.split("/")[1] for name in app.env.found_docs
                     if re.fullmatch(r"lessons/\w+/source", name))
    at = lessons.index(part[1])

    def leads_to(key, other):
        context[key] = {"link": app.builder.get_relative_uri(page, other),
                        "title": app.env.titles[other].astext()}

    if part[2] == "source":
        context["next"] = None
        if at + 1 < len(lessons):
            leads_to("next", f"lessons/{lessons[at + 1]}/index")
    elif part[2] == "index" and at > 0:
        leads_to("prev", f"lessons/{lessons[at - 1]}/source")


def adapt_page(app, page, template, context, document):
    """The parts in the sidebar are headings; screen readers ask of which level.
    No script is a module."""
    go_on_by_number(app, page, context)
    context["furo_navigation_tree"] = context["furo_navigation_tree"].replace(
        'role="heading"', 'role="heading" aria-level="2"')
    for script in context["script_files"]:  # see repair_theme
        getattr(script, "attributes", {}).pop("type", None)


def repair_theme(app, exception):
    """Debian's package of furo has its script as a module, which a page that
    was opened as a file may not load, and a style sheet at an address of the
    machine: here they become what furo itself publishes, one plain script and
    no request."""
    static = Path(app.outdir) / "_static"
    script, styles = static / "scripts/furo.js", static / "styles/furo.css"
    code = script.read_text() if exception is None else ""
    imported = re.match(r'import (?:\* as )?Gumshoe from "\./(.*)";', code)
    if imported:
        gumshoe = script.with_name(imported[1]).read_text()
        script.write_text(
            f"{gumshoe}\n(() => {{{code[imported.end():]}}})();\n")
        styles.write_text(re.sub(r"^@import url\(/.*\);", "body { margin: 0 }",
                                 styles.read_text()))


def setup(app):
    # Sphinx makes all pages again when what stands here has changed.
    files = sorted(path for path in (ROOT / "docs/book").rglob("*")
                   if path.is_file() and path.suffix != ".pyc")
    app.add_config_value("book_files", hashlib.sha256(
        b"".join(path.read_bytes() for path in files)).hexdigest(), "env")
    app.add_config_value("lab_settings", {}, "env")
    app.connect("config-inited", copy_the_workbook)
    app.connect("doctree-read", mark_words)
    app.connect("doctree-resolved", link_words)
    app.connect("html-page-context", adapt_page, priority=900)
    app.connect("build-finished", repair_theme)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
