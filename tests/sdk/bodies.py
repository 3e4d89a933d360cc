# Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
"""Compares the bodies that the official Python SDK (PyPI: dashscope) sends with those of `wan JOB --dry-run`.

Usage: bodies.py WAN

Each case is a call of the SDK and the command for the same video. A local server records what the SDK posts,
and rejects it. Both bodies must be equal, except for members that the SDK adds automatically. Exit codes: 0
all are equal; 1 a body differs.
"""

import asyncio
import http.server
import json
import os
import subprocess
import sys
import threading

WAN = sys.argv[1]
KEY = "sk-sdk-test"
POSTED = []


class Keeper(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        POSTED.append((self.path, json.loads(self.rfile.read(int(self.headers["Content-Length"])))))
        answer = json.dumps({"code": "InvalidParameter", "message": "kept", "request_id": "r-1"}).encode()
        self.send_response(400)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Keeper)
threading.Thread(target=server.serve_forever, daemon=True).start()
BASE = f"http://127.0.0.1:{server.server_port}/api/v1"
os.environ["DASHSCOPE_HTTP_BASE_URL"] = BASE
os.environ["DASHSCOPE_API_KEY"] = KEY

import dashscope  # noqa: E402
from dashscope import VideoSynthesis  # noqa: E402
from dashscope.aigc.video_synthesis import AioVideoSynthesis  # noqa: E402
from dashscope.version import __version__ as VERSION  # noqa: E402

dashscope.base_http_api_url = BASE
dashscope.api_key = KEY

IMAGE, LAST = "https://example.com/first.png", "https://example.com/last.png"
CLIP, SOUND = "https://example.com/clip.mp4", "https://example.com/voice.mp3"
PROMPT = "A lamp is lit"


def media(*items):
    return [dict(zip(("type", "url"), item)) for item in items]


# The SDK's arguments, and ours.
CASES = [
    ({"model": "wan2.6-t2v", "size": "1280*720", "duration": 10, "shot_type": "multi", "prompt_extend": True},
     ["text-to-video", "--model", "wan2.6-t2v", "--resolution", "720P", "--ratio", "16:9", "--duration", "10", "--shot-type", "multi",
      "--prompt-extend"]),
    ({"model": "wan2.5-t2v-preview", "size": "480*832", "duration": 5, "audio_url": SOUND},
     ["text-to-video", "--model", "wan2.5-t2v-preview", "--resolution", "480P", "--ratio", "9:16", "--duration", "5", "--audio-url", SOUND]),
    ({"model": "wan2.7-t2v", "resolution": "720P", "ratio": "9:16", "duration": 4, "negative_prompt": "rain", "seed": 7},
     ["text-to-video", "--model", "wan2.7-t2v", "--resolution", "720P", "--ratio", "9:16", "--duration", "4", "--negative-prompt", "rain",
      "--seed", "7"]),
    ({"model": "wan3.0-video", "resolution": "1080P", "ratio": "4:3", "duration": 20, "audio": False, "watermark": True},
     ["text-to-video", "--model", "wan3.0-video", "--resolution", "1080P", "--ratio", "4:3", "--duration", "20", "--no-audio", "--watermark"]),
    ({"model": "wan3.0-video", "media": media(("first_frame", IMAGE)), "resolution": "480P", "ratio": "adaptive", "duration": -1},
     ["image-to-video", "--model", "wan3.0-video", "--image", IMAGE, "--resolution", "480P", "--ratio", "adaptive", "--duration=-1"]),
    ({"model": "wan3.0-video-prime", "media": media(("first_frame", IMAGE), ("last_frame", LAST)), "resolution": "720P", "duration": 8},
     ["keyframe-to-video", "--model", "wan3.0-video-prime", "--first-frame", IMAGE, "--last-frame", LAST, "--resolution", "720P",
      "--duration", "8"]),
    ({"model": "wan3.0-video", "media": media(("reference_image", IMAGE), ("reference_video", CLIP), ("reference_audio", SOUND)),
      "resolution": "720P", "duration": 6},
     ["reference-to-video", "--model", "wan3.0-video", "--reference-image", IMAGE, "--reference-video", CLIP, "--reference-audio", SOUND,
      "--resolution", "720P", "--duration", "6"]),
    ({"model": "wan2.6-r2v", "reference_urls": [IMAGE, CLIP], "size": "1920*1080", "duration": 5, "shot_type": "single"},
     ["reference-to-video", "--model", "wan2.6-r2v", "--reference-image", IMAGE, "--reference-video", CLIP, "--resolution", "1080P",
      "--ratio", "16:9", "--duration", "5", "--shot-type", "single"]),
    ({"model": "wan2.7-r2v", "resolution": "720P", "ratio": "1:1", "duration": 5,
      "media": [{"type": "reference_image", "url": IMAGE, "reference_voice": SOUND, "reference_description": "a woman"},
                {"type": "reference_video", "url": CLIP}]},
     ["reference-to-video", "--model", "wan2.7-r2v", "--reference-image", IMAGE, "--voice", SOUND, "--description", "a woman",
      "--reference-video", CLIP, "--resolution", "720P", "--ratio", "1:1", "--duration", "5"]),
    ({"model": "wan2.7-videoedit", "media": media(("video", CLIP), ("reference_image", IMAGE)), "resolution": "720P", "audio_setting": "origin"},
     ["video-edit", "--model", "wan2.7-videoedit", "--video", CLIP, "--reference-image", IMAGE, "--resolution", "720P",
      "--audio-setting", "origin"]),
    ({"model": "wan2.7-i2v", "media": media(("first_frame", IMAGE), ("driving_audio", SOUND)), "resolution": "720P", "duration": 3},
     ["image-to-video", "--model", "wan2.7-i2v", "--image", IMAGE, "--audio-url", SOUND, "--resolution", "720P", "--duration", "3"]),
    ({"model": "wan2.7-i2v", "media": media(("first_clip", CLIP)), "resolution": "720P", "duration": 10},
     ["video-continuation", "--model", "wan2.7-i2v", "--first-clip", CLIP, "--resolution", "720P", "--duration", "10"]),
    ({"model": "happyhorse-1.1-t2v", "resolution": "720P", "ratio": "21:9", "duration": 3, "watermark": False},
     ["text-to-video", "--model", "happyhorse-1.1-t2v", "--resolution", "720P", "--ratio", "21:9", "--duration", "3", "--no-watermark"]),
    ({"model": "happyhorse-1.0-video-edit", "media": media(("video", CLIP)), "resolution": "1080P"},
     ["video-edit", "--model", "happyhorse-1.0-video-edit", "--video", CLIP, "--resolution", "1080P"]),
]
# Members of the new client by name; it takes all others as `parameters`.
OF_THE_NEW = ("model", "media", "seed", "size", "duration", "resolution", "ratio", "prompt_extend", "watermark")
OF_INPUT = ("negative_prompt", "audio_url", "reference_urls")


