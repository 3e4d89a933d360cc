# Sourced by the others: the first program of the README, and what it says without a key.
cp wan-client/examples/first_video.cpp main.cpp
unset DASHSCOPE_API_KEY
runs() {
    if "$1" 2>said; then return 1; fi
    cat said
    grep -q '^invalid: .*api_key' said
}
