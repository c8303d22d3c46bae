"""The book in build/book, read and used in chromium.

book_test.py [TEST...] [unittest's options]; pictures of pages go to
build/book-test. AXE=file names axe.min.js; without it, it is fetched with npm.
"""

import html.parser
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.parse

from browser import Browser

WORKBOOK = pathlib.Path(__file__).resolve().parents[2]
BOOK = WORKBOOK / "build/book"
PICTURES = WORKBOOK / "build/book-test"
AXE = "axe-core@4.10.2"
TAB, ENTER, SPACE, DOWN = "\ue004", "\ue007", " ", "\ue015"


class Page(html.parser.HTMLParser):
    """What a page has: places to link to, links, pictures."""

    def __init__(self, path):
        super().__init__()
        self.ids, self.links, self.without_text = set(), [], []
        self.feed(path.read_text())

    def handle_starttag(self, tag, attributes):
        has = dict(attributes)
        if "id" in has:
            self.ids.add(has["id"])
        for name in ("href", "src"):
            if has.get(name):
                self.links.append(has[name])
        if tag == "img" and not has.get("alt"):
            self.without_text.append(has.get("src"))


def pages_of(book):
    return {path: Page(path) for path in sorted(book.rglob("*.html"))}


def dead_links_of(book):
    """What links of a book's pages lead to and is not there."""
    pages = pages_of(book)
    dead = []
    for path, page in pages.items():
        for link in page.links:
            url = urllib.parse.urlsplit(link)
            if url.scheme in ("http", "https", "data", "mailto"):
                continue
            to = (path.parent / urllib.parse.unquote(url.path)).resolve() \
                if url.path else path
            fragment = url.fragment if "=" not in url.fragment else ""
            if not to.is_file() or (fragment and to in pages and
                                    fragment not in pages[to].ids):
                dead.append(f"{path.relative_to(book)}: {link}")
    return dead


def axe():
    """The text of axe-core, or why it is not here."""
    if "AXE" in os.environ:
        return pathlib.Path(os.environ["AXE"]).read_text(), ""
    file = WORKBOOK / "build/axe/node_modules/axe-core/axe.min.js"
    if not file.exists():
        if not shutil.which("npm"):
            return "", f"{AXE} is fetched with npm, and npm is not here"
        try:
            subprocess.run(["npm", "install", "--prefix", WORKBOOK / "build/axe",
                            "--no-save", "--ignore-scripts", AXE], check=True,
                           timeout=60, capture_output=True)
        except (subprocess.SubprocessError, OSError) as error:
            return "", f"npm cannot fetch {AXE}: {error}"
    return file.read_text(), ""


