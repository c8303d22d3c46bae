"""Chromium, driven through chromedriver: the few words of WebDriver
(https://www.w3.org/TR/webdriver2/) that the book's tests need."""

import base64
import json
import re
import subprocess
import tempfile
import urllib.request

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
         "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync",
         "--disable-dev-shm-usage", "--hide-scrollbars"]
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


class Browser:
    """A new browser, which has stored nothing yet."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.driver = subprocess.Popen(
            ["chromedriver", "--port=0"], text=True, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL)
        port = next(match[1] for match in
                    (re.search(r"successfully on port (\d+)", line)
                     for line in self.driver.stdout) if match)
        self.url = f"http://127.0.0.1:{port}/session"
        session = self.ask("POST", "", {"capabilities": {"alwaysMatch": {
            "goog:chromeOptions": {
                "args": FLAGS + [f"--user-data-dir={self.folder.name}"]},
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"}}}})
        self.url += "/" + session["sessionId"]

    def close(self):
        try:
            self.ask("DELETE", "")
        finally:
            self.driver.terminate()
            self.driver.wait()
            self.driver.stdout.close()
            self.folder.cleanup()

    def ask(self, method, path, what=None):
        request = urllib.request.Request(
            self.url + path, method=method,
            data=None if what is None else json.dumps(what).encode(),
            headers={"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(json.load(error)["value"]["message"]) from None

    def open(self, url):
        self.ask("POST", "/url", {"url": url})

    def run(self, script, *arguments):
        """What a script returns; it sees `arguments`."""
        return self.ask("POST", "/execute/sync",
                        {"script": script, "args": list(arguments)})

    def run_async(self, script, *arguments):
        """The same, but the script calls its last argument with the result."""
        return self.ask("POST", "/execute/async",
                        {"script": script, "args": list(arguments)})

    def find(self, selector):
        return self.ask("POST", "/element", {
            "using": "css selector", "value": selector})[ELEMENT]

    def click(self, selector):
        self.run("""document.querySelector(arguments[0]).scrollIntoView(
            {block: "center", behavior: "instant"})""", selector)
        self.ask("POST", f"/element/{self.find(selector)}/click", {})

    def type(self, selector, text):
        self.ask("POST", f"/element/{self.find(selector)}/value",
                 {"text": text})

    def press(self, *keys):
        """Keys, one after the other, to whatever has the focus."""
        self.ask("POST", "/actions", {"actions": [{
            "type": "key", "id": "keyboard",
            "actions": [{"type": kind, "value": key} for key in keys
                        for kind in ("keyDown", "keyUp")]}]})

    def command(self, name, **parameters):
        """One of https://chromedevtools.github.io/devtools-protocol/."""
        self.ask("POST", "/goog/cdp/execute",
                 {"cmd": name, "params": parameters})

    def size(self, width, height):
        self.command("Emulation.setDeviceMetricsOverride", width=width,
                     height=height, deviceScaleFactor=1, mobile=width < 600)

    def picture(self, path):
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.ask("GET", "/screenshot")))

    def complaints(self):
        """What the console has said since the last call."""
        return [entry["message"] for entry in
                self.ask("POST", "/se/log", {"type": "browser"})
                if entry["level"] in ("WARNING", "SEVERE")]

    def requests(self):
        """The addresses that were asked for since the last call."""
        events = [json.loads(entry["message"])["message"] for entry in
                  self.ask("POST", "/se/log", {"type": "performance"})]
        return [event["params"]["request"]["url"] for event in events
                if event["method"] == "Network.requestWillBeSent"]
