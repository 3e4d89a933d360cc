// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Macros that a program may have defined before it includes a header of this library, with the values that
// they have there; of a macro that several define, one. Included again after the header, it is an error where
// one has another value now, and hostile_after.hpp where one is gone.

// Apple's AssertMacros.h and objc.h
#define IBAction void
#define IBOutlet
#define NO 0
#define Nil nullptr
#define YES 1
#define check_noerr(error)                                                                                   \
    do {                                                                                                     \
    } while (0)
#define check_string(assertion, message)                                                                     \
    do {                                                                                                     \
    } while (0)
#define debug_string(message)
#define ncheck(assertion)                                                                                    \
    do {                                                                                                     \
    } while (0)
#define nil nullptr
#define nrequire(assertion, label)                                                                           \
    do {                                                                                                     \
        if (assertion) goto label;                                                                           \
    } while (0)
#define nverify(assertion)                                                                                   \
    do { (void)(assertion); } while (0)
#define require(assertion, label)                                                                            \
    do {                                                                                                     \
        if (!(assertion)) goto label;                                                                        \
    } while (0)
#define require_action(assertion, label, action)                                                             \
    do {                                                                                                     \
        if (!(assertion)) {                                                                                  \
            action;                                                                                          \
            goto label;                                                                                      \
        }                                                                                                    \
    } while (0)
#define require_noerr(error, label)                                                                          \
    do {                                                                                                     \
        if ((error) != 0) goto label;                                                                        \
    } while (0)
#define require_quiet(assertion, label)                                                                      \
    do {                                                                                                     \
        if (!(assertion)) goto label;                                                                        \
    } while (0)
#define verify_noerr(error)                                                                                  \
    do { (void)(error); } while (0)

// The C library, and C headers that C++ need not have: complex.h, stdnoreturn.h, sys/param.h, sys/queue.h,
// sys/sysmacros.h
#define I (__extension__ 1.0iF)
#define LIST_HEAD(name, type)                                                                                \
    struct name {                                                                                            \
        struct type* first;                                                                                  \
    }
#define MAX(a, b) (((a) > (b)) ? (a) : (b))
#define MIN(a, b) (((a) < (b)) ? (a) : (b))
#define howmany(x, y) (((x) + ((y) - 1)) / (y))
#define major(device) gnu_dev_major(device)
#define makedev(high, low) gnu_dev_makedev(high, low)
#define minor(device) gnu_dev_minor(device)
#define noreturn _Noreturn
#define roundup(x, y) ((((x) + ((y) - 1)) / (y)) * (y))

// Compilers with -std=gnu++20
#define linux 1
#define unix 1

// curses.h
#define ERR (-1)
#define OK (0)
#define getch() wgetch(stdscr)
#define timeout(delay) wtimeout(stdscr, (delay))

// MFC's and others' debug heaps
#ifdef __clang__
#pragma clang diagnostic ignored "-Wkeyword-macro"
#endif
#define new new (__FILE__, __LINE__)

// Programs of their own
#define ASSERT(condition) ((void)0)
#define CHECK(condition) ((void)0)
#define DEBUG 1
#define ENSURE(condition) ((void)0)
#define FAIL() ((void)0)
#define INFO(...) ((void)0)
#define LOG(...) ((void)0)
#define REQUIRE(condition) ((void)0)
#define TRACE(...) ((void)0)
#define VERIFY(condition) ((void)0)
#define WARN(...) ((void)0)
#define debug(...) ((void)0)
#define likely(condition) __builtin_expect(!!(condition), 1)
#define log(...) ((void)0)
#define unlikely(condition) __builtin_expect(!!(condition), 0)

// Qt without QT_NO_KEYWORDS
#define Q_EMIT
#define Q_FOREACH(variable, container) for (auto variable : container)
#define Q_FOREVER for (;;)
#define Q_OBJECT
#define Q_PROPERTY(...)
#define Q_SIGNALS public
#define Q_SLOTS
#define emit
#define foreach Q_FOREACH
#define forever Q_FOREVER
#define signals Q_SIGNALS
#define slots Q_SLOTS

// Unreal
#define BIG_NUMBER (3.4e+38f)
#define FORCEINLINE inline
#define GENERATED_BODY(...)
#define INDEX_NONE (-1)
#define INVTEXT(text) text
#define LIKELY(condition) (!!(condition))
#define LOCTEXT(key, text) text
#define NSLOCTEXT(space, key, text) text
#define PI (3.1415926535897932f)
#define RESTRICT __restrict
#define SMALL_NUMBER (1.e-8f)
#define TEXT(text) u##text
#define UCLASS(...)
#define UENUM(...)
#define UE_LOG(category, verbosity, format, ...) ((void)0)
#define UFUNCTION(...)
#define UINTERFACE(...)
#define UMETA(...)
#define UNLIKELY(condition) (!!(condition))
#define UPARAM(...)
#define UPROPERTY(...)
#define USTRUCT(...)
#define check(condition)                                                                                     \
    {                                                                                                        \
        if (!(condition)) __builtin_trap();                                                                  \
    }
