# Without C++20, on Debian's default, 5,300 lines of errors came and none named the option: one error must, and end there.
#
#   cmake -DCOMPILER=... -DINCLUDE=... -DWORK=... -P older_standard.cmake
foreach(header IN ITEMS wan.hpp config.hpp media/inspect.hpp run/coroutine.hpp)
    file(WRITE "${WORK}/older_standard.cpp" "#include <wan/${header}>\n")
    execute_process(
        COMMAND "${COMPILER}" -std=gnu++17 -fsyntax-only "-I${INCLUDE}" "${WORK}/older_standard.cpp"
        RESULT_VARIABLE code ERROR_VARIABLE text)
    if(code EQUAL 0)
        message(FATAL_ERROR "<wan/${header}> compiles as C++17")
    endif()
    string(REGEX MATCHALL "\n" lines "${text}")
    list(LENGTH lines count)
    string(FIND "${text}" "-std=c++20" at)
    if(at EQUAL -1 OR count GREATER 20)
        message(FATAL_ERROR "<wan/${header}> as C++17 gives ${count} lines:\n${text}")
    endif()
endforeach()
