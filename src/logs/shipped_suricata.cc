// The mapping of Suricata's EVE JSON: every event that has addresses, with what its protocol's part says. DNS is taken in
// the forms of versions 1 (rrname, rdata), 2 (answers, grouped) and 3 (queries).
#include "logs/shipped.h"

namespace entente::logs {

const char* const kSuricataMapping = R"json({
  "type": "log-mapping",
  "version": 1,
  "name": "suricata",
  "description": "Suricata EVE JSON: alert, dns, http, tls, fileinfo, smtp, flow and other events with addresses",
  "records": [
    {
      "name": "flow",
      "if": [{"field": "event_type", "is": ["flow", "netflow"]}, {"has": ["src_ip", "dest_ip"]}],
      "first_observed": ["flow.start", "netflow.start", "timestamp"],
      "last_observed": ["flow.end", "netflow.end", "timestamp"],
      "objects": [
        {"name": "src", "type": "address", "properties": {"value": "src_ip"}},
        {"name": "dst", "type": "address", "properties": {"value": "dest_ip"}},
        {"name": "traffic", "type": "network-traffic", "properties": {
          "start": {"$field": ["flow.start", "netflow.start"], "$as": "time"},
          "end": {"$field": ["flow.end", "netflow.end"], "$as": "time"},
          "src_ref": {"$ref": "src"}, "dst_ref": {"$ref": "dst"},
          "src_port": {"$field": "src_port", "$as": "integer"},
          "dst_port": {"$field": "dest_port", "$as": "integer"},
          "protocols": {"$list": [{"$field": "proto", "$as": "lower"}, {"$field": "app_proto", "$as": "lower"}]},
          "src_byte_count": {"$field": ["flow.bytes_toserver", "netflow.bytes"], "$as": "integer"},
          "dst_byte_count": {"$field": "flow.bytes_toclient", "$as": "integer"},
          "src_packets": {"$field": ["flow.pkts_toserver", "netflow.pkts"], "$as": "integer"},
          "dst_packets": {"$field": "flow.pkts_toclient", "$as": "integer"}}}
      ]
    },
    {
      "name": "event",
      "if": [{"has": ["event_type", "src_ip", "dest_ip"]}],
      "first_observed": "timestamp",
      "objects": [
        {"name": "src", "type": "address", "properties": {"value": "src_ip"}},
        {"name": "dst", "type": "address", "properties": {"value": "dest_ip"}},
        {"name": "answer", "type": "host", "each": "dns.answers", "properties": {"value": {"$item": "rdata"}}},
        {"name": "rdata", "type": "host", "properties": {"value": "dns.rdata"}},
        {"name": "a", "type": "host", "each": "dns.grouped.A", "properties": {"value": {"$item": ""}}},
        {"name": "aaaa", "type": "host", "each": "dns.grouped.AAAA", "properties": {"value": {"$item": ""}}},
        {"name": "cname", "type": "host", "each": "dns.grouped.CNAME", "properties": {"value": {"$item": ""}}},
        {"name": "query", "type": "domain-name", "properties": {
          "$needs": ["value"],
          "value": {"$field": "dns.rrname", "$as": "lower"},
          "resolves_to_refs": {"$refs": ["answer", "rdata", "a", "aaaa", "cname"]}}},
        {"name": "queries", "type": "domain-name", "each": ["dns.queries", "dns.query"], "properties": {
          "$needs": ["value"],
          "value": {"$item": "rrname", "$as": "lower"},
          "resolves_to_refs": {"$refs": ["answer", "a", "aaaa", "cname"]}}},
        {"name": "host", "type": "host", "properties": {"value": "http.hostname"}},
        {"name": "url", "type": "url", "properties": {
          "value": {"$url": {"scheme": {"$constant": "http"}, "host": "http.hostname", "port": {"$field": "http.http_port", "$as": "text"}, "path": "http.url"}}}},
        {"name": "server", "type": "host", "properties": {"value": "tls.sni"}},
        {"name": "certificate", "type": "x509-certificate", "properties": {
          "subject": "tls.subject",
          "issuer": "tls.issuerdn",
          "serial_number": {"$field": "tls.serial", "$as": "lower"},
          "hashes": {"SHA-1": {"$field": "tls.fingerprint", "$as": "hex"}},
          "validity_not_before": {"$field": "tls.notbefore", "$as": "time"},
          "validity_not_after": {"$field": "tls.notafter", "$as": "time"}}},
        {"name": "file", "type": "file", "properties": {
          "$needs": ["name"],
          "name": {"$field": "fileinfo.filename", "$as": "name"},
          "size": {"$field": "fileinfo.size", "$as": "integer"},
          "mime_type": "fileinfo.mime_type",
          "hashes": {
            "MD5": {"$field": "fileinfo.md5", "$as": "lower"},
            "SHA-1": {"$field": "fileinfo.sha1", "$as": "lower"},
            "SHA-256": {"$field": "fileinfo.sha256", "$as": "lower"}}}},
        {"name": "files", "type": "file", "each": "files", "properties": {
          "$needs": ["name"],
          "name": {"$item": "filename", "$as": "name"},
          "size": {"$item": "size", "$as": "integer"},
          "hashes": {
            "MD5": {"$item": "md5", "$as": "lower"},
            "SHA-1": {"$item": "sha1", "$as": "lower"},
            "SHA-256": {"$item": "sha256", "$as": "lower"}}}},
        {"name": "sender", "type": "email-addr", "properties": {"value": {"$field": "smtp.mail_from", "$as": "mail"}}},
        {"name": "recipient", "type": "email-addr", "each": "smtp.rcpt_to", "properties": {"value": {"$item": "", "$as": "mail"}}},
        {"name": "mail", "type": "email-message", "properties": {
          "$needs": ["subject"],
          "is_multipart": {"$constant": false},
          "from_ref": {"$ref": "sender"},
          "to_refs": {"$refs": "recipient"},
          "subject": "email.subject"}},
        {"name": "traffic", "type": "network-traffic", "properties": {
          "start": {"$field": ["flow.start", "timestamp"], "$as": "time"},
          "src_ref": {"$ref": "src"}, "dst_ref": {"$ref": "dst"},
          "src_port": {"$field": "src_port", "$as": "integer"},
          "dst_port": {"$field": "dest_port", "$as": "integer"},
          "protocols": {"$list": [{"$field": "proto", "$as": "lower"}, {"$field": "app_proto", "$as": "lower"}]},
          "extensions": {"http-request-ext": {
            "$needs": ["request_method", "request_value"],
            "request_method": {"$field": "http.http_method", "$as": "lower"},
            "request_value": "http.url",
            "request_version": {"$field": "http.protocol", "$as": "lower"},
            "request_header": {
              "Host": {"$list": ["http.hostname"]},
              "User-Agent": {"$list": ["http.http_user_agent"]},
              "Referer": {"$list": ["http.http_refer"]}}}}}}
      ]
    }
  ]
})json";

}  // namespace entente::logs
