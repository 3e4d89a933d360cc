c++ -std=c++20 -fno-exceptions -fno-rtti -I wan-client/include -c main.cpp wan-client/examples/no_exceptions/boost_hooks.cpp
c++ main.o boost_hooks.o -lboost_json -o yours
./yours

# Boost.JSON compiled here: with exceptions, as the library is.
c++ -std=c++20 -c boost_json.cpp
c++ main.o boost_hooks.o boost_json.o -o yours-too
./yours-too
