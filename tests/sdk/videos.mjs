// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Makes videos with Vercel's AI SDK (npm: ai and @ai-sdk/alibaba) and a running wan-sandbox.
//
// Usage: node videos.mjs SANDBOX_URL FOLDER, where FOLDER/node_modules has both packages
//
// Prints one line per case. Exit codes: 0 all cases passed; 1 a case failed; 2 wrong usage.
import { createRequire } from "node:module";

const [sandbox, folder] = process.argv.slice(2);
if (!folder) {
    console.error("Usage: node videos.mjs SANDBOX_URL FOLDER");
    process.exit(2);
}
const load = createRequire(`${folder}/`);
const { experimental_generateVideo: generateVideo } = load("ai");
const { createAlibaba } = load("@ai-sdk/alibaba");
const version = load("@ai-sdk/alibaba/package.json").version;

const alibaba = createAlibaba({ apiKey: "sk-ai-sdk-test", videoBaseURL: sandbox });
const first = `${sandbox}/assets/first.png`, last = `${sandbox}/assets/last.png`;
const frame = (image, frameType) => ({ image, frameType });

const cases = [
    ["wan3.0-video from a text", { model: "wan3.0-video", aspectRatio: "16:9" }],
    ["wan3.0-video from a first frame", { model: "wan3.0-video", frameImages: [frame(first, "first_frame")] }],
    ["wan3.0-video from first and last frame", { model: "wan3.0-video", frameImages: [frame(first, "first_frame"), frame(last, "last_frame")] }],
    ["wan3.0-video from references", { model: "wan3.0-video", inputReferences: [first, last] }],
    ["wan2.7-t2v", { model: "wan2.7-t2v", aspectRatio: "9:16" }],
    ["wan2.6-t2v", { model: "wan2.6-t2v", resolution: "1280x720" }],
];

// The SDK's own refuses addresses of this machine.
async function download({ url }) {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url}: ${response.status}`);
    return { data: new Uint8Array(await response.arrayBuffer()), mediaType: response.headers.get("content-type") ?? undefined };
}

async function make({ model, ...more }) {
    const done = await generateVideo({
        model: alibaba.video(model), prompt: "a walk along the beach", duration: 2, maxRetries: 0, download,
        providerOptions: { alibaba: { pollIntervalMs: 300 } }, ...more,
    });
    const bytes = done.video.uint8Array;
    if (Buffer.from(bytes.slice(4, 8)).toString() !== "ftyp") throw new Error("the video is not an MP4");
    const ignored = done.warnings.map((warning) => warning.details ?? warning.message ?? warning.feature);
    return `${bytes.length} bytes${ignored.length ? `; ${ignored.join("; ")}` : ""}`;
}

const results = [];
for (const [name, request] of cases) {
    try {
        results.push([true, `passed  @ai-sdk/alibaba ${version}  ${name}: ${await make(request)}`]);
    } catch (wrong) {
        results.push([false, `FAILED  @ai-sdk/alibaba ${version}  ${name}: ${wrong.message} ${wrong.cause ?? ""}`]);
    }
}
for (const [, line] of results) console.log(line);
const passed = results.filter(([well]) => well).length;
console.log(`@ai-sdk/alibaba ${version}: ${passed} of ${cases.length} passed`);
process.exit(passed === cases.length ? 0 : 1);
