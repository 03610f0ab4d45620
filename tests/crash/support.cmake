# What the tests that drive the program share: entente_test_binary, a library that starts it, talks to it over loopback and
# ends it. Included by each folder that needs it, in any order.
include_guard(GLOBAL)
add_library(entente_test_binary STATIC ${CMAKE_CURRENT_LIST_DIR}/binary.cc ${CMAKE_CURRENT_LIST_DIR}/wire.cc
                                       ${CMAKE_CURRENT_LIST_DIR}/objects.cc)
target_include_directories(entente_test_binary PUBLIC ${PROJECT_SOURCE_DIR})
target_compile_definitions(entente_test_binary PRIVATE ENTENTE_BINARY="$<TARGET_FILE:entente>")
target_link_libraries(entente_test_binary PUBLIC entente_json entente_base GTest::gtest Threads::Threads)
add_dependencies(entente_test_binary entente)

# entente_binary_test(NAME SOURCES a.cc ... [LIBRARIES ...] [SLOW filter]): one test binary. With SLOW, what the filter names
# is left out of the fast test and run by a second one, NAME_slow, labelled slow.
function(entente_binary_test name)
  cmake_parse_arguments(T "" "SLOW" "SOURCES;LIBRARIES" ${ARGN})
  add_executable(${name} ${T_SOURCES})
  target_link_libraries(${name} PRIVATE entente_test_binary ${T_LIBRARIES} GTest::gtest GTest::gtest_main)
  if(T_SLOW)
    add_test(NAME ${name} COMMAND ${name} --gtest_filter=-${T_SLOW})
    add_test(NAME ${name}_slow COMMAND ${name} --gtest_filter=${T_SLOW})
    set_tests_properties(${name}_slow PROPERTIES LABELS slow TIMEOUT 1800)
  else()
    add_test(NAME ${name} COMMAND ${name})
  endif()
  set_tests_properties(${name} PROPERTIES LABELS fast TIMEOUT 300)
endfunction()
