#!/bin/sh
# files.sh make DIRECTORY: makes images, clips and sounds there with real encoders.
# files.sh ask DIRECTORY: writes what real decoders say about each file there, of images in images.txt, of others in *.ffprobe.
set -eu
cd "$2"

# Threads for images of this size cost more than they give.
export MAGICK_THREAD_LIMIT=1

convert=convert
identify=identify
if command -v magick >/dev/null; then
    convert=magick
    identify='magick identify'
fi

images() {
    # The sides at which limits, encoders' blocks and the widths of fields have their edges.
    sizes='1x1 1x8000 8000x1 2x3 7x5 15x17 16x16 33x31 64x48 100x255 255x100 256x256 257x240 240x8 239x241 360x359 361x2 640x480 480x640
        720x405 1080x33 33x1920 2000x17 17x2001 4096x3 8000x9'
    set -- -respect-parentheses -quality 80 -size 1x1
    for size in $sizes; do
        set -- "$@" '(' -size "$size" gradient:red-blue \
            -write "JPEG:$size-baseline.jpg" \
            '(' +clone -interlace JPEG -write "JPEG:$size-progressive.jpg" +delete ')' \
            '(' +clone -colorspace Gray -write "JPEG:$size-gray.jpg" +delete ')' \
            '(' +clone -colorspace CMYK -write "JPEG:$size-cmyk.jpg" +delete ')' \
            -write "PNG24:$size-rgb.png" -write "PNG48:$size-rgb16.png" -write "PNG8:$size-palette.png" \
            '(' +clone -interlace PNG -write "PNG24:$size-interlaced.png" +delete ')' \
            '(' +clone -threshold 50% -type Bilevel -write "PNG:$size-bits.png" +delete ')' \
            -write "BMP:$size-newest.bmp" -write "BMP2:$size-two.bmp" -write "BMP3:$size-three.bmp" \
            -write "WEBP:$size-lossy.webp" \
            '(' +clone -define webp:lossless=true -write "WEBP:$size-lossless.webp" +delete ')' \
            '(' +clone -alpha set -channel A -evaluate set 50% +channel \
                -write "PNG32:$size-alpha.png" -write "PNG64:$size-alpha16.png" -write "BMP:$size-alpha.bmp" \
                -write "WEBP:$size-alpha.webp" -colorspace Gray -write "PNG:$size-gray-alpha.png" +delete ')' \
            '(' +clone -colors 8 -fuzz 60% -transparent red -write "PNG8:$size-palette-alpha.png" +delete ')' \
            +delete ')'
    done
    "$convert" "$@" xc:red null:
    # What is left of an encoder's own ways of writing.
    cwebp -quiet -q 60 640x480-rgb.png -o cwebp-lossy.webp
    cwebp -quiet -lossless 255x100-alpha.png -o cwebp-lossless-alpha.webp
    cwebp -quiet -q 60 255x100-alpha.png -o cwebp-alpha.webp
}

clips() {
    ffmpeg -nostdin -v error -y -f lavfi -i testsrc2=size=320x240:rate=10:duration=5.3 -f lavfi -i sine=duration=5.1 \
        -c:v mpeg4 -c:a aac plain.mp4 \
        -c:v mpeg4 -c:a aac -movflags +faststart faststart.mp4 \
        -c:v mpeg4 -c:a aac -movflags +frag_keyframe+empty_moov fragments.mp4 \
        -c:v mpeg4 -c:a aac -movflags +frag_keyframe fragments-after-samples.mp4 \
        -c:v mpeg4 -c:a aac -movflags +frag_every_frame+empty_moov+separate_moof fragment-each.mp4 \
        -c:v mpeg4 -c:a aac -movflags +dash dash.mp4 \
        -c:v mpeg4 -c:a aac -movflags +cmaf+global_sidx -g 5 cmaf.mp4 \
        -c:v mpeg4 -an -s 1280x720 -aspect 16:9 -t 2 only-video.mp4 \
        -c:v mpeg4 -an -s 64x4096 -t 0.5 -aspect 1:64 narrow.mp4 \
        -c:v libx264 -preset ultrafast -c:a aac -t 3 h264.mp4 \
        -c:v mpeg4 -c:a aac -r 30000/1001 -ss 1 ntsc.mp4 \
        -c:v mpeg4 -c:a pcm_s16le plain.mov \
        -c:v mjpeg -q:v 20 -c:a pcm_s16le -movflags +faststart motion-jpeg.mov \
        -c:v mpeg4 -an -movflags +frag_keyframe+empty_moov fragments.mov \
        -vn -c:a aac sound-only.mp4 \
        -vn -c:a aac sound-only.mov \
        -vn -c:a aac sound-only.m4a
}

sounds() {
    ffmpeg -nostdin -v error -y -f lavfi -i sine=frequency=300:sample_rate=44100:duration=7.37 -metadata title='A title, odd.' \
        -c:a pcm_s16le s16.wav -c:a pcm_s24le s24.wav -c:a pcm_f32le f32.wav -c:a pcm_u8 -ac 1 u8.wav \
        -c:a pcm_s16le -bitexact -map_metadata -1 bare.wav -c:a pcm_s16le -ac 6 -ar 48000 surround.wav \
        -c:a pcm_alaw -ar 8000 alaw.wav -c:a adpcm_ima_wav adpcm.wav -c:a pcm_s32le -ar 96000 s32.wav \
        -c:a libmp3lame -b:a 128k cbr.mp3 -c:a libmp3lame -b:a 320k -ac 2 -ar 48000 cbr320.mp3 \
        -c:a libmp3lame -q:a 4 vbr.mp3 -c:a libmp3lame -abr 1 -b:a 96k abr.mp3 \
        -c:a libmp3lame -b:a 64k -write_xing 0 -ac 1 no-xing.mp3 \
        -c:a libmp3lame -q:a 4 -write_xing 0 -ac 2 vbr-no-xing.mp3 \
        -c:a libmp3lame -b:a 64k -write_xing 0 -id3v2_version 0 no-tag.mp3 \
        -c:a libmp3lame -b:a 64k -write_xing 0 -write_id3v1 1 -id3v2_version 3 both-tags.mp3 \
        -c:a libmp3lame -q:a 5 -ac 2 -write_id3v1 1 -id3v2_version 4 stereo.mp3
    set --
    for rate in 8000 11025 12000 16000 22050 24000 32000 48000; do
        set -- "$@" -c:a libmp3lame -ar "$rate" "rate$rate.mp3" -c:a libmp3lame -ar "$rate" -ac 2 -write_xing 0 "rate$rate-stereo.mp3" \
            -c:a pcm_s16le -ar "$rate" "rate$rate.wav"
    done
    ffmpeg -nostdin -v error -y -f lavfi -i sine=frequency=300:sample_rate=48000:duration=4.2 "$@"
    # Into a pipe, where the length cannot be written afterwards.
    ffmpeg -nostdin -v error -f lavfi -i sine=duration=3.3 -c:a pcm_s16le -f wav - | cat >stream.wav
}

make() {
    images &
    images=$!
    clips
    sounds
    wait "$images"
}

ask() {
    # Two words, maybe.
    $identify -format '%f %w %h %A %[orientation]\n' ./*.jpg ./*.png ./*.bmp ./*.webp >images.txt
    # shellcheck disable=SC2016
    printf '%s\n' *.mp4 *.mov *.wav *.mp3 | xargs -P 2 -I '{}' sh -c \
        'ffprobe -v error -show_entries format=duration:stream=width,height:stream_side_data=rotation -of flat "$1" >"$1.ffprobe"' - '{}'
}

"$1"
