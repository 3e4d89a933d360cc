# Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
"""Makes videos at once with AioVideoSynthesis of the Python SDK. Usage: aio.py SANDBOX_URL COUNT"""

import asyncio
import os
import sys

os.environ["DASHSCOPE_HTTP_BASE_URL"] = sys.argv[1] + "/api/v1"  # before the import

import dashscope  # noqa: E402
from dashscope.aigc.video_synthesis import AioVideoSynthesis  # noqa: E402

dashscope.base_http_api_url = sys.argv[1] + "/api/v1"
dashscope.api_key = os.environ["DASHSCOPE_API_KEY"]


async def make(number):
    try:
        done = await AioVideoSynthesis.call(
            model="wan2.2-i2v-flash", img_url="https://example.com/first.png", prompt=f"shot {number}", resolution="480P"
        )
        return done.status_code == 200 and done.output.task_status == "SUCCEEDED" and bool(done.output.video_url)
    except Exception:  # pylint: disable=broad-except
        return False


async def main(count):
    made = await asyncio.gather(*(make(i) for i in range(count)))
    print(f"{sum(made)} of {count} videos")


asyncio.run(main(int(sys.argv[2])))