class BookOnDiskTest(unittest.TestCase):
    def test_links_lead_somewhere(self):
        self.assertGreater(len(pages_of(BOOK)), 30)
        self.assertEqual(dead_links_of(BOOK), [])

    def test_dead_links_are_seen(self):
        with tempfile.TemporaryDirectory() as folder:
            book = pathlib.Path(folder)
            (book / "a.html").write_text(
                '<a href="b.html">b</a> <img src="no.png"> <a href="#here">'
                '<h1 id="there"> <a href="#there"> <a href="https://x.org/">')
            (book / "b.html").write_text('<a href="a.html#nowhere">')
            self.assertEqual(dead_links_of(book), [
                "a.html: no.png", "a.html: #here", "b.html: a.html#nowhere"])

    def test_pictures_have_alternative_texts(self):
        for path, page in pages_of(BOOK).items():
            self.assertEqual(page.without_text, [], path)

    def test_every_lesson_shows_its_files_and_what_differs(self):
        lessons = sorted((WORKBOOK / "lessons").glob("[0-9]*_*"))
        self.assertGreater(len(lessons), 10)
        for lesson in lessons:
            folder = BOOK / "lessons" / lesson.name
            self.assertTrue((folder / "index.html").exists(), lesson)
            text = re.sub("<[^>]*>", "", (folder / "source.html").read_text())
            for file in lesson.rglob("*.[ch]pp"):
                self.assertEqual(str(file.relative_to(lesson)) in text,
                                 file.name != "solution.cpp", file)
            self.assertIn("diff serial.cpp parallel.cpp", text)
            self.assertRegex(text, r"\+#pragma omp")

    def test_the_sidebar_has_the_groups_of_the_readme(self):
        expected, caption = {}, ""
        for line in (WORKBOOK / "README.md").read_text().splitlines():
            if line.startswith("### "):
                caption = line[4:]
            row = re.match(r"\| \[(\d\d_\w+)\]", line)
            if row:
                expected.setdefault(caption, []).append(row[1])
        self.assertGreater(len(expected), 4)
        index = (BOOK / "index.html").read_text()
        sidebar = index[index.index('class="sidebar-tree"'):]
        found = {}
        for part in sidebar[:sidebar.index("</aside>")].split("caption-text")[1:]:
            lessons = re.findall(
                r'toctree-l1[^>]*><a [^>]*href="lessons/(\w+)/index', part)
            if lessons:
                found[re.match(r'">([^<]*)<', part)[1]] = lessons
        self.assertEqual(found, expected)

    def test_from_lesson_to_lesson_one_goes_by_number(self):
        lessons = sorted(path.name for path in
                         (WORKBOOK / "lessons").glob("[0-9]*_*"))
        def leads_to(key, page):
            text = (BOOK / "lessons" / page).read_text()
            return re.findall(f'class="{key}-page" href="../([^"]*)"', text)

        for lesson, following in zip(lessons, lessons[1:]):
            self.assertEqual(leads_to("next", f"{lesson}/source.html"),
                             [f"{following}/index.html"])
            self.assertEqual(leads_to("prev", f"{following}/index.html"),
                             [f"{lesson}/source.html"])

    def test_words_are_linked_from_the_lessons(self):
        page = Page(BOOK / "lessons/11_primes/index.html")
        for word in ("reduction", "chunk", "data-race"):
            self.assertIn(f"../../docs/openmp.html#word-{word}", page.links)

    def test_a_handout_has_a_book_without_the_instructors_part(self):
        if not (WORKBOOK / ".git").exists():
            self.skipTest("only a clone makes handouts")
        with tempfile.TemporaryDirectory() as folder:
            archive = subprocess.run(
                ["git", "-C", WORKBOOK, "archive", "HEAD"], check=True,
                stdout=subprocess.PIPE).stdout
            subprocess.run(["tar", "x", "-C", folder], input=archive, check=True)
            without = {name: value for name, value in os.environ.items()
                       if name != "MAKEFLAGS"}
            made = subprocess.run(["make", "-C", folder, "book"], text=True,
                                  capture_output=True, env=without)
            self.assertEqual((made.returncode, made.stderr), (0, ""))
            book = pathlib.Path(folder, "build/book")
            pages = (book / "searchindex.js").read_text().split("titles")[0]
            for page in ("instructors", "exam", "course", "assignments/index"):
                self.assertFalse((book / f"docs/{page}.html").exists())
                self.assertNotIn(f"docs/{page}", pages)
            self.assertEqual(dead_links_of(book), [])


