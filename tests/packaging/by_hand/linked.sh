c++ -std=c++20 -I wan-client/include main.cpp -lboost_json -o yours
./yours
