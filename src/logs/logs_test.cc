// Logs as Zeek, Suricata and Sysmon write them, with fictional content: what the shipped mappings make of them is valid
// STIX and says what the line says. Then mappings of one's own, and everything that can be wrong.
#include <gtest/gtest.h>

#include "logs/form.h"
#include "logs/limits.h"
#include "logs/mapping.h"
#include "logs/reader.h"
#include "stix/stix.h"

namespace entente::logs {
namespace {

// The objects of a line's bundle but the observed-data, each less spec_version and id: "type {...}"; references
// are written as the type that they refer to.
struct Mapped {
  std::string bytes;
  json::Document document;
  std::vector<std::string> objects;
  std::string observed;  // the observed-data
  std::string error;

  Mapped(const Mapping& mapping, std::string_view line) {
    const std::string padded = json::padded(line);
    LogReader reader(mapping);
    const auto read = reader.read(std::string_view(padded).substr(0, line.size()));
    if (!read) {
      error = read.error().detail;
      return;
    }
    if (read->empty()) return;
    bytes = json::padded(*read);
    json::Parser parser;
    EXPECT_TRUE(parser.parse(std::string_view(bytes).substr(0, read->size()), &document));
    const auto list = document.root().find("objects");
    if (!list) return;
    stix::Examiner examiner;
    stix::Examination examination;
    for (const json::Value object : list->elements()) {
      examiner.examine(object, &examination);
      for (const stix::Finding& finding : examination.findings) {
        EXPECT_NE(finding.severity, stix::Severity::kError)
            << finding.code << " " << finding.pointer << " " << finding.detail << "\n"
            << object.raw();
      }
      if (object.find("type")->text_is("observed-data")) {
        observed = object.raw();
      } else {
        objects.emplace_back(object.raw());
      }
    }
  }

  // Whether some object of the type has all of these texts in it.
  bool has(std::string_view type, const std::vector<std::string_view>& texts) const {
    const std::string head = "{\"type\":\"" + std::string(type) + "\"";
    for (const std::string& object : objects) {
      bool fits = object.starts_with(head);
      for (const auto text : texts) fits &= object.find(text) != std::string::npos;
      if (fits) return true;
    }
    return false;
  }
  size_t count() const { return objects.size(); }
  std::string all() const {
    std::string out = observed;
    for (const std::string& object : objects) out += "\n" + object;
    return out + error;
  }
};

Mapped map(std::string_view name, std::string_view line) {
  const auto mapping = Mapping::shipped(name);
  EXPECT_TRUE(mapping) << mapping.error().detail;
  return Mapped(*mapping, line);
}

TEST(LogsZeek, Conn) {
  const Mapped m = map(
      "zeek",
      R"({"ts":1772359200.123456,"uid":"CAbc1","id.orig_h":"192.0.2.10","id.orig_p":49152,"id.resp_h":"2001:DB8::5","id.resp_p":443,)"
      R"("proto":"tcp","service":"ssl","duration":2.5,"orig_bytes":517,"resp_bytes":4096,"conn_state":"SF","missed_bytes":0,)"
      R"("history":"ShADadFf","orig_pkts":9,"orig_ip_bytes":997,"resp_pkts":8,"resp_ip_bytes":4520})");
  EXPECT_EQ(m.count(), 3U) << m.all();
  EXPECT_TRUE(m.has("ipv4-addr", {R"("value":"192.0.2.10")"})) << m.all();
  EXPECT_TRUE(m.has("ipv6-addr", {R"("value":"2001:db8::5")"})) << m.all();
  EXPECT_TRUE(m.has(
      "network-traffic",
      {R"("start":"2026-03-01T10:00:00.123456Z","end":"2026-03-01T10:00:02.623456Z","src_ref":"ipv4-addr--)",
       R"("dst_ref":"ipv6-addr--)", R"("src_port":49152,"dst_port":443,"protocols":["tcp","ssl"])",
       R"("src_byte_count":517,"dst_byte_count":4096,"src_packets":9,"dst_packets":8)"}))
      << m.all();
  EXPECT_NE(
      m.observed.find(
          R"("first_observed":"2026-03-01T10:00:00.123456Z","last_observed":"2026-03-01T10:00:02.623456Z","number_observed":1)"),
      std::string::npos)
      << m.observed;
}

