// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Makes videos at once with Vercel's AI SDK. Usage: node ai.mjs SANDBOX_URL COUNT FOLDER_OF_NODE_MODULES
import { createRequire } from "node:module";

const [sandbox, count, folder] = process.argv.slice(2);
const load = createRequire(`${folder}/`);
const { experimental_generateVideo: generateVideo } = load("ai");
const { createAlibaba } = load("@ai-sdk/alibaba");

const alibaba = createAlibaba({ apiKey: process.env.DASHSCOPE_API_KEY, videoBaseURL: sandbox });

// The SDK's own refuses addresses of this machine.
async function download({ url }) {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url}: ${response.status}`);
    return { data: new Uint8Array(await response.arrayBuffer()), mediaType: response.headers.get("content-type") ?? undefined };
}

async function make(number) {
    try {
        const done = await generateVideo({
            model: alibaba.video("wan2.7-t2v"), prompt: `shot ${number}`, duration: 2, aspectRatio: "16:9", download,
        });
        return done.video.uint8Array.length > 0;
    } catch {
        return false;
    }
}

const made = await Promise.all(Array.from({ length: Number(count) }, (_, number) => make(number)));
console.log(`${made.filter(Boolean).length} of ${count} videos`);
