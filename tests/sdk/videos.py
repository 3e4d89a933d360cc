# Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
"""Makes videos with the official Python SDK (PyPI: dashscope) and a running wan-sandbox.

Usage: videos.py SANDBOX_URL

Runs every kind of client of the installed version, from submit to the downloaded video, and prints one line
per case. Exit codes: 0 all cases passed; 1 a case failed.
"""

import asyncio
import concurrent.futures
import os
import re
import struct
import sys
import time
import traceback
import urllib.request

SANDBOX = sys.argv[1]
KEY = "sk-sdk-test"
BASE = SANDBOX + "/api/v1"
# Before the import: some parts read them then.
os.environ["DASHSCOPE_HTTP_BASE_URL"] = BASE
os.environ["DASHSCOPE_API_KEY"] = KEY

import dashscope  # noqa: E402
from dashscope import VideoSynthesis  # noqa: E402
from dashscope.aigc.video_synthesis import AioVideoSynthesis  # noqa: E402
from dashscope.version import __version__ as VERSION  # noqa: E402

dashscope.base_http_api_url = BASE
dashscope.api_key = KEY

FIRST, LAST = SANDBOX + "/assets/first.png", SANDBOX + "/assets/last.png"
FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../examples/frames/first.png")
KEYFRAMES = {"model": "wan2.2-kf2v-flash", "first_frame_url": FIRST, "last_frame_url": LAST}
IMAGE = {"model": "wan2.2-i2v-flash", "img_url": FIRST}
ASKED = {"prompt": "a walk along the beach", "resolution": "480P"}
FRAMES = [{"type": "first_frame", "url": FIRST}, {"type": "last_frame", "url": LAST}]
REFERENCES = [{"type": "reference_image", "url": FIRST}, {"type": "reference_image", "url": LAST}]
TEXT_26 = {"model": "wan2.6-t2v", "size": "1280*720", "duration": 2}
TEXT_27 = {"model": "wan2.7-t2v", "resolution": "720P", "ratio": "9:16", "duration": 2}
TEXT_3 = {"model": "wan3.0-video", "resolution": "480P", "ratio": "16:9", "duration": 2, "audio": False}
FRAMES_3 = {"model": "wan3.0-video", "media": FRAMES, "resolution": "480P", "duration": 2}
REFERENCES_26 = {"model": "wan2.6-r2v", "reference_urls": [FIRST, LAST], "size": "1280*720", "duration": 2}
REFERENCES_27 = {"model": "wan2.7-r2v", "media": REFERENCES, "resolution": "720P", "ratio": "1:1", "duration": 2}
REFERENCES_3 = {"model": "wan3.0-video", "media": REFERENCES, "resolution": "480P", "duration": 2}
# Only the service's own time format, and no time that is missing.
TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}")


class Wrong(Exception):
    pass


def expect(holds, what):
    if not holds:
        raise Wrong(what)


def download(url):
    """The size of the MP4 there: its boxes fill it, and it has an index."""
    with urllib.request.urlopen(url, timeout=60) as response:
        data = response.read()
    at, boxes = 0, []
    while at + 8 <= len(data):
        size, kind = struct.unpack(">I4s", data[at : at + 8])
        if size == 1:
            (size,) = struct.unpack(">Q", data[at + 8 : at + 16])
        expect(size >= 8, "the video is not an MP4")
        boxes.append(kind.decode("latin-1"))
        at += size
    expect(at == len(data), f"the video ends after {len(data)} of {at} bytes")
    expect(boxes[0] == "ftyp" and "moov" in boxes and "mdat" in boxes, f"the video's boxes are {boxes}")
    return f"{len(data)} bytes"


def check_old(done):
    """What a class of version 1 gives for a task that succeeded."""
    expect(done.status_code == 200, f"status {done.status_code}: {done.code}: {done.message}")
    expect(done.output.task_status == "SUCCEEDED", f"{done.output.task_status}: {done.output}")
    expect(TIME.fullmatch(done.output.get("end_time") or ""), f"end_time is {done.output.get('end_time')}")
    expect(done.usage and done.usage.video_count == 1, f"usage is {done.usage}")
    return download(done.output.video_url)


def check_new(job):
    """What a client of version 2 gives."""
    expect(job.succeeded, f"{job.status}: {job.code}: {job.message}")
    for moment in (job.submitted_at, job.scheduled_at, job.finished_at):
        expect(moment and TIME.fullmatch(moment), f"a time is {moment}")
    return download(job.video_url)


def call(request):
    return check_old(VideoSynthesis.call(**request, **ASKED))


