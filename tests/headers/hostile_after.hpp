// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What hostile.hpp defines is still defined.
#ifndef IBAction
#error "IBAction is gone"
#endif
#ifndef IBOutlet
#error "IBOutlet is gone"
#endif
#ifndef NO
#error "NO is gone"
#endif
#ifndef Nil
#error "Nil is gone"
#endif
#ifndef YES
#error "YES is gone"
#endif
#ifndef check_noerr
#error "check_noerr is gone"
#endif
#ifndef check_string
#error "check_string is gone"
#endif
#ifndef debug_string
#error "debug_string is gone"
#endif
#ifndef ncheck
#error "ncheck is gone"
#endif
#ifndef nil
#error "nil is gone"
#endif
#ifndef nrequire
#error "nrequire is gone"
#endif
#ifndef nverify
#error "nverify is gone"
#endif
#ifndef require
#error "require is gone"
#endif
#ifndef require_action
#error "require_action is gone"
#endif
#ifndef require_noerr
#error "require_noerr is gone"
#endif
#ifndef require_quiet
#error "require_quiet is gone"
#endif
#ifndef verify_noerr
#error "verify_noerr is gone"
#endif
#ifndef I
#error "I is gone"
#endif
#ifndef LIST_HEAD
#error "LIST_HEAD is gone"
#endif
#ifndef MAX
#error "MAX is gone"
#endif
#ifndef MIN
#error "MIN is gone"
#endif
#ifndef howmany
#error "howmany is gone"
#endif
#ifndef major
#error "major is gone"
#endif
#ifndef makedev
#error "makedev is gone"
#endif
#ifndef minor
#error "minor is gone"
#endif
#ifndef noreturn
#error "noreturn is gone"
#endif
#ifndef roundup
#error "roundup is gone"
#endif
#ifndef linux
#error "linux is gone"
#endif
#ifndef unix
#error "unix is gone"
#endif
#ifndef ERR
#error "ERR is gone"
#endif
#ifndef OK
#error "OK is gone"
#endif
#ifndef getch
#error "getch is gone"
#endif
#ifndef timeout
#error "timeout is gone"
#endif
#ifndef new
#error "new is gone"
#endif
#ifndef ASSERT
#error "ASSERT is gone"
#endif
#ifndef CHECK
#error "CHECK is gone"
#endif
#ifndef DEBUG
#error "DEBUG is gone"
#endif
#ifndef ENSURE
#error "ENSURE is gone"
#endif
#ifndef FAIL
#error "FAIL is gone"
#endif
#ifndef INFO
#error "INFO is gone"
#endif
#ifndef LOG
#error "LOG is gone"
#endif
#ifndef REQUIRE
#error "REQUIRE is gone"
#endif
#ifndef TRACE
#error "TRACE is gone"
#endif
#ifndef VERIFY
#error "VERIFY is gone"
#endif
#ifndef WARN
#error "WARN is gone"
#endif
#ifndef debug
#error "debug is gone"
#endif
#ifndef likely
#error "likely is gone"
#endif
#ifndef log
#error "log is gone"
#endif
#ifndef unlikely
#error "unlikely is gone"
#endif
#ifndef Q_EMIT
#error "Q_EMIT is gone"
#endif
#ifndef Q_FOREACH
#error "Q_FOREACH is gone"
#endif
#ifndef Q_FOREVER
#error "Q_FOREVER is gone"
#endif
#ifndef Q_OBJECT
#error "Q_OBJECT is gone"
#endif
#ifndef Q_PROPERTY
#error "Q_PROPERTY is gone"
#endif
#ifndef Q_SIGNALS
#error "Q_SIGNALS is gone"
#endif
#ifndef Q_SLOTS
#error "Q_SLOTS is gone"
#endif
#ifndef emit
#error "emit is gone"
#endif
#ifndef foreach
#error "foreach is gone"
#endif
#ifndef forever
#error "forever is gone"
#endif
#ifndef signals
#error "signals is gone"
#endif
#ifndef slots
#error "slots is gone"
#endif
#ifndef BIG_NUMBER
#error "BIG_NUMBER is gone"
#endif
#ifndef FORCEINLINE
#error "FORCEINLINE is gone"
#endif
#ifndef GENERATED_BODY
#error "GENERATED_BODY is gone"
#endif
#ifndef INDEX_NONE
#error "INDEX_NONE is gone"
#endif
#ifndef INVTEXT
#error "INVTEXT is gone"
#endif
#ifndef LIKELY
#error "LIKELY is gone"
#endif
#ifndef LOCTEXT
#error "LOCTEXT is gone"
#endif
#ifndef NSLOCTEXT
#error "NSLOCTEXT is gone"
#endif
#ifndef PI
#error "PI is gone"
#endif
#ifndef RESTRICT
#error "RESTRICT is gone"
#endif
#ifndef SMALL_NUMBER
#error "SMALL_NUMBER is gone"
#endif
#ifndef TEXT
#error "TEXT is gone"
#endif
#ifndef UCLASS
#error "UCLASS is gone"
#endif
#ifndef UENUM
#error "UENUM is gone"
#endif
#ifndef UE_LOG
#error "UE_LOG is gone"
#endif
#ifndef UFUNCTION
#error "UFUNCTION is gone"
#endif
#ifndef UINTERFACE
#error "UINTERFACE is gone"
#endif
#ifndef UMETA
#error "UMETA is gone"
#endif
#ifndef UNLIKELY
#error "UNLIKELY is gone"
#endif
#ifndef UPARAM
#error "UPARAM is gone"
#endif
#ifndef UPROPERTY
#error "UPROPERTY is gone"
#endif
#ifndef USTRUCT
#error "USTRUCT is gone"
#endif
#ifndef check
#error "check is gone"
#endif
#ifndef checkCode
#error "checkCode is gone"
#endif
#ifndef checkNoEntry
#error "checkNoEntry is gone"
#endif
#ifndef checkSlow
#error "checkSlow is gone"
#endif
#ifndef checkf
#error "checkf is gone"
#endif
#ifndef ensure
#error "ensure is gone"
#endif
#ifndef ensureAlways
#error "ensureAlways is gone"
#endif
#ifndef ensureMsgf
#error "ensureMsgf is gone"
#endif
#ifndef unimplemented
#error "unimplemented is gone"
#endif
#ifndef verify
#error "verify is gone"
#endif
#ifndef verifyf
#error "verifyf is gone"
#endif
#ifndef ABSOLUTE
#error "ABSOLUTE is gone"
#endif
#ifndef ALTERNATE
#error "ALTERNATE is gone"
#endif
#ifndef APIENTRY
#error "APIENTRY is gone"
#endif
#ifndef CALLBACK
#error "CALLBACK is gone"
#endif
#ifndef CONST
#error "CONST is gone"
#endif
#ifndef CopyFile
#error "CopyFile is gone"
#endif
#ifndef CreateEvent
#error "CreateEvent is gone"
#endif
#ifndef CreateFile
#error "CreateFile is gone"
#endif
#ifndef CreateWindow
#error "CreateWindow is gone"
#endif
#ifndef DELETE
#error "DELETE is gone"
#endif
#ifndef DIFFERENCE
#error "DIFFERENCE is gone"
#endif
#ifndef DOMAIN
#error "DOMAIN is gone"
#endif
#ifndef DeleteFile
#error "DeleteFile is gone"
#endif
#ifndef DrawText
#error "DrawText is gone"
#endif
#ifndef ERROR
#error "ERROR is gone"
#endif
#ifndef FALSE
#error "FALSE is gone"
#endif
#ifndef FAR
#error "FAR is gone"
#endif
#ifndef FindText
#error "FindText is gone"
#endif
#ifndef GetClassName
#error "GetClassName is gone"
#endif
#ifndef GetCurrentTime
#error "GetCurrentTime is gone"
#endif
#ifndef GetFreeSpace
#error "GetFreeSpace is gone"
#endif
#ifndef GetJob
#error "GetJob is gone"
#endif
#ifndef GetMessage
#error "GetMessage is gone"
#endif
#ifndef GetObject
#error "GetObject is gone"
#endif
#ifndef GetTempPath
#error "GetTempPath is gone"
#endif
#ifndef GetUserName
#error "GetUserName is gone"
#endif
#ifndef IGNORE
#error "IGNORE is gone"
#endif
#ifndef IN
#error "IN is gone"
#endif
#ifndef INFINITE
#error "INFINITE is gone"
#endif
#ifndef InternetOpen
#error "InternetOpen is gone"
#endif
#ifndef LoadImage
#error "LoadImage is gone"
#endif
#ifndef MOUSE_MOVED
#error "MOUSE_MOVED is gone"
#endif
#ifndef MessageBox
#error "MessageBox is gone"
#endif
#ifndef MoveFile
#error "MoveFile is gone"
#endif
#ifndef NEAR
#error "NEAR is gone"
#endif
#ifndef NO_ERROR
#error "NO_ERROR is gone"
#endif
#ifndef OPAQUE
#error "OPAQUE is gone"
#endif
#ifndef OPTIONAL
#error "OPTIONAL is gone"
#endif
#ifndef OUT
#error "OUT is gone"
#endif
#ifndef OVERFLOW
#error "OVERFLOW is gone"
#endif
#ifndef PASSTHROUGH
#error "PASSTHROUGH is gone"
#endif
#ifndef PURE
#error "PURE is gone"
#endif
#ifndef PlaySound
#error "PlaySound is gone"
#endif
#ifndef REGISTERED
#error "REGISTERED is gone"
#endif
#ifndef RELATIVE
#error "RELATIVE is gone"
#endif
#ifndef RemoveDirectory
#error "RemoveDirectory is gone"
#endif
#ifndef ReplaceText
#error "ReplaceText is gone"
#endif
#ifndef ReportEvent
#error "ReportEvent is gone"
#endif
#ifndef STDMETHOD
#error "STDMETHOD is gone"
#endif
#ifndef STRICT
#error "STRICT is gone"
#endif
#ifndef SearchPath
#error "SearchPath is gone"
#endif
#ifndef SendMessage
#error "SendMessage is gone"
#endif
#ifndef StartService
#error "StartService is gone"
#endif
#ifndef THIS
#error "THIS is gone"
#endif
#ifndef TRANSPARENT
#error "TRANSPARENT is gone"
#endif
#ifndef TRUE
#error "TRUE is gone"
#endif
#ifndef UNDERFLOW
#error "UNDERFLOW is gone"
#endif
#ifndef UpdateResource
#error "UpdateResource is gone"
#endif
#ifndef VOID
#error "VOID is gone"
#endif
#ifndef Yield
#error "Yield is gone"
#endif
#ifndef cdecl
#error "cdecl is gone"
#endif
#ifndef chx1
#error "chx1 is gone"
#endif
#ifndef environ
#error "environ is gone"
#endif
#ifndef far
#error "far is gone"
#endif
#ifndef hyper
#error "hyper is gone"
#endif
#ifndef interface
#error "interface is gone"
#endif
#ifndef max
#error "max is gone"
#endif
#ifndef min
#error "min is gone"
#endif
#ifndef near
#error "near is gone"
#endif
#ifndef pascal
#error "pascal is gone"
#endif
#ifndef rad1
#error "rad1 is gone"
#endif
#ifndef small
#error "small is gone"
#endif
#ifndef uuid
#error "uuid is gone"
#endif
#ifndef Above
#error "Above is gone"
#endif
#ifndef AllPlanes
#error "AllPlanes is gone"
#endif
#ifndef AllTemporary
#error "AllTemporary is gone"
#endif
#ifndef AllocAll
#error "AllocAll is gone"
#endif
#ifndef Always
#error "Always is gone"
#endif
#ifndef AnyKey
#error "AnyKey is gone"
#endif
#ifndef Below
#error "Below is gone"
#endif
#ifndef Bool
#error "Bool is gone"
#endif
#ifndef Button1
#error "Button1 is gone"
#endif
#ifndef ClientMessage
#error "ClientMessage is gone"
#endif
#ifndef Complex
#error "Complex is gone"
#endif
#ifndef ControlMask
#error "ControlMask is gone"
#endif
#ifndef Convex
#error "Convex is gone"
#endif
#ifndef CopyFromParent
#error "CopyFromParent is gone"
#endif
#ifndef CurrentTime
#error "CurrentTime is gone"
#endif
#ifndef CursorShape
#error "CursorShape is gone"
#endif
#ifndef DestroyAll
#error "DestroyAll is gone"
#endif
#ifndef DirectColor
#error "DirectColor is gone"
#endif
#ifndef EnterNotify
#error "EnterNotify is gone"
#endif
#ifndef Expose
#error "Expose is gone"
#endif
#ifndef False
#error "False is gone"
#endif
#ifndef FocusIn
#error "FocusIn is gone"
#endif
#ifndef FocusOut
#error "FocusOut is gone"
#endif
#ifndef GenericEvent
#error "GenericEvent is gone"
#endif
#ifndef GrayScale
#error "GrayScale is gone"
#endif
#ifndef InputFocus
#error "InputFocus is gone"
#endif
#ifndef InputOnly
#error "InputOnly is gone"
#endif
#ifndef InputOutput
#error "InputOutput is gone"
#endif
#ifndef IsUnmapped
#error "IsUnmapped is gone"
#endif
#ifndef KeyPress
#error "KeyPress is gone"
#endif
#ifndef KeyRelease
#error "KeyRelease is gone"
#endif
#ifndef LineSolid
#error "LineSolid is gone"
#endif
#ifndef MapNotify
#error "MapNotify is gone"
#endif
#ifndef Nonconvex
#error "Nonconvex is gone"
#endif
#ifndef None
#error "None is gone"
#endif
#ifndef NotUseful
#error "NotUseful is gone"
#endif
#ifndef NoSymbol
#error "NoSymbol is gone"
#endif
#ifndef Opposite
#error "Opposite is gone"
#endif
#ifndef ParentRelative
#error "ParentRelative is gone"
#endif
#ifndef PropertyNotify
#error "PropertyNotify is gone"
#endif
#ifndef PseudoColor
#error "PseudoColor is gone"
#endif
#ifndef StaticColor
#error "StaticColor is gone"
#endif
#ifndef StaticGray
#error "StaticGray is gone"
#endif
#ifndef Status
#error "Status is gone"
#endif
#ifndef Success
#error "Success is gone"
#endif
#ifndef True
#error "True is gone"
#endif
#ifndef TrueColor
#error "TrueColor is gone"
#endif
#ifndef Unsorted
#error "Unsorted is gone"
#endif
#ifndef WhenMapped
#error "WhenMapped is gone"
#endif
#ifndef Xor
#error "Xor is gone"
#endif
#ifndef YSorted
#error "YSorted is gone"
#endif
#ifndef YXBanded
#error "YXBanded is gone"
#endif
#ifndef ZPixmap
#error "ZPixmap is gone"
#endif
