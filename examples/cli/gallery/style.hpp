// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The style of the gallery.
#pragma once

#include <string_view>

namespace cli {

inline constexpr std::string_view gallery_style = R"css(
:root {
  color-scheme: light dark; scroll-padding-top: 80px;
  --page: #f4f4f6; --card: #fff; --ink: #1c1c21; --soft: #5d5d68; --line: #dcdce2; --screen: #17171b;
  --link: #1a56c4; --good: #16703a; --bad: #b3261e; --open: #8a5300; --busy: #3d4fb5;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #121215; --card: #1d1d22; --ink: #ececf1; --soft: #a5a5b1; --line: #34343c; --screen: #08080a;
    --link: #8db4ff; --good: #6fd394; --bad: #ff8f85; --open: #f2b45c; --busy: #a9b5ff;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--ink);
  font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif;
}
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
header, main { padding: 0 clamp(12px, 3vw, 32px); }
header { padding-top: 20px; }
h1 { margin: 0; font-size: 1.5rem; overflow-wrap: anywhere; }
header p { margin: 2px 0 0; color: var(--soft); }
.filter {
  position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: 8px; min-width: 0; margin: 0;
  border: 0; padding: 14px clamp(12px, 3vw, 32px); background: var(--page); max-height: 40vh; overflow: auto;
}
.filter legend { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.filter label {
  display: inline-flex; align-items: center; gap: 7px; max-width: 100%; min-height: 36px; padding: 4px 13px;
  border: 1px solid var(--line); border-radius: 18px; background: var(--card); cursor: pointer;
}
.filter span { max-width: 24ch; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.filter input { position: absolute; opacity: 0; pointer-events: none; }
.filter b { font-weight: 600; font-variant-numeric: tabular-nums; color: var(--soft); }
.filter label:hover { border-color: var(--soft); }
.filter label:has(:checked) { background: var(--ink); border-color: var(--ink); color: var(--page); }
.filter label:has(:checked) b { color: inherit; }
.filter label:has(:focus-visible) { outline: 3px solid var(--link); outline-offset: 2px; }
main {
  display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 320px), 1fr)); gap: 18px;
  align-items: start; padding-bottom: 32px;
}
.shot {
  display: flex; flex-direction: column; min-width: 0; overflow: hidden; background: var(--card);
  border: 1px solid var(--line); border-radius: 12px;
  content-visibility: auto; contain-intrinsic-size: auto 500px;
}
.shot > * { margin: 0 14px; }
.shot .screen {
  display: block; width: 100%; aspect-ratio: 16 / 9; margin: 0; object-fit: contain;
  background: var(--screen);
}
.title { display: flex; align-items: baseline; justify-content: space-between; gap: 12px; margin-top: 12px; }
h2 { margin: 0; font-size: 1.05rem; overflow-wrap: anywhere; min-width: 0; }
.state {
  flex: none; max-width: 60%; padding: 1px 9px; border: 1px solid; border-radius: 11px; font-size: .8rem;
  overflow: hidden; text-overflow: ellipsis; white-space: nowrap; color: var(--busy);
}
.good .state { color: var(--good); }
.bad .state { color: var(--bad); }
.open .state { color: var(--open); }
.reason {
  margin-top: 10px; padding: 7px 10px; border-left: 3px solid var(--busy); background: var(--page);
  overflow-wrap: anywhere; white-space: pre-line;
}
.good .reason, .open .reason { border-color: var(--open); }
.bad .reason { border-color: var(--bad); }
.prompt { margin-top: 10px; overflow-wrap: anywhere; white-space: pre-wrap; }
summary { cursor: pointer; list-style: none; }
summary::-webkit-details-marker { display: none; }
summary::after { content: "show all"; color: var(--link); font-size: .85rem; }
[open] > summary::after { content: "show less"; }
.text { display: block; }
details:not([open]) .text {
  display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 4; line-clamp: 4; overflow: hidden;
}
.frames { display: grid; grid-template-columns: 1fr 1fr; gap: 10px; margin-top: 12px; }
figure { margin: 0; min-width: 0; }
figure img {
  display: block; width: 100%; aspect-ratio: 16 / 9; object-fit: contain; border-radius: 6px;
  background: var(--screen); color: #a5a5b1; font-size: .8rem;
}
figcaption { color: var(--soft); font-size: .8rem; margin-top: 3px; }
dl {
  display: grid; grid-template-columns: max-content 1fr; gap: 2px 14px; padding: 12px 0 14px;
  font-size: .87rem;
}
dt { color: var(--soft); }
dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
.note { color: var(--soft); }
@media (max-width: 600px) {
  .filter { flex-wrap: nowrap; overflow-x: auto; }
  .filter label { flex: none; }
}
@media print { .filter { display: none; } .shot { content-visibility: visible; break-inside: avoid; } }
)css";

} // namespace cli