def submit_and_wait():
    made = VideoSynthesis.async_call(**IMAGE, **ASKED)
    expect(made.status_code == 200, f"{made.code}: {made.message}")
    expect(VideoSynthesis.fetch(made).output.task_status in ("PENDING", "RUNNING"), "the task is not in progress")
    return check_old(VideoSynthesis.wait(made))


def list_and_cancel():
    made = VideoSynthesis.async_call(**KEYFRAMES, **ASKED)
    listed = VideoSynthesis.list(model_name="wan2.2-kf2v-flash", region="cn-beijing", page_size=50)
    expect(listed.status_code == 200, f"{listed.code}: {listed.message}")
    expect(made.output.task_id in str(listed.output), "the list does not contain the task")
    other = VideoSynthesis.list(region="ap-southeast-1")
    expect(other.status_code == 200 and made.output.task_id not in str(other.output), "the region is not filtered")
    canceled = VideoSynthesis.cancel(made)
    expect(canceled.status_code == 200, f"{canceled.code}: {canceled.message}")
    expect(VideoSynthesis.fetch(made).output.task_status == "CANCELED", "the task is not canceled")
    return "listed, canceled"


def failed():
    done = VideoSynthesis.call(model="wan2.2-kf2v-flash", first_frame_url=SANDBOX + "/assets/none.png", **ASKED)
    expect(done.status_code == 200 and done.output.task_status == "FAILED", f"{done}")
    for name in ("submit_time", "scheduled_time", "end_time"):
        expect(TIME.fullmatch(done.output.get(name) or ""), f"{name} is {done.output.get(name)}")
    expect(done.output.get("code"), "there is no code")
    return done.output.code


def call_as_it_is(request):
    return check_old(VideoSynthesis.call(prompt=ASKED["prompt"], **request))


def edit():
    """The video that is edited is one that was made before."""
    made = VideoSynthesis.call(prompt=ASKED["prompt"], **TEXT_27)
    media = [{"type": "video", "url": made.output.video_url}, {"type": "reference_image", "url": FIRST}]
    return call_as_it_is({"model": "wan2.7-videoedit", "media": media, "resolution": "720P"})


async def call_as_it_is_asynchronously(request):
    return check_old(await AioVideoSynthesis.call(prompt=ASKED["prompt"], **request))


async def call_asynchronously(request):
    return check_old(await AioVideoSynthesis.call(**request, **ASKED))


async def submit_and_wait_asynchronously():
    made = await AioVideoSynthesis.async_call(**IMAGE, **ASKED)
    expect(made.status_code == 200, f"{made.code}: {made.message}")
    fetched = await AioVideoSynthesis.fetch(made)
    expect(fetched.output.task_status in ("PENDING", "RUNNING"), f"the task is not in progress: {fetched}")
    return check_old(await AioVideoSynthesis.wait(made))


async def cancel_asynchronously():
    made = await AioVideoSynthesis.async_call(**KEYFRAMES, **ASKED)
    canceled = await AioVideoSynthesis.cancel(made)
    expect(canceled.status_code == 200, f"{canceled.code}: {canceled.message}")
    fetched = await AioVideoSynthesis.fetch(made)
    expect(fetched.output.task_status == "CANCELED", f"the task is not canceled: {fetched}")
    return "canceled"


NEW_IMAGE = {"model": "wan2.2-i2v-flash", "image_url": FIRST, "resolution": "480P", "prompt": ASKED["prompt"]}
NEW_MEDIA = {
    "model": "wan2.7-i2v",
    "media": [{"type": "first_frame", "url": FIRST}, {"type": "last_frame", "url": LAST}],
    "resolution": "720P",
    "duration": 2,
    "prompt": ASKED["prompt"],
}
NEW_FILE = {**NEW_IMAGE, "image_url": "file://" + os.path.abspath(FILE)}


def generate(request):
    with dashscope.Client(api_key=KEY, base_url=BASE) as client:
        return check_new(client.videos.generate(**request, poll_interval=0.5))


def new_list_and_cancel():
    with dashscope.Client(api_key=KEY, base_url=BASE) as client:
        made = client.videos.jobs.create(**NEW_IMAGE)
        listed = client.videos.jobs.list(region="cn-beijing", page_size=50)
        expect(listed.total >= 1, "the list is empty")
        client.videos.jobs.cancel(made.task_id)
        # 2.0.2 reads the rows from a member `tasks`; the documents and the sandbox have them in `data`.
        rows = len(listed.tasks)
        return f"canceled, {listed.total} listed" + ("" if rows else "; the SDK reads no row, because it expects `tasks` instead of `data`")


