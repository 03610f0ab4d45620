// The observables of a story, one of every type of the standard and with most of its extensions.
// Names end in .example, addresses are those of RFC 2544 and RFC 3849, autonomous systems those of
// RFC 6996: none of them can be met in the open.
#include <string>

#include "app/demo_builder.h"
#include "base/hash.h"
#include "base/text.h"

namespace entente::app {
namespace {

std::string hashes_of(std::string_view content) {
  return Members().text("SHA-256", to_hex(sha256({content}))).object();
}

void add_network(DemoBuilder& builder, DemoTraces* out) {
  out->domain_name = builder.hex(8) + "." +
                     std::string(builder.any_of({"mail", "cdn", "login", "files"})) + ".example";
  out->address_text =
      "198.18." + std::to_string(builder.below(256)) + "." + std::to_string(1 + builder.below(254));
  const int64_t number = 4'200'000'000 + static_cast<int64_t>(builder.below(94'000'000));
  out->system = builder.observe("autonomous-system",
                                Members().number("number", number).text("name", "Example Transit"));
  Members address =
      Members().text("value", out->address_text).list("belongs_to_refs", {out->system});
  out->address = builder.observe("ipv4-addr", address);
  const std::string six = "2001:db8:" + std::to_string(1 + builder.below(9'999)) +
                          "::" + std::to_string(1 + builder.below(99));
  out->address6 = builder.observe("ipv6-addr", Members().text("value", six));
  Members domain = Members().text("value", out->domain_name);
  out->domain = builder.observe("domain-name",
                                domain.list("resolves_to_refs", {out->address, out->address6}));
  out->url_text = "https://" + out->domain_name + "/" + builder.hex(6);
  out->url = builder.observe("url", Members().text("value", out->url_text));
  const std::string card =
      "02:00:5e:" + builder.hex(2) + ":" + builder.hex(2) + ":" + builder.hex(2);
  out->network_card = builder.observe("mac-addr", Members().text("value", card));

  Members request;
  request.text("request_method", "get")
      .text("request_value", "/" + builder.hex(6))
      .text("request_version", "http/1.1");
  request.raw("request_header", R"({"User-Agent":["Accord/1.0"],"Accept-Language":["en","ko"]})");
  Members extensions = Members().raw("http-request-ext", request.object());
  extensions.raw("tcp-ext", R"({"src_flags_hex":"00000002"})");
  Members traffic;
  traffic.text("start", builder.time_after(-300))
      .text("end", builder.time_after(-299))
      .raw("is_active", "false");
  traffic.text("src_ref", out->address6).text("dst_ref", out->domain);
  traffic.number("src_port", static_cast<int64_t>(49'152 + builder.below(16'000)))
      .number("dst_port", 80);
  traffic.list("protocols", {"ipv6", "tcp", "http"}).raw("extensions", extensions.object());
  traffic.number("src_byte_count", static_cast<int64_t>(200 + builder.below(9'000)));
  out->traffic = builder.observe("network-traffic", traffic);
}

void add_files(DemoBuilder& builder, std::string_view name, DemoTraces* out) {
  const std::string content = "demo" + builder.hex(20);  // 24 characters: whole groups of base64
  out->file_hash = to_hex(sha256({content}));
  Members artifact = Members()
                         .text("mime_type", "application/octet-stream")
                         .text("payload_bin", to_base64url(content));
  out->artifact = builder.observe("artifact", artifact.raw("hashes", hashes_of(content)));
  const std::string path = "C:\\ProgramData\\" + builder.hex(6);
  out->folder =
      builder.observe("directory", Members().text("path", path).text("path_enc", "UTF-8"));

  Members file = Members()
                     .text("name", std::string(name) + ".exe")
                     .number("size", 24)
                     .raw("hashes", hashes_of(content));
  file.text("mime_type", "application/vnd.microsoft.portable-executable")
      .text("parent_directory_ref", out->folder);
  file.text("content_ref", out->artifact).text("magic_number_hex", "4d5a");
  Members binary =
      Members().text("pe_type", "exe").text("machine_hex", "8664").number("number_of_sections", 1);
  binary.raw("sections", R"([{"name":".text","size":24,"entropy":6.5}])");
  file.raw("extensions", Members().raw("windows-pebinary-ext", binary.object()).object());
  out->file = builder.observe("file", file);

  Members archive =
      Members().text("name", std::string(name) + ".zip").raw("hashes", hashes_of(content + "zip"));
  const Members contains = Members().list("contains_refs", {out->file}).text("comment", name);
  out->archive = builder.observe(
      "file", archive.raw("extensions", Members().raw("archive-ext", contains.object()).object()));
}

void add_mail(DemoBuilder& builder, std::string_view name, DemoTraces* out) {
  Members account =
      Members().text("account_type", "windows-domain").text("user_id", "u" + builder.hex(6));
  account.text("account_login", "desk-" + builder.hex(3))
      .text("display_name", name)
      .raw("is_service_account", "false");
  out->account = builder.observe("user-account", account);
  Members sender = Members()
                       .text("value", "chair-" + builder.hex(4) + "@" + out->domain_name)
                       .text("display_name", name);
  out->sender = builder.observe("email-addr", sender);
  Members receiver = Members().text("value", "desk-" + builder.hex(6) + "@ministry.example");
  out->receiver = builder.observe("email-addr", receiver.text("belongs_to_ref", out->account));
  out->subject = builder.say(Topic::kSubject, name);

  Members text = Members()
                     .text("content_type", "text/plain; charset=utf-8")
                     .text("content_disposition", "inline");
  text.text("body", builder.say(Topic::kBody, name));
  Members attached =
      Members().text("content_type", "application/zip").text("body_raw_ref", out->archive);
  attached.text("content_disposition", "attachment; filename=\"agenda.zip\"");
  Members mail = Members().raw("is_multipart", "true").text("date", builder.time_after(-420));
  mail.text("from_ref", out->sender).list("to_refs", {out->receiver}).text("subject", out->subject);
  mail.text("message_id", "<" + builder.hex(12) + "@" + out->domain_name + ">");
  mail.raw("additional_header_fields", R"({"X-Mailer":["Quiet Mail 11"]})");
  out->mail = builder.observe(
      "email-message",
      mail.raw("body_multipart", "[" + text.object() + "," + attached.object() + "]"));
}

void add_host(DemoBuilder& builder, std::string_view name, DemoTraces* out) {
  Members process = Members().number("pid", static_cast<int64_t>(300 + builder.below(60'000)));
  process.text("created_time", builder.time_after(-310))
      .text("command_line", "agenda.exe /quiet " + builder.hex(4));
  process.text("cwd", "C:\\ProgramData")
      .text("creator_user_ref", out->account)
      .text("image_ref", out->file);
  process.list("opened_connection_refs", {out->traffic});
  Members service = Members().text("service_name", name).text("start_type", "SERVICE_AUTO_START");
  Members extensions = Members().raw(
      "windows-process-ext",
      R"({"aslr_enabled":true,"dep_enabled":true,"priority":"NORMAL_PRIORITY_CLASS"})");
  process.raw("extensions", extensions.raw("windows-service-ext", service.object()).object());
  out->process = builder.observe("process", process);

  out->mutex = builder.observe("mutex", Members().text("name", "Global\\" + builder.hex(10)));
  Members value = Members()
                      .text("name", "Agenda")
                      .text("data", "C:\\ProgramData\\agenda.exe")
                      .text("data_type", "REG_SZ");
  Members key = Members().text("key", "HKEY_LOCAL_MACHINE\\Software\\Example\\" + builder.hex(6));
  out->key = builder.observe("windows-registry-key", key.raw("values", "[" + value.object() + "]"));

  Members certificate = Members().text("serial_number", builder.hex(16)).text("version", "v3");
  certificate.text("issuer", "CN=Example Authority").text("subject", "CN=" + out->domain_name);
  certificate.text("validity_not_before", "2024-01-01T00:00:00Z")
      .text("validity_not_after", "2026-01-01T00:00:00Z");
  certificate.raw("x509_v3_extensions",
                  R"({"basic_constraints":"critical,CA:FALSE","key_usage":"digitalSignature"})");
  out->certificate =
      builder.observe("x509-certificate", certificate.raw("hashes", hashes_of(out->domain_name)));
}

}  // namespace

Ids DemoTraces::all() const {
  return {domain,   address, address6,    system,       url,     file,    archive,
          artifact, mail,    sender,      receiver,     traffic, process, account,
          key,      mutex,   certificate, network_card, folder};
}

DemoTraces add_traces(DemoBuilder& builder, std::string_view name) {
  DemoTraces traces;
  add_network(builder, &traces);
  add_files(builder, name, &traces);
  add_mail(builder, name, &traces);
  add_host(builder, name, &traces);
  return traces;
}

}  // namespace entente::app
