#!/bin/sh
# Installs missing packages, builds, and makes a video with `wan` and the sandbox.
set -eu

usage() {
    cat <<'END'
Usage: sh examples/run.sh

Makes build/examples/video.mp4 from the two sample frames in examples/frames. wan-sandbox, a server on this
machine, makes it: nothing is sent to a provider, no key is required, and it costs nothing.

Installs missing Debian packages (as root or with sudo) and builds wan and wan-sandbox in build/examples.

Exit codes: 0 the video was made; 1 it was not; 2 wrong usage.
END
}

case "$#:${1-}" in
    0:) ;;
    1:--help | 1:-h) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
esac

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
cd "$root"
. examples/install.sh

sandbox=
finish() {
    code=$?
    trap - EXIT
    if [ -n "$sandbox" ]; then
        kill "$sandbox" 2>/dev/null || true
        wait "$sandbox" || true
    fi
    exit "$code"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

say() { printf '\n== %s\n' "$1"; }

die() {
    echo "examples/run.sh: $1" >&2
    exit 1
}

say "Packages"
# Lists of words.
install_packages $build_packages $examples_packages || exit 1
need_programs c++ cmake ninja ffmpeg ffprobe || exit 1
echo "All required packages are installed."

say "Build (build/examples)"
cmake --preset examples || exit 1
cmake --build --preset examples --target wan wan-sandbox || exit 1

say "Sandbox"
out=build/examples
log=$out/sandbox.log
programs=$out/examples
$programs/wan-sandbox --port 0 --assets examples/frames >$out/sandbox.url 2>$log &
sandbox=$!
url=
for _ in $(seq 300); do
    url=$(sed -n 's/^listening on //p' $out/sandbox.url)
    [ -z "$url" ] || break
    kill -0 "$sandbox" 2>/dev/null || break
    sleep 0.1
done
[ -n "$url" ] || { cat $log >&2; die "the sandbox did not start; its log is above"; }
echo "listening on $url until this script ends, its log is $log"

say "Video"
video=$out/video.mp4
token=$out/video.token
# Files of an earlier run: wan does not overwrite the token of a video that may be paid for.
rm -f "$video" "$token"
# The sandbox accepts any key. A proxy would connect to 127.0.0.1 on its own machine.
DASHSCOPE_API_KEY=sk-sandbox no_proxy=127.0.0.1 NO_PROXY=127.0.0.1 $programs/wan keyframe-to-video \
    --base-url "$url/api/v1" \
    --first-frame "$url/assets/first.png" --last-frame "$url/assets/last.png" \
    --prompt "The sun goes down behind the hills, and the lake turns dark." \
    --resolution 720P --poll-every 1 --out "$video" --token "$token" ||
    die "wan failed with exit code $?; the sandbox's log is $log"
[ -s "$video" ] || die "wan succeeded, but $video is missing or empty"

about=$(ffprobe -v error -select_streams v:0 -show_entries stream=codec_name,width,height,r_frame_rate:format=duration \
    -of default=noprint_wrappers=1 "$video") || die "$video is not a video"
echo "$about" | awk -F= -v file="$root/$video" -v bytes="$(wc -c <"$video")" '
    { value[$1] = $2 }
    END {
        split(value["r_frame_rate"], rate, "/")
        printf "\n%s\n%d bytes, %s, %dx%d, %g fps, %.1f s\n", file, bytes, value["codec_name"], value["width"],
               value["height"], rate[1] / rate[2], value["duration"]
    }'

say "Next"
echo "This script now stops its sandbox. To start one that keeps running, run $root/$programs/wan-sandbox"
echo "It prints its address; pass that to $root/$programs/wan with --base-url ADDRESS/api/v1"