def posted_by(call):
    POSTED.clear()
    call()
    if not POSTED:
        raise RuntimeError("the SDK sent nothing")
    return POSTED[0]


def old(arguments):
    return posted_by(lambda: VideoSynthesis.async_call(prompt=PROMPT, **arguments))


def old_asynchronous(arguments):
    return posted_by(lambda: asyncio.run(AioVideoSynthesis.async_call(prompt=PROMPT, **arguments)))


def new(arguments):
    known = {name: value for name, value in arguments.items() if name in OF_THE_NEW}
    inputs = {name: value for name, value in arguments.items() if name in OF_INPUT}
    others = {name: value for name, value in arguments.items() if name not in OF_THE_NEW + OF_INPUT}

    def call():
        with dashscope.Client(api_key=KEY, base_url=BASE, raise_on_error=False) as client:
            client.videos.jobs.create(prompt=PROMPT, extra_input=inputs or None, parameters=others or None, **known)

    return posted_by(call)


def ours(command):
    printed = subprocess.run([WAN, *command, "--prompt", PROMPT, "--base-url", BASE, "--dry-run"], capture_output=True, text=True, check=False)
    if printed.returncode != 0:
        raise RuntimeError(f"wan exited with {printed.returncode}: {printed.stderr.strip()}")
    request = json.loads(printed.stdout)
    return request["url"].removeprefix(BASE[: -len("/api/v1")]), request["body"]


def differences(theirs, mine, at=""):
    """What they have that we have not, or otherwise; and what we have that they have not."""
    if isinstance(theirs, dict) and isinstance(mine, dict):
        for name in sorted(theirs.keys() | mine.keys()):
            if name not in mine:
                yield "added", f"{at}/{name}", theirs[name]
            elif name not in theirs:
                yield "missing", f"{at}/{name}", mine[name]
            else:
                yield from differences(theirs[name], mine[name], f"{at}/{name}")
    elif theirs != mine:
        yield "other", at, (theirs, mine)


def main():
    passed = total = 0
    clients = [("VideoSynthesis", old), ("AioVideoSynthesis", old_asynchronous)]
    if hasattr(dashscope, "Client"):
        clients.append(("Client", new))
    for arguments, command in CASES:
        my_path, mine = ours(command)
        for name, call in clients:
            total += 1
            path, theirs = call(arguments)
            found = list(differences(theirs, mine))
            wrong = [d for d in found if d[0] != "added"]
            if path != my_path:
                wrong.append(("path", path, my_path))
            added = ", ".join(f"{d[1]}={json.dumps(d[2])}" for d in found if d[0] == "added")
            what = f"{command[0]} by {arguments['model']}"
            print(f"{'FAILED' if wrong else 'passed'}  dashscope {VERSION}  {name}, body of {what}" + (f"; the SDK adds {added}" if added else ""))
            for each in wrong:
                print(f"        {each}")
            passed += not wrong
    print(f"dashscope {VERSION}: {passed} of {total} bodies are equal", flush=True)
    return 0 if passed == total else 1


if __name__ == "__main__":
    sys.exit(main())
