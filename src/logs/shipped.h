// The texts of the mappings that come with the program.
#pragma once

namespace entente::logs {

extern const char* const kZeekMapping;
extern const char* const kSuricataMapping;
extern const char* const kSysmonMapping;

}  // namespace entente::logs
