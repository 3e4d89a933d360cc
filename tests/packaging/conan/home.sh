# Sourced by the others: a Conan of its own, that asks no server and leaves the source tree as it is.
export CONAN_HOME="$PWD/conan-home"
conan profile detect
conan remote disable conancenter
sed -i 's/^build_type=.*/build_type=Debug/' conan-home/profiles/default
echo "tools.cmake.cmake_layout:test_folder=$PWD/test" >conan-home/global.conf
# Conan would take make, which need not be there.
[ -z "${CMAKE_GENERATOR-}" ] || echo "tools.cmake.cmaketoolchain:generator=$CMAKE_GENERATOR" >>conan-home/global.conf
