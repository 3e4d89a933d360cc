# Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
"""A headless Chromium, controlled over a pipe with the DevTools protocol. Needs nothing but Python."""

import fcntl
import json
import os
import select
import shutil
import subprocess
import time


def find():
    """The path of a Chromium, or nothing."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


class Chromium:
    """One page. `events` has every event that the browser reported, in order."""

    def __init__(self, program, profile, size, arguments=()):
        # Chromium reads commands from descriptor 3 and writes to 4. The pipes get higher numbers first, so that
        # none of them is overwritten.
        pipes = [fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 10) for pair in (os.pipe(), os.pipe()) for fd in pair]
        child_in, self.out, self.into, child_out = pipes

        def connect():
            os.dup2(child_in, 3)
            os.dup2(child_out, 4)

        command = [program, "--headless=new", "--remote-debugging-pipe", f"--user-data-dir={profile}",
                   "--no-first-run", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--mute-audio",
                   f"--window-size={size[0]},{size[1]}", *arguments]
        if os.geteuid() == 0:
            command.append("--no-sandbox")  # Chromium refuses to start as root with it
        self.log = open(os.path.join(profile, "chromium.log"), "w+", encoding="utf-8", errors="replace")
        self.process = subprocess.Popen([*command, "about:blank"], preexec_fn=connect, pass_fds=(3, 4),
                                        stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)
        os.close(child_in)
        os.close(child_out)
        self.events, self.buffer, self.last_id, self.session = [], b"", 0, None
        try:
            pages = [t for t in self.call("Target.getTargets")["targetInfos"] if t["type"] == "page"]
            self.session = self.call("Target.attachToTarget", targetId=pages[0]["targetId"], flatten=True)["sessionId"]
            for domain in ("Page", "Network", "Log", "Runtime", "Audits"):
                self.call(f"{domain}.enable")
        except BaseException:
            self.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        for fd in (self.out, self.into):
            os.close(fd)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()

    def receive(self, deadline):
        """The next message, or nothing before the deadline."""
        while b"\0" not in self.buffer:
            if not select.select([self.into], [], [], max(0, deadline - time.monotonic()))[0]:
                return None
            piece = os.read(self.into, 1 << 20)
            if not piece:
                self.log.seek(0)
                raise RuntimeError("Chromium ended: " + self.log.read()[-2000:])
            self.buffer += piece
        message, _, self.buffer = self.buffer.partition(b"\0")
        message = json.loads(message)
        if "method" in message:
            self.events.append(message)
        return message

    def call(self, method, seconds=60, **parameters):
        self.last_id += 1
        message = {"id": self.last_id, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self.out, data):]
        deadline = time.monotonic() + seconds
        while (reply := self.receive(deadline)) is not None:
            if reply.get("id") == self.last_id:
                if "error" in reply:
                    raise RuntimeError(f"{method}: {reply['error']['message']}")
                return reply["result"]
        raise RuntimeError(f"{method}: no reply within {seconds} s")

    def wait_for(self, method, seconds=60):
        """The first event with this name from now on."""
        deadline = time.monotonic() + seconds
        while (message := self.receive(deadline)) is not None:
            if message.get("method") == method:
                return message["params"]
        raise RuntimeError(f"no {method} within {seconds} s")

    def settle(self, seconds):
        """Collects events for some time."""
        deadline = time.monotonic() + seconds
        while self.receive(deadline) is not None:
            pass

    def open(self, url):
        self.call("Page.navigate", url=url)
        self.wait_for("Page.loadEventFired")

    def value(self, script):
        """The value of a script, which the page's policy does not restrict. Waits for a promise."""
        result = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True,
                           userGesture=True)
        if "exceptionDetails" in result:
            raise RuntimeError(f"{script}: {result['exceptionDetails']}")
        return result["result"].get("value")

    def requests(self):
        return [e["params"]["request"]["url"] for e in self.events if e["method"] == "Network.requestWillBeSent"]
