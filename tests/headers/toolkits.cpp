// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The macros of real headers, as far as they are installed here.
#include <string>

#if __has_include(<complex.h>)
#include <complex.h>
#endif
#if __has_include(<sys/sysmacros.h>)
#include <sys/param.h>
#include <sys/sysmacros.h>
#endif
#if __has_include(<QtCore/QObject>)
#include <QtCore/QObject>
#endif
#if __has_include(<curses.h>)
#include <curses.h>
#endif
#if __has_include(<X11/Xlib.h>)
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#endif

#include "headers/all.hpp"

#include "odr/video.hpp"

#if __has_include(<QtCore/QObject>) && !(defined(emit) && defined(signals) && defined(slots) && defined(foreach))
#error "a macro of Qt's is gone"
#endif
#if __has_include(<X11/Xlib.h>) && !(defined(Bool) && defined(None) && defined(Status) && defined(Success))
#error "a macro of X11's is gone"
#endif

std::string video_beside_toolkits();
std::string video_beside_toolkits() {
    return finish_video(begin_video(wan::dashscope::provider("k", wan::region::singapore)));
}
