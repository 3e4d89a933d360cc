#!/usr/bin/env python3
# Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
"""Opens a gallery of 1,000 shots in a headless Chromium, from file://.

Usage: browser.py --write PROGRAM --work DIRECTORY

Checks that nothing hostile in the shots runs, that no request leaves for the network, that only visible media
are loaded, that files whose names mean something else in a URL are shown and played, and that the filters and the
keyboard work. Leaves pictures of the page in DIRECTORY: light.png, dark.png, failed.png, phone.png.

Exit codes: 0 all is right; 1 not so; 77 skipped, because there is no Chromium or ffmpeg; 2 usage.
"""

import argparse
import base64
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import chromium

SHOTS = 1000
# Names that mean something else in a URL, as in hostile_shots.hpp.
NAMES = ["plain", "a b", "a#b", "a?b", "a%20b", "a\"b'c<d>", "é水", "-rf", "javascript:x", "a&amp;b", "a\\b",
         "https:"]
# The controls of a video have icons in data URLs.
LOCAL = re.compile(r"file:///|data:image/svg\+xml;")
VISIBLE = "[...document.querySelectorAll('.shot')].filter(s => getComputedStyle(s).display !== 'none')"

faults = []


def check(is_right, what):
    print(("ok    " if is_right else "FAULT ") + what, flush=True)
    if not is_right:
        faults.append(what)


def make_media(folder):
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "frames").mkdir(parents=True)
    ffmpeg = ["ffmpeg", "-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i"]
    frame, video = folder / "frames" / f"{NAMES[0]}.png", folder / f"{NAMES[0]}.mp4"
    subprocess.run([*ffmpeg, "testsrc2=size=320x180", "-frames:v", "1", frame], check=True)
    subprocess.run([*ffmpeg, "testsrc2=size=320x180:rate=10:duration=1", "-c:v", "libx264", "-pix_fmt", "yuv420p",
                    video], check=True)
    for name in NAMES[1:]:
        shutil.copy(video, folder / f"{name}.mp4")
    # One file for each shot: a browser loads a file once for all elements that show it.
    for number in range(SHOTS):
        shutil.copy(frame, folder / "frames" / f"{NAMES[number % len(NAMES)]}-{number}.png")
    frame.unlink()


def picture(browser, file):
    file.write_bytes(base64.b64decode(browser.call("Page.captureScreenshot")["data"]))


def complaints(browser):
    """What the console, the log and the policy said."""
    said = []
    for event in browser.events:
        about = event["params"]
        if event["method"] == "Log.entryAdded":
            said.append(about["entry"]["text"])
        elif event["method"] in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Page.javascriptDialogOpening"):
            said.append(str(about))
        elif event["method"] == "Audits.issueAdded" and about["issue"]["code"] == "ContentSecurityPolicyIssue":
            said.append(str(about["issue"]["details"]))
    return said


def media_of(urls, ending):
    return {url for url in urls if url.endswith(ending)}


