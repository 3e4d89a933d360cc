# A request that gains a member which the layouts do not know must not compile, and must say why, and which
# member it is. The unchanged copy must compile, so that the failure can have no other reason.
#
#   cmake -DCOMPILER=... -DINCLUDE=... -DBOOST_INCLUDE=... -DWORK=... -P member_without_place.cmake
set(expected "a member of the request is missing from the layout, or appears twice")

file(REMOVE_RECURSE "${WORK}")
file(COPY "${INCLUDE}/wan" DESTINATION "${WORK}")
file(WRITE "${WORK}/every_layout.cpp" "#include <wan/provider/dashscope.hpp>\n#include <wan/provider/jiekou.hpp>\n#include <wan/provider/sinancode.hpp>\n")

function(compile result errors)
    execute_process(
        COMMAND "${COMPILER}" -std=c++20 -fsyntax-only "-I${WORK}" ${BOOST_INCLUDE} "${WORK}/every_layout.cpp"
        RESULT_VARIABLE code ERROR_VARIABLE text)
    set(${result} ${code} PARENT_SCOPE)
    set(${errors} "${text}" PARENT_SCOPE)
endfunction()

compile(unchanged errors)
if(NOT unchanged EQUAL 0)
    message(FATAL_ERROR "the unchanged headers do not compile:\n${errors}")
endif()

file(READ "${WORK}/wan/request/job_list.hpp" list)
string(REGEX MATCHALL "\n +JOB\\([a-z_]+\\)" jobs "${list}")
list(TRANSFORM jobs REPLACE ".*JOB\\(([a-z_]+)\\)" "\\1")
list(LENGTH jobs count)
if(count LESS 3)
    message(FATAL_ERROR "job_list.hpp is not written as this test expects: ${jobs}")
endif()

foreach(request IN LISTS jobs)
    set(header "${WORK}/wan/request/${request}.hpp")
    file(READ "${header}" before)
    string(REGEX REPLACE "(std::vector<extra_field> extra[^;]*;[^\n]*\n)" "\\1    std::optional<bool> camera_fixed = {};\n" after "${before}")
    string(REGEX REPLACE "(BOOST_DESCRIBE_STRUCT\\(${request}, \\(\\),[^(]*\\()" "\\1camera_fixed, " after "${after}")
    string(REGEX MATCHALL "camera_fixed" mentions "${after}")
    list(LENGTH mentions count)
    if(NOT count EQUAL 2)
        message(FATAL_ERROR "${header} is not written as this test expects; camera_fixed was put in at ${count} places")
    endif()
    file(WRITE "${header}" "${after}")
    compile(changed errors)
    file(WRITE "${header}" "${before}")
    if(changed EQUAL 0)
        message(FATAL_ERROR "${request} compiles with a member that no layout places")
    endif()
    string(FIND "${errors}" "${expected}" at)
    if(at EQUAL -1)
        message(FATAL_ERROR "${request} does not compile, but not with \"${expected}\":\n${errors}")
    endif()
    if(NOT errors MATCHES "member_in_layout<[^>]*::${request}::camera_fixed[^>]*, 0")
        message(FATAL_ERROR "${request} does not compile, but the errors do not name camera_fixed:\n${errors}")
    endif()
    message(STATUS "${request}: refused")
endforeach()