TEST(LogsZeek, DnsInAllThreeTimes) {
  for (const char* const ts :
       {"1772359200.123456", "\"2026-03-01T10:00:00.123456Z\"", "1772359200123.456"}) {
    const Mapped m = map(
        "zeek",
        std::string(R"({"ts":)") + ts +
            R"(,"uid":"CAbc2","id.orig_h":"192.0.2.10","id.orig_p":5353,"id.resp_h":"192.0.2.53","id.resp_p":53,"proto":"udp",)"
            R"("trans_id":4711,"rtt":0.002,"query":"Portal.Example","qclass":1,"qclass_name":"C_INTERNET","qtype":1,"qtype_name":"A",)"
            R"("rcode":0,"rcode_name":"NOERROR","AA":false,"TC":false,"RD":true,"RA":true,"Z":0,)"
            R"("answers":["edge.portal.example","198.51.100.7","TXT 11 hello there"],"TTLs":[60.0,60.0,60.0],"rejected":false})");
    EXPECT_TRUE(m.has(
        "domain-name",
        {R"("value":"portal.example","resolves_to_refs":["domain-name--)", R"(,"ipv4-addr--)"}))
        << m.all();
    EXPECT_TRUE(m.has("domain-name", {R"("value":"edge.portal.example")"}));
    EXPECT_TRUE(m.has("ipv4-addr", {R"("value":"198.51.100.7")"}));
    EXPECT_TRUE(m.has("network-traffic", {R"("protocols":["udp","dns"])"})) << m.all();
    EXPECT_EQ(m.count(), 6U) << m.all();
    EXPECT_NE(m.observed.find(R"("first_observed":"2026-03-01T10:00:00.123456Z")"),
              std::string::npos)
        << m.observed;
  }
}

