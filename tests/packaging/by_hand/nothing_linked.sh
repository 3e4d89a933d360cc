c++ -std=c++20 -I wan-client/include main.cpp boost_json.cpp -o yours
./yours
