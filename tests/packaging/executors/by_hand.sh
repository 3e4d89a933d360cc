. ./first_video.sh
c++ -std=c++20 -I wan-client/include -I wan-client/examples main.cpp -lboost_json -lcurl -o yours
runs ./yours