TEST(LogsZeek, HttpAndSsl) {
  const Mapped http = map(
      "zeek",
      R"({"ts":1772359200.5,"uid":"C3","id.orig_h":"192.0.2.10","id.orig_p":50000,"id.resp_h":"198.51.100.8","id.resp_p":8080,)"
      R"("trans_depth":1,"method":"GET","host":"cdn.example","uri":"/a/b.bin?x=1","referrer":"-","version":"1.1",)"
      R"("user_agent":"Agent \"7\"","request_body_len":0,"response_body_len":10,"status_code":200,"status_msg":"OK","tags":[],)"
      R"("resp_fuids":["F1"],"resp_filenames":["b.bin"],"resp_mime_types":["application/octet-stream"]})");
  EXPECT_TRUE(http.has("url", {R"("value":"http://cdn.example:8080/a/b.bin?x=1")"})) << http.all();
  EXPECT_TRUE(http.has(
      "network-traffic",
      {R"("http-request-ext":{"request_method":"get","request_value":"/a/b.bin?x=1","request_version":"http/1.1")",
       R"("request_header":{"Host":["cdn.example"],"User-Agent":["Agent \"7\""]})"}))
      << http.all();
  EXPECT_TRUE(http.has("file", {R"("name":"b.bin")"}));
  const Mapped ssl = map(
      "zeek",
      R"({"ts":1772359200.0,"uid":"C4","id.orig_h":"192.0.2.10","id.orig_p":50001,"id.resp_h":"198.51.100.8","id.resp_p":443,)"
      R"("version":"TLSv12","cipher":"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256","server_name":"login.example","resumed":false,)"
      R"("established":true,"ssl_history":"CsxknGIi","cert_chain_fps":["AAAAbbbbccccddddAAAAbbbbccccddddAAAAbbbbccccddddAAAAbbbbccccdddd"],)"
      R"("sni_matches_cert":true})");
  EXPECT_TRUE(ssl.has("domain-name", {R"("value":"login.example")"})) << ssl.all();
  EXPECT_TRUE(ssl.has("x509-certificate", {R"("SHA-256":"aaaabbbbcccc)"})) << ssl.all();
  EXPECT_TRUE(ssl.has("network-traffic", {R"("protocols":["tcp","tls"])"})) << ssl.all();
}

TEST(LogsSuricata, AlertWithHttpAndFile) {
  const Mapped m = map(
      "suricata",
      R"({"timestamp":"2026-03-01T12:00:00.250000+0200","flow_id":1,"in_iface":"eth0","event_type":"alert","src_ip":"192.0.2.10",)"
      R"("src_port":50002,"dest_ip":"198.51.100.9","dest_port":80,"proto":"TCP","app_proto":"http","alert":{"action":"allowed","gid":1,)"
      R"("signature_id":1,"rev":1,"signature":"FICTION","category":"","severity":3},"http":{"hostname":"files.example","url":"/x.exe",)"
      R"("http_user_agent":"curl","http_method":"GET","protocol":"HTTP/1.1","status":200,"length":3},)"
      R"("files":[{"filename":"/x.exe","md5":"900150983cd24fb0d6963f7d28e17f72","state":"CLOSED","stored":false,"size":3,"tx_id":0}]})");
  EXPECT_NE(m.observed.find(R"("first_observed":"2026-03-01T10:00:00.250000Z")"), std::string::npos)
      << m.all();
  EXPECT_TRUE(m.has("url", {R"("value":"http://files.example/x.exe")"})) << m.all();
  EXPECT_TRUE(m.has(
      "file", {R"("name":"x.exe","size":3,"hashes":{"MD5":"900150983cd24fb0d6963f7d28e17f72"})"}))
      << m.all();
  EXPECT_TRUE(
      m.has("network-traffic", {R"("protocols":["tcp","http"])", R"("request_method":"get")"}));
}

TEST(LogsSuricata, DnsOfAllVersions) {
  const std::string head =
      R"({"timestamp":"2026-03-01T10:00:00.000001+0000","event_type":"dns","src_ip":"192.0.2.53","src_port":53,"dest_ip":"192.0.2.10","dest_port":5000,"proto":"UDP","dns":)";
  for (
      const std::string dns :
      {R"({"type":"answer","id":7,"rrname":"www.example","rrtype":"A","ttl":9,"rdata":"198.51.100.7"}})",
       R"({"version":2,"type":"answer","id":7,"rrname":"www.example","rrtype":"A","answers":[{"rrname":"www.example","rrtype":"A","ttl":9,"rdata":"198.51.100.7"}]}})",
       R"({"version":2,"type":"answer","id":7,"rrname":"www.example","rrtype":"A","grouped":{"A":["198.51.100.7"]}}})",
       R"({"version":3,"type":"response","id":7,"queries":[{"rrname":"www.example","rrtype":"A"}],"answers":[{"rrname":"www.example","rrtype":"A","ttl":9,"rdata":"198.51.100.7"}]}})"}) {
    const Mapped m = map("suricata", head + dns);
    EXPECT_TRUE(m.has("domain-name", {R"("value":"www.example","resolves_to_refs":["ipv4-addr--)"}))
        << m.all();
    EXPECT_EQ(m.count(), 5U) << m.all();
  }
}

TEST(LogsSuricata, TlsFlowFileinfoSmtp) {
  const std::string head =
      R"({"timestamp":"2026-03-01T10:00:00.000000+0000","src_ip":"192.0.2.10","src_port":1,"dest_ip":"198.51.100.9","dest_port":2,"proto":"TCP",)";
  const Mapped tls = map(
      "suricata",
      head +
          R"("event_type":"tls","tls":{"subject":"CN=login.example","issuerdn":"CN=Example CA","serial":"00:AB:01","fingerprint":"aa:bb:cc:dd:ee:ff:00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd","sni":"login.example","version":"TLS 1.2","notbefore":"2026-01-01T00:00:00","notafter":"2027-01-01T00:00:00"}})");
  EXPECT_TRUE(tls.has("x509-certificate",
                      {R"("hashes":{"SHA-1":"aabbccddeeff00112233445566778899aabbccdd"})",
                       R"("validity_not_before":"2026-01-01T00:00:00.000Z")"}))
      << tls.all();
  const Mapped flow = map(
      "suricata",
      head +
          R"("event_type":"flow","app_proto":"tls","flow":{"pkts_toserver":5,"pkts_toclient":4,"bytes_toserver":600,"bytes_toclient":500,"start":"2026-03-01T09:59:00.000000+0000","end":"2026-03-01T10:00:00.000000+0000","age":60,"state":"closed"}})");
  EXPECT_TRUE(
      flow.has("network-traffic",
               {R"("src_byte_count":600,"dst_byte_count":500,"src_packets":5,"dst_packets":4)"}));
  EXPECT_NE(
      flow.observed.find(
          R"("first_observed":"2026-03-01T09:59:00.000000Z","last_observed":"2026-03-01T10:00:00.000000Z")"),
      std::string::npos)
      << flow.all();
  const Mapped mail = map(
      "suricata",
      head +
          R"("event_type":"smtp","smtp":{"helo":"mx","mail_from":"<a@mail.example>","rcpt_to":["<b@mail.example>"]},"email":{"status":"PARSE_DONE","from":"a@mail.example","subject":"Hello"}})");
  EXPECT_TRUE(mail.has("email-message", {R"("from_ref":"email-addr--)", R"("subject":"Hello")"}))
      << mail.all();
  // What has no addresses is nothing to observe.
  EXPECT_EQ(
      map("suricata",
          R"({"timestamp":"2026-03-01T10:00:00.000000+0000","event_type":"stats","stats":{"uptime":1}})")
          .all(),
      "");
}

constexpr std::string_view kProcess =
    R"("UtcTime":"2026-03-01 10:00:00.123","ProcessGuid":"{0}","ProcessId":4242,"Image":"C:\\Windows\\System32\\cmd.exe",)"
    R"("CommandLine":"cmd /c whoami","CurrentDirectory":"C:\\Users\\ada\\","User":"EXAMPLE\\ada","IntegrityLevel":"Medium",)"
    R"("Hashes":"SHA1=A9993E364706816ABA3E25717850C26C9CD0D89D,MD5=900150983CD24FB0D6963F7D28E17F72,IMPHASH=00000000000000000000000000000000",)"
    R"("ParentProcessId":"0x10","ParentImage":"C:\\Program Files\\office.exe","ParentCommandLine":"office.exe")";

TEST(LogsSysmon, ProcessCreateInAllWrappings) {
  const std::string process(kProcess);
  for (const std::string& line :
       {R"({"EventID":1,)" + process + "}",
        R"({"@timestamp":"2026-03-01T10:00:01.000Z","winlog":{"event_id":1,"event_data":{)" +
            process + "}}}",
        R"({"Event":{"System":{"EventID":{"#text":1}},"EventData":{)" + process + "}}}"}) {
    const Mapped m = map("sysmon", line);
    EXPECT_TRUE(m.has("process",
                      {R"("pid":4242,"created_time":"2026-03-01T10:00:00.123Z")",
                       R"("parent_ref":"process--)", R"("image_ref":"file--)",
                       R"("creator_user_ref":"user-account--)", R"("integrity_level":"medium")"}))
        << m.all();
    EXPECT_TRUE(m.has("process", {R"("pid":16,"command_line":"office.exe")"})) << m.all();
    EXPECT_TRUE(
        m.has("file",
              {R"("name":"cmd.exe","hashes":{"SHA-1":"a9993e364706816aba3e25717850c26c9cd0d89d",)"
               R"("MD5":"900150983cd24fb0d6963f7d28e17f72"},"parent_directory_ref":"directory--)"}))
        << m.all();
    EXPECT_TRUE(m.has("user-account", {R"("account_login":"ada","display_name":"EXAMPLE\\ada")"}));
  }
}

TEST(LogsSysmon, NetworkRegistryFileDns) {
  const std::string head =
      R"({"EventID":3,"UtcTime":"2026-03-01 10:00:00.123","ProcessId":4242,"Image":"C:\\x\\a.exe",)";
  const Mapped network = map(
      "sysmon",
      head +
          R"("Protocol":"tcp","SourceIp":"192.0.2.10","SourcePort":50000,"DestinationIp":"198.51.100.9","DestinationHostname":"c2.example","DestinationPort":443})");
  EXPECT_TRUE(network.has("process", {R"("opened_connection_refs":["network-traffic--)"}))
      << network.all();
  EXPECT_TRUE(network.has("domain-name", {"c2.example"}));
  const Mapped value = map(
      "sysmon",
      head +
          R"("EventType":"SetValue","TargetObject":"HKLM\\SOFTWARE\\Vendor\\Run\\Updater","Details":"C:\\x\\a.exe"})");
  EXPECT_TRUE(
      value.has("windows-registry-key", {R"("key":"HKEY_LOCAL_MACHINE\\SOFTWARE\\Vendor\\Run")",
                                         R"("values":[{"name":"Updater","data":"C:\\x\\a.exe"}])"}))
      << value.all();
  const Mapped key = map(
      "sysmon", head + R"("EventType":"CreateKey","TargetObject":"HKU\\S-1\\Software\\Vendor"})");
  EXPECT_TRUE(key.has("windows-registry-key", {R"("key":"HKEY_USERS\\S-1\\Software\\Vendor")"}))
      << key.all();
  const Mapped file = map(
      "sysmon",
      head +
          R"("TargetFilename":"C:\\Users\\ada\\b.tmp","CreationUtcTime":"2026-03-01 09:59:59.000"})");
  EXPECT_TRUE(file.has("file", {R"("name":"b.tmp","ctime":"2026-03-01T09:59:59.000Z")"}))
      << file.all();
  const Mapped dns = map(
      "sysmon",
      head +
          R"("QueryName":"c2.example","QueryStatus":"0","QueryResults":"type:  5 edge.example;::ffff:198.51.100.9;"})");
  EXPECT_TRUE(dns.has("domain-name", {R"("value":"c2.example","resolves_to_refs":["domain-name--)",
                                      R"("ipv4-addr--)"}))
      << dns.all();
  EXPECT_TRUE(dns.has("ipv4-addr", {R"("value":"198.51.100.9")"}));
}

TEST(Logs, SameLineSameIdsOtherLineOthers) {
  const std::string line =
      R"({"ts":1772359200.5,"id.orig_h":"192.0.2.10","id.resp_h":"192.0.2.53","proto":"tcp","conn_state":"S0"})";
  const Mapped a = map("zeek", line), b = map("zeek", line), c = map("zeek", line + " ");
  EXPECT_EQ(a.bytes, b.bytes);
  EXPECT_NE(a.observed, c.observed);
  // Objects are the same wherever they are seen.
  EXPECT_EQ(a.objects, c.objects);
}

TEST(Logs, TellsWhatIsWrongWithALine) {
  EXPECT_TRUE(map("zeek", "#fields\tts").error.starts_with("not JSON: "));
  EXPECT_EQ(map("zeek", "[1]").error, "no JSON object");
  const std::string tail =
      R"("id.orig_h":"192.0.2.10","id.resp_h":"192.0.2.53","conn_state":"S0"})";
  EXPECT_EQ(map("zeek", "{" + tail).error, "no time: nothing in ts");
  EXPECT_EQ(map("zeek", R"({"ts":"yesterday",)" + tail).error, "ts is no time: yesterday");
  EXPECT_EQ(map("zeek", "{}").all(), "");
  const std::string longest(limits::kLineBytesMax, ' ');
  EXPECT_TRUE(map("zeek", longest).error.starts_with("not JSON"));
  EXPECT_EQ(map("zeek", longest + " ").error, "a log line is too long");
}

TEST(Logs, ReadsTimes) {
  const auto shown = [](std::string_view text) {
    const auto moment = read_moment(text);
    return moment ? format_moment(*moment) : std::string("none");
  };
  EXPECT_EQ(shown("0"), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(shown("1772359200.123456789"), "2026-03-01T10:00:00.123456789Z");
  EXPECT_EQ(shown("1772359200123"), "2026-03-01T10:00:00.123Z");
  EXPECT_EQ(shown("1.7723592e9"), "2026-03-01T10:00:00.000000Z");
  EXPECT_EQ(shown("2026-03-01T10:00:00Z"), "2026-03-01T10:00:00.000Z");
  EXPECT_EQ(shown("2026-03-01 10:00:00.1234567"), "2026-03-01T10:00:00.1234567Z");
  EXPECT_EQ(shown("2026-03-01T10:00:00.5-05:30"), "2026-03-01T15:30:00.500Z");
  EXPECT_EQ(shown("2026-03-01 10:00:00.123456 UTC"), "2026-03-01T10:00:00.123456Z");
  EXPECT_EQ(shown("1960-01-01T00:00:00.250Z"), "1960-01-01T00:00:00.250Z");
  for (const char* const text :
       {"", "-", "-1", "1e40", "2026-02-30T00:00:00Z", "2026-03-01T10:00:00+2",
        "2026-03-01T10:00:00.Z", "9999-01-01T00:00:00Z", "0001-01-01T00:00:00Z",
        "99999999999999999", "1.", "1.2.3"})
    EXPECT_EQ(shown(text), "none") << text;
}

std::string mapping_of(std::string_view objects, std::string_view more = "") {
  return R"({"type":"log-mapping","version":1,"name":"own",)" + std::string(more) +
         R"("records":[{"name":"r","first_observed":"t","objects":[)" + std::string(objects) +
         "]}]}";
}

TEST(LogsMapping, IsReadStrictly) {
  EXPECT_TRUE(
      Mapping::parse(mapping_of(R"({"name":"a","type":"url","properties":{"value":"u"}})")));
  const auto wrong = [](const std::string& text) {
    const auto parsed = Mapping::parse(text);
    return parsed ? std::string("none") : parsed.error().detail;
  };
  EXPECT_EQ(wrong(R"({"type":"x"})"), "/type is not \"log-mapping\"");
  EXPECT_TRUE(wrong("{").starts_with("not JSON at byte "));
  EXPECT_EQ(wrong(mapping_of("", R"("more":1,)")), "/more is not known here");
  const std::string at = "/records/0/objects/0";
  EXPECT_EQ(
      wrong(mapping_of(
          R"({"name":"a","type":"url","properties":{"value":{"$field":"u","$as":"upside"}}})")),
      at + "/properties/value/$as is no form of value");
  EXPECT_EQ(wrong(mapping_of(R"({"name":"a","type":"url","properties":{"value":{"$ref":"b"}}})")),
            at + "/properties/value refers to what is not before it: b");
  EXPECT_EQ(wrong(mapping_of(R"({"name":"a","type":"url","properties":{"value":{"$item":""}}})")),
            at + "/properties/value has $item, but no \"each\" makes elements");
  EXPECT_EQ(wrong(mapping_of(R"({"name":"a","type":"URL","properties":{"value":"u"}})")),
            at + "/type is no type of object");
  EXPECT_EQ(wrong(mapping_of(R"({"name":"a","type":"url","properties":{"id":"u"}})")),
            at + "/properties must not have type and id, which are made");
  EXPECT_EQ(wrong(mapping_of(R"({"name":"a","type":"address","properties":{"x":"u"}})")),
            at + "/properties must be \"value\" alone, as the type depends on it");
  EXPECT_EQ(wrong(mapping_of(R"({"name":"a","type":"url","properties":{"value":{"$many":"u"}}})")),
            at + "/properties/value/$many is not known");
}

TEST(LogsMapping, HasLimits) {
  const auto code = [](const std::string& text) {
    const auto parsed = Mapping::parse(text);
    return parsed ? std::string("none") : std::string(name_of(parsed.error().code));
  };
  const auto many = [](uint32_t count) {
    std::string out;
    for (uint32_t i = 0; i < count; ++i) {
      out += (i > 0 ? "," : "") + std::string(R"({"name":"n)") + std::to_string(i) +
             R"(","type":"url","properties":{"value":"u"}})";
    }
    return mapping_of(out);
  };
  EXPECT_EQ(code(many(limits::kObjectsMax)), "none");
  EXPECT_EQ(code(many(limits::kObjectsMax + 1)), "too-large");
  const auto deep = [](uint32_t depth) {
    std::string open, close;
    for (uint32_t i = 0; i + 2 < depth; ++i) {
      open += R"({"x":)";
      close += "}";
    }
    return mapping_of(R"({"name":"a","type":"url","properties":{"value":)" + open + "\"u\"" +
                      close + "}}");
  };
  EXPECT_EQ(code(deep(limits::kDepthMax)), "none");
  EXPECT_EQ(code(deep(limits::kDepthMax + 1)), "too-large");
  const auto parts = [](uint32_t dots) {
    std::string field = "a";
    for (uint32_t i = 0; i < dots; ++i) field += ".a";
    return mapping_of(R"({"name":"a","type":"url","properties":{"value":")" + field + "\"}}");
  };
  EXPECT_EQ(code(parts(limits::kFieldPartsMax)), "none");
  EXPECT_EQ(code(parts(limits::kFieldPartsMax + 1)), "too-large");
  std::string whole = mapping_of(R"({"name":"a","type":"url","properties":{"value":"u"}})");
  whole.resize(limits::kMappingBytesMax, ' ');
  EXPECT_EQ(code(whole), "none");
  EXPECT_EQ(code(whole + " "), "too-large");
  std::string records;
  for (uint32_t i = 0; i < limits::kRecordsMax; ++i) {
    records +=
        (i > 0 ? "," : "") +
        std::string(
            R"({"name":"r","first_observed":"t","objects":[{"name":"a","type":"url","properties":{"value":"u"}}]})");
  }
  const std::string head = R"({"type":"log-mapping","version":1,"name":"own","records":[)";
  EXPECT_EQ(code(head + records + "]}"), "none");
  EXPECT_EQ(code(head + records + "," + records + "]}"), "too-large");
}

TEST(LogsMapping, MakesAtMostSoManyElements) {
  const auto mapping = Mapping::parse(
      mapping_of(R"({"name":"a","type":"url","each":"list","properties":{"value":{"$item":""}}})"));
  ASSERT_TRUE(mapping);
  for (const uint32_t count : {limits::kElementsMax, limits::kElementsMax + 1}) {
    std::string line = R"({"t":1,"list":[)";
    for (uint32_t i = 0; i < count; ++i)
      line += (i > 0 ? ",\"u" : "\"u") + std::to_string(i) + "\"";
    EXPECT_EQ(Mapped(*mapping, line + "]}").count(), limits::kElementsMax);
  }
}

TEST(LogsMapping, LeavesOutWhatIsNotThere) {
  const auto mapping = Mapping::parse(mapping_of(
      R"({"name":"d","type":"domain-name","properties":{"value":"d"}},)"
      R"({"name":"f","type":"file","properties":{"$needs":["name"],"name":"n","size":{"$field":"s","$as":"integer"},)"
      R"("hashes":{"MD5":"m"}}},)"
      R"({"name":"p","type":"process","properties":{"pid":{"$constant":1},"image_ref":{"$ref":"f"}}})",
      R"("absent":["?"],)"));
  ASSERT_TRUE(mapping) << mapping.error().detail;
  EXPECT_EQ(Mapped(*mapping, R"({"t":1,"n":"?","s":7})").count(), 0U);
  const Mapped named(*mapping, R"({"t":1,"n":"a","s":"x","d":""})");
  EXPECT_EQ(named.count(), 2U) << named.all();
  EXPECT_TRUE(named.has("file", {R"("name":"a"})"})) << named.all();
  EXPECT_TRUE(named.has("process", {R"("pid":1,"image_ref":"file--)"})) << named.all();
}

}  // namespace
}  // namespace entente::logs
