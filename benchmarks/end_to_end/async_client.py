# Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
"""Makes videos at once with AsyncClient of the Python SDK. Usage: async_client.py SANDBOX_URL COUNT"""

import asyncio
import os
import sys

os.environ["DASHSCOPE_HTTP_BASE_URL"] = sys.argv[1] + "/api/v1"  # before the import

import dashscope  # noqa: E402


async def make(client, number):
    try:
        done = await client.videos.generate(
            model="wan2.2-i2v-flash", image_url="https://example.com/first.png", prompt=f"shot {number}", resolution="480P"
        )
        return done.succeeded and bool(done.video_url)
    except Exception:  # pylint: disable=broad-except
        return False


async def main(count):
    async with dashscope.AsyncClient(api_key=os.environ["DASHSCOPE_API_KEY"], base_url=sys.argv[1] + "/api/v1") as client:
        made = await asyncio.gather(*(make(client, i) for i in range(count)))
    print(f"{sum(made)} of {count} videos")


asyncio.run(main(int(sys.argv[2])))