def check_loading(browser, work):
    browser.settle(1)
    urls = browser.requests()
    away = [url for url in urls if not LOCAL.match(url)]
    check(not away, f"no request leaves for the network: {away[:3]}")
    check(not media_of(urls, ".mp4"), "no video is loaded before it is played")
    loaded = len(media_of(urls, ".png"))
    check(0 < loaded < SHOTS // 10, f"{loaded} of {SHOTS} pictures are loaded")
    shown = browser.value(f"{VISIBLE}.length")
    check(shown == SHOTS, f"{shown} shots are shown")
    check(browser.value("document.title") == "boats.jsonl", "the title is as written")
    foreign = browser.value("document.querySelectorAll('script, iframe, link, object, embed, form, base, svg, "
                            "meta[http-equiv=refresh], [onerror], [onload], [onclick], [onfocus], [style]').length")
    check(foreign == 0, f"{foreign} foreign elements and attributes")
    picture(browser, work / "light.png")


def check_media(browser):
    """Each name is loaded once: a page of all of them asks for the right files."""
    for selector in ("img", "video"):
        seen = browser.value("""(async () => {
            const seen = {};
            for (const one of document.querySelectorAll('%s')) {
                const name = decodeURIComponent(one.src).replace(/^.*\\/|(-\\d+)?\\.\\w+$/g, '');
                if (name in seen) continue;
                one.scrollIntoView();
                if (one.play) { one.muted = true; await one.play().catch(() => {}); one.pause(); }
                else { one.loading = 'eager'; await one.decode().catch(() => {}); }
                seen[name] = one.naturalWidth || one.videoWidth;
            }
            return seen;
        })()""" % selector)
        bad = {name: width for name, width in seen.items() if width != 320}
        check(len(seen) == len(NAMES) and not bad,
              f"{len(seen)} of {len(NAMES)} names of {selector} are loaded {bad or ''}")
    # The poster is no element: it is loaded if its file was asked for.
    posters = browser.value("document.querySelectorAll('video[poster]').length")
    check(posters > 0, f"{posters} videos have a poster")
    browser.value("scrollTo(0, 0)")


def click(browser, place):
    for kind in ("mousePressed", "mouseReleased"):
        browser.call("Input.dispatchMouseEvent", type=kind, x=place[0], y=place[1], button="left", clickCount=1)


def press(browser, key):
    for kind in ("keyDown", "keyUp"):
        browser.call("Input.dispatchKeyEvent", type=kind, key=key, code=key,
                     windowsVirtualKeyCode={"Tab": 9, "ArrowRight": 39, "Home": 36}.get(key, 0))


def check_filters(browser, work):
    labels = browser.value("[...document.querySelectorAll('.filter label')].map(l => "
                           "[l.querySelector('span').textContent, +l.querySelector('b').textContent])")
    total = sum(count for _, count in labels[1:])
    check(labels[0] == ["all", SHOTS] and total == SHOTS, f"the counts of {len(labels) - 1} states add up to {total}")
    for number, (state, count) in enumerate(labels):
        place = browser.value("(() => { const r = document.querySelectorAll('.filter label')[%d]"
                              ".getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; })()" % number)
        click(browser, place)
        shown = browser.value(f"{VISIBLE}.map(s => s.querySelector('.state').textContent)")
        check(len(shown) == count and (number == 0 or set(shown) == {state}), f"{len(shown)} shots are {ascii(state)}")
        if state == "failed":
            browser.value("scrollTo(0, 0)")
            picture(browser, work / "failed.png")
    browser.value("document.querySelector('.filter input').click(); scrollTo(0, 0)")
    click(browser, [5, 5])  # where the search of Tab begins
    press(browser, "Tab")
    press(browser, "ArrowRight")
    shown = browser.value(f"{VISIBLE}.length")
    check(shown == labels[1][1], f"{shown} shots are shown after Tab and the right arrow key")
    press(browser, "Tab")
    focused = browser.value("document.activeElement.closest('.shot') !== null")
    check(focused, "the next Tab leads to the first shown shot")
    browser.value("document.querySelector('.filter input').click(); document.activeElement.blur()")


def check_views(browser, work):
    dark = {"features": [{"name": "prefers-color-scheme", "value": "dark"}]}
    light = browser.value("getComputedStyle(document.body).backgroundColor")
    browser.call("Emulation.setEmulatedMedia", **dark)
    check(browser.value("getComputedStyle(document.body).backgroundColor") != light, "there is a dark mode")
    browser.settle(0.3)
    picture(browser, work / "dark.png")
    browser.call("Emulation.setDeviceMetricsOverride", width=360, height=760, deviceScaleFactor=2, mobile=True)
    browser.settle(0.5)
    width = browser.value("document.documentElement.scrollWidth")
    check(width <= 360, f"the page is {width} wide on a phone of 360")
    browser.value("document.querySelector('main').scrollIntoView()")
    browser.settle(0.5)
    picture(browser, work / "phone.png")


def main():
    parser = argparse.ArgumentParser(usage="browser.py --write PROGRAM --work DIRECTORY")
    parser.add_argument("--write", required=True)
    parser.add_argument("--work", required=True, type=pathlib.Path)
    options = parser.parse_args()
    program = chromium.find()
    if not program or not shutil.which("ffmpeg"):
        print(f"Skipped: {'ffmpeg' if program else 'Chromium'} is not installed "
              "(Debian's packages are chromium and ffmpeg)")
        return 77
    work = options.work.resolve()
    folder = work / "hostile & #1?"
    make_media(folder)
    subprocess.run([options.write, str(SHOTS), folder], check=True)
    page = folder / "index.html"
    print(f"{page}: {page.stat().st_size / 1e6:.1f} MB")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile, \
            chromium.Chromium(program, profile, (1280, 1300), ["--host-resolver-rules=MAP * ~NOTFOUND"]) as browser:
        browser.open(page.as_uri())
        check_loading(browser, work)
        check_media(browser)
        check_filters(browser, work)
        check_views(browser, work)
        said = complaints(browser)
        check(not said, f"the browser and the policy complain about nothing: {said[:3]}")
        title = browser.value("document.title")
        check(title == "boats.jsonl", "nothing hostile ran")
        away = [url for url in browser.requests() if not LOCAL.match(url)]
        check(not away, f"no request left for the network: {away[:3]}")
        # The policy itself, if a text were not escaped.
        browser.value("""document.body.insertAdjacentHTML('beforeend', '<img src="https://hostile.example/a.png">'
            + '<img src="x" onerror="document.title = 1"><p style="color: red">')""")
        browser.settle(1)
        said = complaints(browser)
        check(browser.value("document.title") == title and len(said) >= 3, f"the policy refuses {len(said)} violations")
    print(f"{len(faults)} faults" if faults else "The gallery is as it should be.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
