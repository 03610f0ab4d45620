// Every limit of the node, named, in one place. Units come last in the name. Each is tested at its
// value and one past it.
#pragma once

#include <cstddef>
#include <cstdint>

namespace entente::limits {

inline constexpr size_t kMiB = size_t{1} << 20;

// JSON and STIX input.
inline constexpr uint32_t kJsonDepthMax = 64;           // nested arrays and objects
inline constexpr size_t kObjectBytesMax = 16 * kMiB;    // one STIX object
inline constexpr size_t kEnvelopeBytesMax = 64 * kMiB;  // one HTTP body, decompressed
inline constexpr size_t kPreviewBytesMax = 8 * kMiB;    // a text that is asked about, not stored
inline constexpr size_t kEnvelopeObjectsMax = 100'000;  // objects in one HTTP body
inline constexpr size_t kIdBytesMax = 256;              // type name, "--" and UUID
inline constexpr size_t kReferencesMax = 100'000;       // references kept of one object
inline constexpr size_t kMarkingsMax = 1'000;           // marking references of one object
inline constexpr size_t kFindingsPerObjectMax = 100;    // further ones are counted, not listed
inline constexpr size_t kSelectorsMax =
    10'000;  // selectors of one object, all granular markings together
inline constexpr size_t kSelectorStepsMax = 10'000'000;  // members and elements that they walk over
// Contents of one marking definition by one submitter that are told apart; those past it mark nothing.
inline constexpr size_t kDefinitionsMax = 8;
// Older versions of an id among which one is looked for that says the same to a reader.
inline constexpr size_t kRepeatsLookBackMax = 1'000;
inline constexpr size_t kGranularPartsMax =
    5;  // sets of granular markings of one object, each cut or not: 32 editions

// Imports.
inline constexpr size_t kImportBatchBytes = 4 * kMiB;  // examined and appended at once
inline constexpr size_t kImportBatchObjects = 5'000;
inline constexpr size_t kPartyInFlightBytesMax =
    192 * kMiB;  // of one party, on their way to the journal

// HTTP.
inline constexpr size_t kHeaderBytesMax = 16 * 1024;
inline constexpr size_t kTargetBytesMax = 8 * 1024;  // path and query
inline constexpr size_t kConnectionsMax = 4096;
// What a party may ask of the public address; the operator's settings replace them.
inline constexpr uint64_t kPartyRequestsPerSecond = 10'000;
inline constexpr uint64_t kPartyRequestsBurst = 100'000;
inline constexpr uint64_t kPartyWriteBytesPerSecond = 256 * kMiB;
inline constexpr uint64_t kPartyWriteBytesBurst = 2048 * kMiB;
inline constexpr int64_t kHeaderMsMax = 10'000;     // to send a whole header
inline constexpr int64_t kIdleMsMax = 60'000;       // between two requests of a connection
inline constexpr int64_t kBodyStallMsMax = 15'000;  // without any byte of a body
inline constexpr int64_t kRequestMsMax = 300'000;   // to send a whole request
inline constexpr int64_t kWriteStallMsMax =
    30'000;                                     // without the client taking a byte of its answer
inline constexpr int64_t kLingerMsMax = 2'000;  // reading on after a refusal, so that it arrives
inline constexpr uint32_t kPipelinedMax = 16;   // requests of one connection in work at once
inline constexpr size_t kBodiesBytesMax =
    1024 * kMiB;                                    // request bodies in memory, of all connections
inline constexpr size_t kWriteBytesMax = kMiB;      // handed to the kernel in one call
inline constexpr size_t kCompressBytesMin = 1'024;  // smaller answers are sent as they are
inline constexpr uint32_t kStreamsMax = 4;          // streaming requests in work at once
inline constexpr uint32_t kStreamsWaitingMax = 64;  // and waiting for their turn

// Pages.
inline constexpr uint32_t kPageObjectsDefault = 1'000;
inline constexpr uint32_t kPageObjectsMax = 10'000;
inline constexpr size_t kPageBytesMax = 64 * kMiB;  // a page ends early past this
inline constexpr size_t kFilterValuesMax = 1'000;   // comma-separated values of one match[...]

// How far a machine's clock may move ahead of real time before the operator has to say so.
inline constexpr int64_t kClockLeapMsMax = int64_t{24} * 3600 * 1000;

// Directory.
inline constexpr size_t kPartiesMax = 10'000;
inline constexpr size_t kGroupsMax = 10'000;
inline constexpr size_t kCollectionsMax = 60'000;
inline constexpr size_t kCodeBytesMax = 64;  // party and group codes, collection aliases
inline constexpr size_t kNameBytesMax = 1'024;
inline constexpr uint32_t kGroupDepthMax = 16;  // groups within groups
inline constexpr size_t kTypesMax = 60'000;     // distinct STIX type names of a node

// Labels and release markings.
inline constexpr size_t kReleasableListsMax = 64;       // releasable_to lists of one scope
inline constexpr size_t kStatementBytesMax = 8 * kMiB;  // of a release act: some 120,000 versions
inline constexpr size_t kReleasableNamesMax = 1'000;    // parties and groups in one list
inline constexpr size_t kClassificationsMax = 64;       // of one scope
inline constexpr size_t kExercisesMax = 64;             // of one scope
inline constexpr size_t kPolicyLevelsMax = 64;          // of one policy
inline constexpr size_t kPolicyCategoriesMax = 1'000;   // of one policy
inline constexpr size_t kPoliciesMax = 1'000;
inline constexpr size_t kClearancesMax = 100'000;   // of all parties, ended ones included
inline constexpr size_t kAuthoritiesMax = 100'000;  // for markings, ended ones included
inline constexpr size_t kSuccessionsMax = 10'000;   // of parties to parties

// Policy lint.
inline constexpr size_t kLintFindingsMax = 1'000;  // of one code; further ones are counted
inline constexpr size_t kLintExamplesMax = 5;      // objects named in one finding
inline constexpr uint32_t kLintReadersMax = 64;    // parties asked why nobody reads

// Journal.
inline constexpr size_t kSegmentBytes = 128 * kMiB;        // a segment is sealed past this
inline constexpr size_t kGroupCommitBytesMax = 32 * kMiB;  // appended before one fsync
inline constexpr size_t kWriteQueueBytesMax =
    256 * kMiB;  // waiting appends; past this: kUnavailable
inline constexpr uint32_t kEntriesPerTickMax =
    1'000;  // a batch of n entries takes ceil(n / this) ticks

inline constexpr size_t kReasonBytesMax = 1'000;  // of a recall

// The audit log.
inline constexpr size_t kAuditFileBytes = 64 * kMiB;         // a new file is begun past this
inline constexpr uint32_t kAuditPageLinesMax = 1'000;        // shown to a party at once
inline constexpr size_t kAuditVerifyBytesMax = 4096 * kMiB;  // checked apart from a node
inline constexpr size_t kAuditWaitingBytesMax =
    16 * kMiB;  // lines that the disk does not take; further ones are dropped

// Confidentiality labels, bindings and policy files in XML.
inline constexpr size_t kXmlBytesMax = kMiB;
inline constexpr size_t kXmlDepthMax = 32;               // nested elements
inline constexpr size_t kXmlElementsMax = 50'000;        // of one document
inline constexpr size_t kXmlAttributesMax = 64;          // of one element
inline constexpr size_t kLabelCategoriesMax = 256;       // of one label
inline constexpr size_t kLabelValuesMax = 4'096;         // of one category
inline constexpr size_t kBindingReferencesMax = 10'000;  // data that one binding names

}  // namespace entente::limits
