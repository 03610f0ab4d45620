# entente_module(NAME SOURCES a.cc ... [TESTS a_test.cc ...] [FUZZ a_fuzz.cc ...] [ALONE b.cc ...] [USES base json ...]
#                [LIBRARIES ...])
#
# One static library per folder of src/, one test binary per module, one fuzz target per *_fuzz.cc. A module links only
# what USES names, and the linker thereby checks the order of the folders. Several files of a module are compiled as one
# unit, since most of a compiler's time goes into headers: what ALONE names has file-local names that another file of the
# module has too, and is compiled by itself.
function(entente_module name)
  cmake_parse_arguments(M "" "" "SOURCES;TESTS;FUZZ;ALONE;USES;LIBRARIES" ${ARGN})
  add_library(entente_${name} STATIC ${M_SOURCES})
  set_source_files_properties(${M_ALONE} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  target_include_directories(entente_${name} PUBLIC ${PROJECT_SOURCE_DIR}/src)
  list(TRANSFORM M_USES PREPEND entente_)
  target_link_libraries(entente_${name} PUBLIC ${M_USES} PRIVATE ${M_LIBRARIES})
  if(ENTENTE_TESTS AND M_TESTS)
    add_executable(${name}_test ${M_TESTS})
    target_include_directories(${name}_test PRIVATE ${PROJECT_SOURCE_DIR}/tests)
    target_link_libraries(${name}_test PRIVATE entente_${name} GTest::gtest GTest::gtest_main Threads::Threads)
    add_test(NAME ${name} COMMAND ${name}_test)
    set_tests_properties(${name} PROPERTIES LABELS fast TIMEOUT 300)
  endif()
  # Without libFuzzer a fuzz target replays its corpus, as a test of the suite.
  foreach(file ${M_FUZZ})
    get_filename_component(target ${file} NAME_WE)
    if(ENTENTE_FUZZ)
      add_executable(${target} ${file})
      target_link_options(${target} PRIVATE -fsanitize=fuzzer)
      target_link_libraries(${target} PRIVATE entente_${name})
    elseif(ENTENTE_TESTS)
      add_executable(${target} ${file} ${PROJECT_SOURCE_DIR}/tests/fuzz/replay.cc)
      target_link_libraries(${target} PRIVATE entente_${name})
      add_test(NAME ${target} COMMAND ${target} ${PROJECT_SOURCE_DIR}/tests/fuzz/corpus/${target})
      set_tests_properties(${target} PROPERTIES LABELS fast TIMEOUT 120)
    endif()
  endforeach()
endfunction()
