// The mapping of Zeek's conn, dns, http and ssl logs, written as JSON by its ASCII writer. Records are told apart by fields
// that only they have, since lines do not name their log unless the package json-streaming-logs adds _path.
#include "logs/shipped.h"

namespace entente::logs {

const char* const kZeekMapping = R"json({
  "type": "log-mapping",
  "version": 1,
  "name": "zeek",
  "description": "Zeek conn.log, dns.log, http.log and ssl.log as JSON",
  "absent": ["-", "(empty)"],
  "records": [
    {
      "name": "conn",
      "if": [{"has": ["id.orig_h", "id.resp_h", "conn_state"]}],
      "first_observed": "ts",
      "last_observed": {"$field": "ts", "$plus": "duration"},
      "objects": [
        {"name": "src", "type": "address", "properties": {"value": "id.orig_h"}},
        {"name": "dst", "type": "address", "properties": {"value": "id.resp_h"}},
        {"name": "traffic", "type": "network-traffic", "properties": {
          "start": {"$field": "ts", "$as": "time"},
          "end": {"$field": "ts", "$as": "time", "$plus": "duration"},
          "src_ref": {"$ref": "src"}, "dst_ref": {"$ref": "dst"},
          "src_port": {"$field": "id.orig_p", "$as": "integer"},
          "dst_port": {"$field": "id.resp_p", "$as": "integer"},
          "protocols": {"$list": [{"$field": "proto", "$as": "lower"}, {"$field": "service", "$as": "lower"}]},
          "src_byte_count": {"$field": "orig_bytes", "$as": "integer"},
          "dst_byte_count": {"$field": "resp_bytes", "$as": "integer"},
          "src_packets": {"$field": "orig_pkts", "$as": "integer"},
          "dst_packets": {"$field": "resp_pkts", "$as": "integer"}}}
      ]
    },
    {
      "name": "dns",
      "if": [{"has": ["id.orig_h", "id.resp_h", "trans_id"]}],
      "first_observed": "ts",
      "last_observed": {"$field": "ts", "$plus": "rtt"},
      "objects": [
        {"name": "src", "type": "address", "properties": {"value": "id.orig_h"}},
        {"name": "dst", "type": "address", "properties": {"value": "id.resp_h"}},
        {"name": "answer", "type": "host", "each": "answers", "properties": {"value": {"$item": ""}}},
        {"name": "query", "type": "domain-name", "properties": {
          "$needs": ["value"],
          "value": {"$field": "query", "$as": "lower"},
          "resolves_to_refs": {"$refs": "answer"}}},
        {"name": "traffic", "type": "network-traffic", "properties": {
          "start": {"$field": "ts", "$as": "time"},
          "src_ref": {"$ref": "src"}, "dst_ref": {"$ref": "dst"},
          "src_port": {"$field": "id.orig_p", "$as": "integer"},
          "dst_port": {"$field": "id.resp_p", "$as": "integer"},
          "protocols": {"$list": [{"$field": "proto", "$as": "lower"}, {"$constant": "dns"}]}}}
      ]
    },
    {
      "name": "http",
      "if": [{"has": ["id.orig_h", "id.resp_h", "trans_depth"]}, {"has_any": ["method", "host", "uri", "status_code", "user_agent"]},
             {"lacks": ["helo", "mailfrom"]}],
      "first_observed": "ts",
      "objects": [
        {"name": "src", "type": "address", "properties": {"value": "id.orig_h"}},
        {"name": "dst", "type": "address", "properties": {"value": "id.resp_h"}},
        {"name": "host", "type": "host", "properties": {"value": "host"}},
        {"name": "url", "type": "url", "properties": {
          "value": {"$url": {"scheme": {"$constant": "http"}, "host": "host", "port": {"$field": "id.resp_p", "$as": "text"}, "path": "uri"}}}},
        {"name": "traffic", "type": "network-traffic", "properties": {
          "start": {"$field": "ts", "$as": "time"},
          "src_ref": {"$ref": "src"}, "dst_ref": {"$ref": "dst"},
          "src_port": {"$field": "id.orig_p", "$as": "integer"},
          "dst_port": {"$field": "id.resp_p", "$as": "integer"},
          "protocols": {"$list": [{"$constant": "tcp"}, {"$constant": "http"}]},
          "extensions": {"http-request-ext": {
            "$needs": ["request_method", "request_value"],
            "request_method": {"$field": "method", "$as": "lower"},
            "request_value": "uri",
            "request_version": {"$joined": [{"$constant": "http/"}, {"$field": "version", "$as": "text"}]},
            "request_header": {
              "Host": {"$list": ["host"]},
              "User-Agent": {"$list": ["user_agent"]},
              "Referer": {"$list": ["referrer"]},
              "Origin": {"$list": ["origin"]}},
            "message_body_length": {"$field": "request_body_len", "$as": "integer"}}}}},
        {"name": "sent", "type": "file", "each": "orig_filenames", "properties": {"name": {"$item": "", "$as": "name"}}},
        {"name": "received", "type": "file", "each": "resp_filenames", "properties": {"name": {"$item": "", "$as": "name"}}}
      ]
    },
    {
      "name": "ssl",
      "if": [{"has": ["id.orig_h", "id.resp_h", "established"]}],
      "first_observed": "ts",
      "objects": [
        {"name": "src", "type": "address", "properties": {"value": "id.orig_h"}},
        {"name": "dst", "type": "address", "properties": {"value": "id.resp_h"}},
        {"name": "server", "type": "host", "properties": {"value": "server_name"}},
        {"name": "chain", "type": "x509-certificate", "each": ["cert_chain_fps"], "properties": {
          "hashes": {"SHA-256": {"$item": "", "$as": "lower"}}}},
        {"name": "client-chain", "type": "x509-certificate", "each": ["client_cert_chain_fps"], "properties": {
          "hashes": {"SHA-256": {"$item": "", "$as": "lower"}}}},
        {"name": "certificate", "type": "x509-certificate", "properties": {"subject": "subject", "issuer": "issuer"}},
        {"name": "client-certificate", "type": "x509-certificate", "properties": {"subject": "client_subject", "issuer": "client_issuer"}},
        {"name": "traffic", "type": "network-traffic", "properties": {
          "start": {"$field": "ts", "$as": "time"},
          "src_ref": {"$ref": "src"}, "dst_ref": {"$ref": "dst"},
          "src_port": {"$field": "id.orig_p", "$as": "integer"},
          "dst_port": {"$field": "id.resp_p", "$as": "integer"},
          "protocols": {"$list": [{"$constant": "tcp"}, {"$constant": "tls"}, {"$field": "next_protocol", "$as": "lower"}]}}}
      ]
    }
  ]
})json";

}  // namespace entente::logs