async def generate_asynchronously(request):
    async with dashscope.AsyncClient(api_key=KEY, base_url=BASE) as client:
        return check_new(await client.videos.generate(**request, poll_interval=0.5))


def new_client_has_no_keyframes():
    """2.0.2 uses one path for all models, so kf2v models are rejected. The sandbox uses the service's wording."""
    with dashscope.Client(api_key=KEY, base_url=BASE, raise_on_error=False) as client:
        made = client.videos.jobs.create(
            model="wan2.2-kf2v-flash", prompt=ASKED["prompt"], extra_input={"first_frame_url": FIRST, "last_frame_url": LAST}
        )
        expect(made.code == "InvalidParameter" and "url error, please check url" in (made.message or ""), f"{made}")
        return f"rejected: {made.message}"


CASES = [
    ("VideoSynthesis.call, kf2v", call, KEYFRAMES),
    ("VideoSynthesis.call, i2v", call, IMAGE),
    ("VideoSynthesis.async_call, fetch, wait, i2v", submit_and_wait),
    ("VideoSynthesis.list, cancel", list_and_cancel),
    ("VideoSynthesis.call, FAILED", failed),
    ("VideoSynthesis.call, t2v 2.6", call_as_it_is, TEXT_26),
    ("VideoSynthesis.call, t2v 2.7", call_as_it_is, TEXT_27),
    ("VideoSynthesis.call, wan3 from a text", call_as_it_is, TEXT_3),
    ("VideoSynthesis.call, wan3 from frames", call_as_it_is, FRAMES_3),
    ("VideoSynthesis.call, wan3 from references", call_as_it_is, REFERENCES_3),
    ("VideoSynthesis.call, r2v 2.6", call_as_it_is, REFERENCES_26),
    ("VideoSynthesis.call, r2v 2.7", call_as_it_is, REFERENCES_27),
    ("VideoSynthesis.call, video edit", edit),
    ("AioVideoSynthesis.call, wan3 from frames", call_as_it_is_asynchronously, FRAMES_3),
    ("AioVideoSynthesis.call, kf2v", call_asynchronously, KEYFRAMES),
    ("AioVideoSynthesis.call, i2v", call_asynchronously, IMAGE),
    ("AioVideoSynthesis.async_call, fetch, wait, i2v", submit_and_wait_asynchronously),
    ("AioVideoSynthesis.cancel", cancel_asynchronously),
]

if hasattr(dashscope, "Client"):
    CASES += [
        ("Client.videos.generate, i2v", generate, NEW_IMAGE),
        ("Client.videos.generate, i2v with media", generate, NEW_MEDIA),
        ("Client.videos.generate, i2v of a local file", generate, NEW_FILE),
        ("Client.videos.generate, t2v 2.7", generate, {**TEXT_27, "prompt": ASKED["prompt"]}),
        ("Client.videos.generate, wan3 from frames", generate, {**FRAMES_3, "prompt": ASKED["prompt"]}),
        ("Client.videos.generate, r2v 2.7", generate, {**REFERENCES_27, "prompt": ASKED["prompt"]}),
        ("AsyncClient.videos.generate, wan3 from references", generate_asynchronously, {**REFERENCES_3, "prompt": ASKED["prompt"]}),
        ("Client.videos.jobs.list, cancel", new_list_and_cancel),
        ("Client.videos.jobs.create, kf2v", new_client_has_no_keyframes),
        ("AsyncClient.videos.generate, i2v", generate_asynchronously, NEW_IMAGE),
        ("AsyncClient.videos.generate, i2v of a local file", generate_asynchronously, NEW_FILE),
    ]


def run(name, case, *arguments):
    start = time.monotonic()
    try:
        told = case(*arguments)
        told = asyncio.run(told) if asyncio.iscoroutine(told) else told
        word = "passed"
    except Exception as wrong:  # pylint: disable=broad-except
        if not isinstance(wrong, Wrong):
            traceback.print_exc()
        told, word = f"{type(wrong).__name__}: {wrong}", "FAILED"
    return word == "passed", f"{word}  dashscope {VERSION}  {name}: {told} ({time.monotonic() - start:.1f} s)"


if __name__ == "__main__":
    passed = 0
    # Some at once: the SDK waits for seconds between two queries.
    with concurrent.futures.ThreadPoolExecutor(max_workers=4) as pool:
        for well, line in pool.map(lambda case: run(*case), CASES):
            print(line, flush=True)
            passed += well
    print(f"dashscope {VERSION}: {passed} of {len(CASES)} passed", flush=True)
    sys.exit(0 if passed == len(CASES) else 1)
