// The mapping of Sysmon events as JSON: flat with the names of Sysmon's manifest, or as Winlogbeat (winlog.event_data) and
// converters of event logs (Event.EventData) nest them. All events of Sysmon have UtcTime, which others of the same number
// have not.
#include "logs/shipped.h"

namespace entente::logs {

const char* const kSysmonMapping = R"json({
  "type": "log-mapping",
  "version": 1,
  "name": "sysmon",
  "description": "Sysmon process, network, image, file, registry and DNS events as JSON",
  "under": ["", "winlog.event_data", "Event.EventData", "EventData", "event_data"],
  "absent": ["-"],
  "records": [
    {
      "name": "process-create",
      "if": [{"has": "UtcTime"}, {"field": ["EventID", "winlog.event_id", "event_id", "event.code", "Event.System.EventID", "Event.System.EventID.#text", "System.EventID"], "is": "1"}],
      "first_observed": "UtcTime",
      "objects": [
        {"name": "user", "type": "user-account", "properties": {
          "account_login": {"$field": "User", "$as": "name"}, "display_name": "User"}},
        {"name": "parent-directory", "type": "directory", "properties": {"path": {"$field": "ParentImage", "$as": "directory"}}},
        {"name": "parent-image", "type": "file", "properties": {
          "$needs": ["name"],
          "name": {"$field": "ParentImage", "$as": "name"}, "parent_directory_ref": {"$ref": "parent-directory"}}},
        {"name": "parent", "type": "process", "properties": {
          "$needs": ["pid"],
          "pid": {"$field": "ParentProcessId", "$as": "integer"},
          "command_line": "ParentCommandLine",
          "image_ref": {"$ref": "parent-image"}}},
        {"name": "directory", "type": "directory", "properties": {"path": {"$field": "Image", "$as": "directory"}}},
        {"name": "image", "type": "file", "properties": {
          "$needs": ["name"],
          "name": {"$field": "Image", "$as": "name"},
          "hashes": {"$field": "Hashes", "$as": "hashes"},
          "parent_directory_ref": {"$ref": "directory"}}},
        {"name": "process", "type": "process", "properties": {
          "$needs": ["pid"],
          "pid": {"$field": "ProcessId", "$as": "integer"},
          "created_time": {"$field": "UtcTime", "$as": "time"},
          "cwd": "CurrentDirectory",
          "command_line": "CommandLine",
          "creator_user_ref": {"$ref": "user"},
          "image_ref": {"$ref": "image"},
          "parent_ref": {"$ref": "parent"},
          "extensions": {"windows-process-ext": {"integrity_level": {"$field": "IntegrityLevel", "$as": "lower"}}}}}
      ]
    },
    {
      "name": "network-connect",
      "if": [{"has": ["UtcTime", "SourceIp", "DestinationIp"]}],
      "first_observed": "UtcTime",
      "objects": [
        {"name": "user", "type": "user-account", "properties": {
          "account_login": {"$field": "User", "$as": "name"}, "display_name": "User"}},
        {"name": "src", "type": "address", "properties": {"value": "SourceIp"}},
        {"name": "dst", "type": "address", "properties": {"value": "DestinationIp"}},
        {"name": "src-host", "type": "host", "properties": {"value": "SourceHostname"}},
        {"name": "dst-host", "type": "host", "properties": {"value": "DestinationHostname"}},
        {"name": "traffic", "type": "network-traffic", "properties": {
          "start": {"$field": "UtcTime", "$as": "time"},
          "src_ref": {"$ref": "src"}, "dst_ref": {"$ref": "dst"},
          "src_port": {"$field": "SourcePort", "$as": "integer"},
          "dst_port": {"$field": "DestinationPort", "$as": "integer"},
          "protocols": {"$list": [{"$field": "Protocol", "$as": "lower"}]}}},
        {"name": "directory", "type": "directory", "properties": {"path": {"$field": "Image", "$as": "directory"}}},
        {"name": "image", "type": "file", "properties": {
          "$needs": ["name"],
          "name": {"$field": "Image", "$as": "name"}, "parent_directory_ref": {"$ref": "directory"}}},
        {"name": "process", "type": "process", "properties": {
          "$needs": ["pid"],
          "pid": {"$field": "ProcessId", "$as": "integer"},
          "creator_user_ref": {"$ref": "user"},
          "image_ref": {"$ref": "image"},
          "opened_connection_refs": {"$refs": "traffic"}}}
      ]
    },
    {
      "name": "image-or-driver-load",
      "if": [{"has": ["UtcTime", "ImageLoaded"]}],
      "first_observed": "UtcTime",
      "objects": [
        {"name": "loaded-directory", "type": "directory", "properties": {"path": {"$field": "ImageLoaded", "$as": "directory"}}},
        {"name": "loaded", "type": "file", "properties": {
          "$needs": ["name"],
          "name": {"$field": "ImageLoaded", "$as": "name"},
          "hashes": {"$field": "Hashes", "$as": "hashes"},
          "parent_directory_ref": {"$ref": "loaded-directory"}}},
        {"name": "directory", "type": "directory", "properties": {"path": {"$field": "Image", "$as": "directory"}}},
        {"name": "image", "type": "file", "properties": {
          "$needs": ["name"],
          "name": {"$field": "Image", "$as": "name"}, "parent_directory_ref": {"$ref": "directory"}}},
        {"name": "process", "type": "process", "properties": {
          "$needs": ["pid"],
          "pid": {"$field": "ProcessId", "$as": "integer"}, "image_ref": {"$ref": "image"}}}
      ]
    },
    {
      "name": "remote-thread-or-access",
      "if": [{"has": ["UtcTime", "SourceImage", "TargetImage"]}],
      "first_observed": "UtcTime",
      "objects": [
        {"name": "source-directory", "type": "directory", "properties": {"path": {"$field": "SourceImage", "$as": "directory"}}},
        {"name": "source-image", "type": "file", "properties": {
          "$needs": ["name"],
          "name": {"$field": "SourceImage", "$as": "name"}, "parent_directory_ref": {"$ref": "source-directory"}}},
        {"name": "target-directory", "type": "directory", "properties": {"path": {"$field": "TargetImage", "$as": "directory"}}},
        {"name": "target-image", "type": "file", "properties": {
          "$needs": ["name"],
          "name": {"$field": "TargetImage", "$as": "name"}, "parent_directory_ref": {"$ref": "target-directory"}}},
        {"name": "source", "type": "process", "properties": {
          "$needs": ["pid"],
          "pid": {"$field": "SourceProcessId", "$as": "integer"}, "image_ref": {"$ref": "source-image"}}},
        {"name": "target", "type": "process", "properties": {
          "$needs": ["pid"],
          "pid": {"$field": "TargetProcessId", "$as": "integer"}, "image_ref": {"$ref": "target-image"}}}
      ]
    },
    {
      "name": "registry",
      "if": [{"has": ["UtcTime", "TargetObject"]}, {"field": "EventType", "is": ["SetValue", "DeleteValue", "RenameValue"]}],
      "first_observed": "UtcTime",
      "objects": [
        {"name": "key", "type": "windows-registry-key", "properties": {
          "$needs": ["key"],
          "key": {"$field": "TargetObject", "$as": "registry-parent"},
          "values": {"$list": [{"name": {"$field": "TargetObject", "$as": "name"}, "data": {"$field": "Details", "$as": "text"}}]}}},
        {"name": "directory", "type": "directory", "properties": {"path": {"$field": "Image", "$as": "directory"}}},
        {"name": "image", "type": "file", "properties": {
          "$needs": ["name"],
          "name": {"$field": "Image", "$as": "name"}, "parent_directory_ref": {"$ref": "directory"}}},
        {"name": "process", "type": "process", "properties": {
          "$needs": ["pid"],
          "pid": {"$field": "ProcessId", "$as": "integer"}, "image_ref": {"$ref": "image"}}}
      ]
    },
    {
      "name": "registry-key",
      "if": [{"has": ["UtcTime", "TargetObject"]}],
      "first_observed": "UtcTime",
      "objects": [
        {"name": "key", "type": "windows-registry-key", "properties": {"key": {"$field": "TargetObject", "$as": "registry-key"}}},
        {"name": "directory", "type": "directory", "properties": {"path": {"$field": "Image", "$as": "directory"}}},
        {"name": "image", "type": "file", "properties": {
          "$needs": ["name"],
          "name": {"$field": "Image", "$as": "name"}, "parent_directory_ref": {"$ref": "directory"}}},
        {"name": "process", "type": "process", "properties": {
          "$needs": ["pid"],
          "pid": {"$field": "ProcessId", "$as": "integer"}, "image_ref": {"$ref": "image"}}}
      ]
    },
    {
      "name": "dns-query",
      "if": [{"has": ["UtcTime", "QueryName"]}],
      "first_observed": "UtcTime",
      "objects": [
        {"name": "answer", "type": "host", "each": "QueryResults", "split": ";", "properties": {"value": {"$item": ""}}},
        {"name": "query", "type": "domain-name", "properties": {
          "$needs": ["value"],
          "value": {"$field": "QueryName", "$as": "lower"},
          "resolves_to_refs": {"$refs": "answer"}}},
        {"name": "directory", "type": "directory", "properties": {"path": {"$field": "Image", "$as": "directory"}}},
        {"name": "image", "type": "file", "properties": {
          "$needs": ["name"],
          "name": {"$field": "Image", "$as": "name"}, "parent_directory_ref": {"$ref": "directory"}}},
        {"name": "process", "type": "process", "properties": {
          "$needs": ["pid"],
          "pid": {"$field": "ProcessId", "$as": "integer"}, "image_ref": {"$ref": "image"}}}
      ]
    },
    {
      "name": "file",
      "if": [{"has": ["UtcTime", "TargetFilename"]}],
      "first_observed": "UtcTime",
      "objects": [
        {"name": "target-directory", "type": "directory", "properties": {"path": {"$field": "TargetFilename", "$as": "directory"}}},
        {"name": "target", "type": "file", "properties": {
          "$needs": ["name"],
          "name": {"$field": "TargetFilename", "$as": "name"},
          "hashes": {"$field": ["Hashes", "Hash"], "$as": "hashes"},
          "ctime": {"$field": "CreationUtcTime", "$as": "time"},
          "parent_directory_ref": {"$ref": "target-directory"}}},
        {"name": "directory", "type": "directory", "properties": {"path": {"$field": "Image", "$as": "directory"}}},
        {"name": "image", "type": "file", "properties": {
          "$needs": ["name"],
          "name": {"$field": "Image", "$as": "name"}, "parent_directory_ref": {"$ref": "directory"}}},
        {"name": "process", "type": "process", "properties": {
          "$needs": ["pid"],
          "pid": {"$field": "ProcessId", "$as": "integer"}, "image_ref": {"$ref": "image"}}}
      ]
    },
    {
      "name": "process",
      "if": [{"has": ["UtcTime", "Image", "ProcessId"]}],
      "first_observed": "UtcTime",
      "objects": [
        {"name": "directory", "type": "directory", "properties": {"path": {"$field": "Image", "$as": "directory"}}},
        {"name": "image", "type": "file", "properties": {
          "$needs": ["name"],
          "name": {"$field": "Image", "$as": "name"}, "parent_directory_ref": {"$ref": "directory"}}},
        {"name": "process", "type": "process", "properties": {
          "pid": {"$field": "ProcessId", "$as": "integer"}, "image_ref": {"$ref": "image"}}}
      ]
    }
  ]
})json";

}  // namespace entente::logs