#define checkCode(code)                                                                                      \
    do { code; } while (false)
#define checkNoEntry() __builtin_trap()
#define checkSlow(condition)                                                                                 \
    {}
#define checkf(condition, format, ...)                                                                       \
    {                                                                                                        \
        if (!(condition)) __builtin_trap();                                                                  \
    }
#define ensure(condition) (!!(condition))
#define ensureAlways(condition) (!!(condition))
#define ensureMsgf(condition, format, ...) (!!(condition))
#define unimplemented() __builtin_trap()
#define verify(condition)                                                                                    \
    {                                                                                                        \
        if (!(condition)) __builtin_trap();                                                                  \
    }
#define verifyf(condition, format, ...)                                                                      \
    {                                                                                                        \
        if (!(condition)) __builtin_trap();                                                                  \
    }

// windows.h and the headers that it includes
#define ABSOLUTE 1
#define ALTERNATE 1
#define APIENTRY __stdcall
#define CALLBACK __stdcall
#define CONST const
#define CopyFile CopyFileW
#define CreateEvent CreateEventW
#define CreateFile CreateFileW
#define CreateWindow CreateWindowW
#define DELETE (0x00010000L)
#define DIFFERENCE 11
#define DOMAIN 1
#define DeleteFile DeleteFileW
#define DrawText DrawTextW
#define ERROR 0
#define FALSE 0
#define FAR far
#define FindText FindTextW
#define GetClassName GetClassNameW
#define GetCurrentTime() GetTickCount()
#define GetFreeSpace(word) (0x100000L)
#define GetJob GetJobW
#define GetMessage GetMessageW
#define GetObject GetObjectW
#define GetTempPath GetTempPathW
#define GetUserName GetUserNameW
#define IGNORE 0
#define IN
#define INFINITE 0xFFFFFFFF
#define InternetOpen InternetOpenW
#define LoadImage LoadImageW
#define MOUSE_MOVED 0x0001
#define MessageBox MessageBoxW
#define MoveFile MoveFileW
#define NEAR near
#define NO_ERROR 0L
#define OPAQUE 2
#define OPTIONAL
#define OUT
#define OVERFLOW 3
#define PASSTHROUGH 19
#define PURE = 0
#define PlaySound PlaySoundW
#define REGISTERED 0x04
#define RELATIVE 2
#define RemoveDirectory RemoveDirectoryW
#define ReplaceText ReplaceTextW
#define ReportEvent ReportEventW
#define STDMETHOD(method) virtual long __stdcall method
#define STRICT 1
#define SearchPath SearchPathW
#define SendMessage SendMessageW
#define StartService StartServiceW
#define THIS void
#define TRANSPARENT 1
#define TRUE 1
#define UNDERFLOW 4
#define UpdateResource UpdateResourceW
#define VOID void
#define Yield()
#define cdecl
#define chx1 0x0410
#define environ _environ
#define far
#define hyper __int64
#define interface struct
#define max(a, b) (((a) > (b)) ? (a) : (b))
#define min(a, b) (((a) < (b)) ? (a) : (b))
#define near
#define pascal __stdcall
#define rad1 0x0420
#define small char
#define uuid(text)

// X11
#define Above 0
#define AllPlanes ((unsigned long)~0L)
#define AllTemporary 0L
#define AllocAll 1
#define Always 2
#define AnyKey 0L
#define Below 1
#define Bool int
#define Button1 1
#define ClientMessage 33
#define Complex 0
#define ControlMask (1 << 2)
#define Convex 2
#define CopyFromParent 0L
#define CurrentTime 0L
#define CursorShape 0
#define DestroyAll 0
#define DirectColor 5
#define EnterNotify 7
#define Expose 12
#define False 0
#define FocusIn 9
#define FocusOut 10
#define GenericEvent 35
#define GrayScale 1
#define InputFocus 1L
#define InputOnly 2
#define InputOutput 1
#define IsUnmapped 0
#define KeyPress 2
#define KeyRelease 3
#define LineSolid 0
#define MapNotify 19
#define Nonconvex 1
#define None 0L
#define NotUseful 0
#define NoSymbol 0L
#define Opposite 4
#define ParentRelative 1L
#define PropertyNotify 28
#define PseudoColor 3
#define StaticColor 2
#define StaticGray 0
#define Status int
#define Success 0
#define True 1
#define TrueColor 4
#define Unsorted 0
#define WhenMapped 1
#define Xor 6
#define YSorted 1
#define YXBanded 3
#define ZPixmap 2