class BookTest(unittest.TestCase):
    """One browser for all; each test begins with nothing stored."""

    @classmethod
    def setUpClass(cls):
        PICTURES.mkdir(parents=True, exist_ok=True)
        cls.browser = Browser()
        cls.addClassCleanup(cls.browser.close)

    def setUp(self):
        self.browser.size(1280, 1000)
        self.open("search.html")
        self.browser.run("localStorage.clear()")
        self.browser.complaints()
        self.browser.requests()

    def open(self, page):
        # From another page, so that a link within the page loads it, too.
        self.browser.open("about:blank")
        self.browser.open(f"{BOOK.as_uri()}/{page}")

    def text(self, selector):
        return self.browser.run(
            "return document.querySelector(arguments[0]).textContent", selector)

    def assert_says(self, selector, part):
        """Soon: what a key or a click does is done a moment later."""
        end = time.monotonic() + 5
        while part not in self.text(selector) and time.monotonic() < end:
            time.sleep(0.02)
        self.assertIn(part, self.text(selector))

    def assert_quiet(self):
        self.assertEqual(self.browser.complaints(), [])
        elsewhere = [url for url in self.browser.requests()
                     if not url.startswith((BOOK.as_uri(), "data:", "about:"))]
        self.assertEqual(elsewhere, [])

    def test_pages_are_quiet_and_fit_a_telephone(self):
        self.browser.size(390, 844)
        for path in pages_of(BOOK):
            with self.subTest(page=str(path.relative_to(BOOK))):
                self.open(path.relative_to(BOOK))
                self.assert_quiet()
                width, broken = self.browser.run("""return [
                    document.documentElement.scrollWidth,
                    [...document.images].filter((one) =>
                        one.complete && one.naturalWidth === 0)
                        .map((one) => one.src)]""")
                self.assertLessEqual(width, 390)
                self.assertEqual(broken, [])

    def test_pictures_of_three_pages(self):
        for name, page in (("index", "index.html"),
                           ("lesson", "lessons/12_mandelbrot/index.html"),
                           ("lab", "lab.html#load=mandelbrot&count=800"
                                   "&threads=16&schedule=dynamic&chunk=10")):
            for width, height in ((1280, 1000), (390, 844)):
                self.browser.size(width, height)
                self.open(page)
                self.browser.picture(PICTURES / f"{name}_{width}.png")
                self.assertLessEqual(self.browser.run(
                    "return document.documentElement.scrollWidth"), width)

    def search(self, words):
        self.browser.run_async("""
            const done = arguments[0];
            const wait = () => /finished|did not match/.test(
                (document.querySelector("#search-results > p") || document.body)
                    .textContent) ? done() : setTimeout(wait, 20);
            wait();""")
        return self.browser.run("""return [...document.querySelectorAll(
            "#search-results li a")].map((one) => one.href.split("?")[0])""")

    def test_search_finds_a_lesson(self):
        self.open("index.html")
        self.browser.type("input.sidebar-search", "reduction" + ENTER)
        self.assertIn(f"{BOOK.as_uri()}/lessons/11_primes/index.html",
                      self.search("reduction"))
        self.assert_quiet()

    def test_an_answer_opens_is_judged_and_remembered(self):
        lesson = "lessons/11_primes/index.html"
        option = "#predict details:nth-of-type({})"
        self.open(lesson)
        self.assertIn("not yet", self.text(".predicted tbody tr"))
        self.browser.click(option.format(2) + " summary")
        self.assert_says(option.format(2), "you chose this: not right")
        self.assertIn("now and then a little less",
                      self.text(".predicted tr td:nth-child(2)"))
        self.assertIn("another number each time",
                      self.text(".predicted tr td:nth-child(3)"))
        # Reading another one does not change what was predicted.
        self.browser.click(option.format(3) + " summary")
        self.browser.type(".predicted input", "45,637")

        self.open(lesson)
        self.assertEqual(self.browser.run("""return [
            ...document.querySelectorAll("#predict details")].map(
                (one) => one.open)"""), [False, True, False, False, False])
        self.assert_says(option.format(2), "you chose this: not right")
        self.assertEqual(self.browser.run(
            "return document.querySelector('.predicted input').value"), "45,637")
        self.browser.click(option.format(5) + " summary")
        self.assert_says(option.format(5), "you chose this: right")
        # Other lessons have answers of their own.
        self.open("lessons/12_mandelbrot/index.html")
        self.assertNotIn("you chose", self.text("#predict"))

        self.open(lesson)
        self.browser.click("button.forget")
        self.assertNotIn("you chose", self.text("#predict"))
        self.assert_quiet()

    def test_every_question_has_one_right_answer(self):
        for lesson in sorted((BOOK / "lessons").glob("*/index.html")):
            with self.subTest(lesson=lesson.parent.name):
                self.open(lesson.relative_to(BOOK))
                rows = self.browser.run("""
                    document.querySelectorAll("#predict summary").forEach(
                        (one) => one.click());
                    return new Promise((done) => setTimeout(() => done([
                        [...document.querySelectorAll("#predict p > strong")]
                            .filter((one) => /^\\d+\\.$/.test(one.textContent))
                            .length,
                        document.querySelectorAll(".predicted tbody tr").length,
                        document.querySelectorAll("#predict .right").length,
                        document.querySelectorAll("#predict .chosen").length,
                    ]), 50));""")
                self.assertGreater(rows[0], 0)
                self.assertEqual(rows, rows[:1] * 4)

    def test_one_checks_oneself_and_it_is_remembered(self):
        lesson = "lessons/11_primes/index.html"
        self.open(lesson)
        self.browser.type("#check-yourself textarea", "1 and 3")
        self.browser.click("#check-yourself summary")
        self.browser.click("#check-yourself .verdict button")
        self.open(lesson)
        self.assertEqual(self.browser.run("""
            const check = document.querySelector("#check-yourself");
            return [check.querySelector("textarea").value,
                    check.querySelector(".verdict button").ariaPressed]"""),
            ["1 and 3", "true"])

    def test_without_scripts_the_folds_remain(self):
        self.browser.command("Emulation.setScriptExecutionDisabled", value=True)
        self.addCleanup(self.browser.command,
                        "Emulation.setScriptExecutionDisabled", value=False)
        self.open("lessons/11_primes/index.html")
        fold = self.browser.find("#predict details")
        state = f"/element/{fold}/attribute/open"
        self.assertIsNone(self.browser.ask("GET", state))
        self.browser.click("#predict details summary")
        self.assertEqual(self.browser.ask("GET", state), "true")

    def test_dark_and_light_are_remembered(self):
        theme = "return document.body.dataset.theme"
        self.open("index.html")
        self.browser.click(".content-icon-container button.theme-toggle")
        chosen = self.browser.run(theme)
        self.assertIn(chosen, ("dark", "light"))
        self.open("lab.html")
        self.assertEqual(self.browser.run(theme), chosen)
        self.assert_quiet()

    def figures(self, setting):
        self.open(f"lab.html#{setting}")
        return {name: self.text(f"#{name}") for name in
                ("serial", "makespan", "speedup", "efficiency", "imbalance",
                 "chunks", "bound")}

    def test_the_lab_computes_five_settings(self):
        self.assertEqual(
            self.figures("load=equal&count=100&mean=10&threads=4"
                         "&schedule=blocks"),
            dict(serial="1 ms", makespan="250 µs", speedup="4.00",
                 efficiency="1.00", imbalance="0.00", chunks="4",
                 bound="250 µs"))
        # 2, 4 ... 18: thread 0 has 2 + 6 + 10 + 14 + 18 of 90.
        self.assertEqual(
            self.figures("load=rising&count=9&mean=10&threads=2"
                         "&schedule=static&chunk=1"),
            dict(serial="90 µs", makespan="50 µs", speedup="1.80",
                 efficiency="0.90", imbalance="0.11", chunks="9",
                 bound="45 µs"))
        # 18, 16 ... 2, each with 1 for the fetch: the last one ends at 35.
        self.assertEqual(
            self.figures("load=falling&count=9&mean=10&threads=3&fetch=1"
                         "&schedule=dynamic&chunk=1"),
            dict(serial="90 µs", makespan="35 µs", speedup="2.57",
                 efficiency="0.86", imbalance="0.07", chunks="9",
                 bound="30 µs"))
        # Chunks of 25, 19, 14, 11, 8, 6, 5, 3, 3, 2, 1, 1, 1, 1.
        self.assertEqual(
            self.figures("load=equal&count=100&mean=1&threads=4&fetch=0"
                         "&schedule=libgomp&chunk=1"),
            dict(serial="100 µs", makespan="25 µs", speedup="4.00",
                 efficiency="1.00", imbalance="0.00", chunks="14",
                 bound="25 µs"))
        rows = [float(number) for number in re.findall(
            r"[\d.]+", (BOOK / "_static/mandelbrot_rows.js").read_text()
            .split("[")[1])]
        self.assertEqual(len(rows), 800)
        halves = sum(rows[:400]), sum(rows[400:])
        self.assertGreater(halves[0], 4 * halves[1])
        self.assertEqual(
            self.figures("load=mandelbrot&count=800&threads=2"
                         "&schedule=blocks")["speedup"],
            f"{sum(rows) / halves[0]:.2f}")

    def test_the_lab_keeps_to_the_table_of_schedules(self):
        table = json.loads((WORKBOOK / "tests/book/schedules.json").read_text())
        self.open("lab.html")
        for case in table["sizes"]:
            self.assertEqual(self.browser.run(
                "return chunkSizes(...arguments)", case["rule"], case["count"],
                case["threads"], case["chunk"]), case["sizes"], case)
        for case in table["loops"]:
            result = self.browser.run("return simulate(arguments[0])", case)
            owners = [chunk["thread"] for chunk in result["chunks"]
                      for _ in range(chunk["size"])]
            self.assertEqual(owners, case["owners"], case)
            for what in ("makespan", "speedup", "imbalance"):
                self.assertAlmostEqual(result[what], case[what], 12, case)

    def test_a_link_carries_the_setting(self):
        self.open("lab.html")
        self.browser.run("""
            for (const [name, value] of Object.entries(arguments[0])) {
                document.querySelector(`#lab [name=${name}]`).value = value;
            }
            document.getElementById("lab").dispatchEvent(new Event("input"));
            """, {"load": "random", "seed": 7, "count": 50, "threads": 128})
        link = self.browser.run("return document.getElementById('link').href")
        shown = self.text("#figures")
        self.open(link.removeprefix(f"{BOOK.as_uri()}/"))
        self.assertEqual(self.text("#figures"), shown)
        self.open(link.replace("seed=7", "seed=8")
                  .removeprefix(f"{BOOK.as_uri()}/"))
        self.assertNotEqual(self.text("#figures"), shown)
        # What is not in the form is left out; too many is as many as possible.
        self.open("lab.html#threads=1000&schedule=none&nothing=1&count=x")
        self.assertEqual(self.text("#chunks"), "100")
        self.assertIn("threads=128&schedule=blocks", self.browser.run(
            "return document.getElementById('link').href"))
        self.assert_quiet()

    def walk(self, until, most=400):
        """Presses Tab until the focus is where `until` says."""
        for _ in range(most):
            self.browser.press(TAB)
            if self.browser.run(
                    f"const it = document.activeElement; return {until}"):
                return
        self.fail(f"Tab does not lead to: {until}")

    def test_the_keyboard_suffices(self):
        self.open("lessons/11_primes/index.html")
        self.walk("it.matches('#predict details:nth-of-type(3) summary')")
        self.assertNotEqual(self.browser.run(
            "return getComputedStyle(document.activeElement).outlineStyle"),
            "none")
        self.browser.press(ENTER)
        self.assert_says("#predict details:nth-of-type(3)", "you chose this: right")
        self.walk("it.matches('.predicted input')")
        self.browser.press(*"46")
        self.walk("it.matches('#check-yourself textarea')")
        self.browser.press(*"no")
        self.walk("it.matches('#check-yourself summary')")
        self.browser.press(SPACE)
        self.walk("it.matches('#check-yourself .verdict button')")
        self.browser.press(SPACE)
        self.walk("it.matches('a.next-page')")
        self.browser.press(ENTER)
        self.assert_says("h1", "source files")

        self.walk("it.matches('input.sidebar-search')")
        self.browser.press(*"reduction", ENTER)
        self.search("reduction")
        self.walk("it.matches('#search-results li a')")

        self.open("lab.html")
        self.walk("it.matches('#lab select[name=load]')")
        self.assertEqual(self.text("#speedup"), "4.00")
        self.browser.press(DOWN)  # longer and longer
        self.assert_says("#speedup", "2.")

    def test_tab_reaches_all_that_can_be_used(self):
        for page in ("lessons/11_primes/index.html", "lab.html"):
            self.open(page)
            self.browser.run("""
                window.left = new Set([...document.querySelectorAll(
                    "a[href], button, input, select, textarea, summary")]
                    .filter((one) => one.checkVisibility
                        ? one.checkVisibility({checkVisibilityCSS: true})
                        : one.offsetParent)
                    .filter((one) => !one.disabled && one.type !== "hidden"
                        && getComputedStyle(one).visibility === "visible"
                        && !one.matches(".toctree-checkbox")));
                document.addEventListener("focusin",
                    (event) => window.left.delete(event.target));""")
            for _ in range(12):
                self.browser.press(*[TAB] * 25)
                if not self.browser.run("return window.left.size"):
                    break
            self.assertEqual(self.browser.run(
                "return [...window.left].map((one) => one.outerHTML)"), [])

    def test_axe_finds_nothing_serious(self):
        script, why_not = axe()
        if not script:
            self.skipTest(why_not)
        for page in ("index.html", "lessons/11_primes/index.html",
                     "lessons/11_primes/source.html", "docs/openmp.html",
                     "lab.html", "search.html?q=reduction"):
            for theme in ("light", "dark"):
                with self.subTest(page=page, theme=theme):
                    self.open(page)
                    self.browser.run(
                        "document.body.dataset.theme = arguments[0];"
                        "document.querySelectorAll('summary').forEach("
                        "    (one) => one.click())", theme)
                    self.browser.run(script + "; window.axe = axe")
                    found = self.browser.run_async("""
                        const done = arguments[0];
                        axe.run().then((result) => done(
                            result.violations
                                .filter((one) => /serious|critical/
                                    .test(one.impact))
                                .map((one) => `${one.id}: ${one.help}: ` +
                                    one.nodes.slice(0, 3).map((node) =>
                                        node.html + node.failureSummary))));""")
                    self.assertEqual(found, [])


if __name__ == "__main__":
    if not BOOK.exists():
        sys.exit("book_test.py: there is no build/book: `make book` makes it")
    unittest.main(verbosity=1)
