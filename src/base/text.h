// Small conversions between bytes and text that several modules share.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace entente {

std::string to_hex(std::span<const uint8_t> bytes);
std::optional<std::string> from_hex(std::string_view text);

// base64url without padding. [RFC 4648 5]
std::string to_base64url(std::string_view bytes);
std::optional<std::string> from_base64url(std::string_view text);
// Standard base64 with padding, as in HTTP Basic. [RFC 4648 4]
std::optional<std::string> from_base64(std::string_view text);

// "2024-03-07T10:11:12.345678Z" from microseconds since 1970; exactly six digits. [taxii21 2]
std::string format_time_us(int64_t us);
// The same with three digits, from milliseconds.
std::string format_time_ms(int64_t ms);

// The bytes as a JSON string, with quotes. What is not UTF-8 becomes U+FFFD.
std::string json_quote(std::string_view text);
void append_json_quoted(std::string& out, std::string_view text);

// A UUID text (8-4-4-4-12, version 4 layout bits set) made of the first 16 bytes. [RFC 9562 5.4]
std::string uuid_from(std::span<const uint8_t> bytes16);
bool is_uuid(std::string_view text);

std::string_view trim(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator);
std::string to_lower_ascii(std::string_view text);
bool equal_ignoring_case(std::string_view a, std::string_view b);

// %XX and, where plus is a space (query strings), '+'. nullopt for a broken escape.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space);

// Decimal without sign, whole text, no leading zeros beyond "0" itself. nullopt if it does not fit.
std::optional<uint64_t> parse_decimal(std::string_view text);

}  // namespace entente
