// The calendars that come with the program: facts of the laws that each names, in the format of
// docs/formats/calendar.md. What could not be checked against the law itself is marked `unverified`.
// length: it is one table.
#include "base/result.h"
#include "desk/procedure/calendar.h"

namespace entente::procedure {
namespace {

constexpr std::string_view kAmerica = R"data(
calendar USA
title "United States, federal offices"
zone America/New_York
weekend sat,sun
span 2020 2030
source "5 U.S.C. 6103(a), (b); Executive Order 11582; Pub. L. 117-17"
fixed 01-01 "New Year's Day" moves nearest
nth 3 mon 1 "Birthday of Martin Luther King, Jr."
nth 3 mon 2 "Washington's Birthday"
last mon 5 "Memorial Day"
fixed 06-19 "Juneteenth" from 2021 moves nearest
fixed 07-04 "Independence Day" moves nearest
nth 1 mon 9 "Labor Day"
nth 2 mon 10 "Columbus Day"
fixed 11-11 "Veterans Day" moves nearest
nth 4 thu 11 "Thanksgiving Day"
fixed 12-25 "Christmas Day" moves nearest
on 2020-12-24 "Closed by Executive Order 13965"
on 2024-12-24 "Closed by Executive Order" unverified
on 2025-01-09 "National Day of Mourning, closed by Executive Order" unverified
on 2025-12-24 "Closed by Executive Order" unverified
on 2025-12-26 "Closed by Executive Order" unverified

calendar CAN
title "Canada, federal"
zone America/Toronto
weekend sat,sun
span 2020 2030
source "Interpretation Act, R.S.C. 1985, c. I-21, s. 35(1) 'holiday'; Holidays Act, R.S.C. 1985, c. H-5; Canada Labour Code, s. 166"
fixed 01-01 "New Year's Day" moves next unverified
easter -2 "Good Friday"
easter 1 "Easter Monday"
before mon 05-25 "Victoria Day"
fixed 07-01 "Canada Day" moves next unverified
nth 1 mon 9 "Labour Day"
fixed 09-30 "National Day for Truth and Reconciliation" from 2021 moves next unverified
nth 2 mon 10 "Thanksgiving Day"
fixed 11-11 "Remembrance Day" moves next unverified
fixed 12-25 "Christmas Day" moves next unverified
fixed 12-26 "Boxing Day" moves next unverified
)data";

constexpr std::string_view kIslands = R"data(
calendar GBR
title "United Kingdom, England and Wales"
zone Europe/London
weekend sat,sun
span 2020 2030
source "Banking and Financial Dealings Act 1971, s. 1 and Sch. 1; royal proclamations; Good Friday and Christmas Day by common law"
fixed 01-01 "New Year's Day" moves next
easter -2 "Good Friday"
easter 1 "Easter Monday"
nth 1 mon 5 "Early May bank holiday" except 2020
on 2020-05-08 "Early May bank holiday (VE Day)"
last mon 5 "Spring bank holiday" except 2022
on 2022-06-02 "Spring bank holiday"
on 2022-06-03 "Platinum Jubilee bank holiday"
on 2022-09-19 "State Funeral of Queen Elizabeth II"
on 2023-05-08 "Coronation of King Charles III"
last mon 8 "Summer bank holiday"
fixed 12-25 "Christmas Day" moves next
fixed 12-26 "Boxing Day" moves next

#For laws that count no day which is a bank holiday in any part of the United Kingdom.
calendar GBR-ANY
title "United Kingdom, a bank holiday in any part"
zone Europe/London
weekend sat,sun
span 2020 2030
source "Banking and Financial Dealings Act 1971, s. 1 and Sch. 1; St Andrew's Day Bank Holiday (Scotland) Act 2007"
fixed 01-01 "New Year's Day" moves next
fixed 01-02 "2 January (Scotland)" moves next
fixed 03-17 "Saint Patrick's Day (Northern Ireland)" moves next
easter -2 "Good Friday"
easter 1 "Easter Monday"
nth 1 mon 5 "Early May bank holiday" except 2020
on 2020-05-08 "Early May bank holiday (VE Day)"
last mon 5 "Spring bank holiday" except 2022
on 2022-06-02 "Spring bank holiday"
on 2022-06-03 "Platinum Jubilee bank holiday"
on 2022-09-19 "State Funeral of Queen Elizabeth II"
on 2023-05-08 "Coronation of King Charles III"
fixed 07-12 "Battle of the Boyne (Northern Ireland)" moves next
nth 1 mon 8 "Summer bank holiday (Scotland)"
last mon 8 "Summer bank holiday"
fixed 11-30 "St Andrew's Day (Scotland)" moves next
fixed 12-25 "Christmas Day" moves next
fixed 12-26 "Boxing Day" moves next
)data";

constexpr std::string_view kWest = R"data(
calendar DEU
title "Germany, days kept in every Land"
zone Europe/Berlin
weekend sat,sun
span 2020 2030
source "Einigungsvertrag Art. 2(2); Feiertagsgesetze of the Laender; BGB section 193"
fixed 01-01 "Neujahr"
easter -2 "Karfreitag"
easter 1 "Ostermontag"
fixed 05-01 "Tag der Arbeit"
easter 39 "Christi Himmelfahrt"
easter 50 "Pfingstmontag"
fixed 10-03 "Tag der Deutschen Einheit"
fixed 12-25 "Erster Weihnachtstag"
fixed 12-26 "Zweiter Weihnachtstag"

calendar FRA
title "France"
zone Europe/Paris
weekend sat,sun
span 2020 2030
source "Code du travail, L3133-1"
fixed 01-01 "Jour de l'an"
easter 1 "Lundi de Paques"
fixed 05-01 "Fete du travail"
fixed 05-08 "Victoire 1945"
easter 39 "Ascension"
easter 50 "Lundi de Pentecote"
fixed 07-14 "Fete nationale"
fixed 08-15 "Assomption"
fixed 11-01 "Toussaint"
fixed 11-11 "Armistice 1918"
fixed 12-25 "Noel"

calendar ITA
title "Italy"
zone Europe/Rome
weekend sat,sun
span 2020 2030
source "Legge 27 maggio 1949, n. 260; legge 5 marzo 1977, n. 54; D.P.R. 28 dicembre 1985, n. 792; legge 20 novembre 2000, n. 336"
fixed 01-01 "Capodanno"
fixed 01-06 "Epifania"
easter 1 "Lunedi dell'Angelo"
fixed 04-25 "Liberazione"
fixed 05-01 "Festa del lavoro"
fixed 06-02 "Festa della Repubblica"
fixed 08-15 "Assunzione"
fixed 10-04 "San Francesco" from 2026 unverified
fixed 11-01 "Ognissanti"
fixed 12-08 "Immacolata Concezione"
fixed 12-25 "Natale"
fixed 12-26 "Santo Stefano"

calendar ESP
title "Spain, national days"
zone Europe/Madrid
weekend sat,sun
span 2020 2030
source "Real Decreto 2001/1983, Art. 45; days that the autonomous communities move or add are not in it"
fixed 01-01 "Ano Nuevo"
fixed 01-06 "Epifania del Senor"
easter -2 "Viernes Santo"
fixed 05-01 "Fiesta del Trabajo"
fixed 08-15 "Asuncion de la Virgen"
fixed 10-12 "Fiesta Nacional"
fixed 11-01 "Todos los Santos"
fixed 12-06 "Dia de la Constitucion"
fixed 12-08 "Inmaculada Concepcion"
fixed 12-25 "Natividad del Senor"

calendar NLD
title "Netherlands"
zone Europe/Amsterdam
weekend sat,sun
span 2020 2030
source "Algemene termijnenwet, Art. 3(1), (2)"
fixed 01-01 "Nieuwjaarsdag"
easter -2 "Goede Vrijdag"
easter 1 "Tweede Paasdag"
fixed 04-27 "Koningsdag"
fixed 05-05 "Bevrijdingsdag"
easter 39 "Hemelvaartsdag"
easter 50 "Tweede Pinksterdag"
fixed 12-25 "Eerste Kerstdag"
fixed 12-26 "Tweede Kerstdag"

calendar BEL
title "Belgium"
zone Europe/Brussels
weekend sat,sun
span 2020 2030
source "Arrete royal du 18 avril 1974, Art. 1"
fixed 01-01 "Nouvel An"
easter 1 "Lundi de Paques"
fixed 05-01 "Fete du Travail"
easter 39 "Ascension"
easter 50 "Lundi de Pentecote"
fixed 07-21 "Fete nationale"
fixed 08-15 "Assomption"
fixed 11-01 "Toussaint"
fixed 11-11 "Armistice"
fixed 12-25 "Noel"

calendar EU
title "European Commission"
zone Europe/Brussels
weekend sat,sun
span 2020 2030
source "Regulation (EEC, Euratom) No 1182/71, Art. 2(1): the list of public holidays of the institutions, published in the OJ each year"
fixed 01-01 "New Year's Day"
fixed 01-02 "Day after New Year" unverified
easter -3 "Maundy Thursday" unverified
easter -2 "Good Friday"
easter 1 "Easter Monday"
fixed 05-01 "Labour Day"
fixed 05-09 "Schuman Declaration" unverified
easter 39 "Ascension Day"
easter 40 "Day after Ascension" unverified
easter 50 "Whit Monday"
fixed 07-21 "Belgian national day"
fixed 08-15 "Assumption"
fixed 11-01 "All Saints' Day"
fixed 12-24 "Year end" unverified
fixed 12-25 "Christmas Day"
fixed 12-26 "Boxing Day"
fixed 12-27 "Year end" unverified
fixed 12-28 "Year end" unverified
fixed 12-29 "Year end" unverified
fixed 12-30 "Year end" unverified
fixed 12-31 "Year end" unverified
)data";

constexpr std::string_view kNorth = R"data(
calendar NOR
title "Norway"
zone Europe/Oslo
weekend sat,sun
span 2020 2030
source "Lov 24. februar 1995 nr. 12, section 2; lov 26. april 1947 nr. 1"
fixed 01-01 "Forste nyttarsdag"
easter -3 "Skjaertorsdag"
easter -2 "Langfredag"
easter 1 "Annen paskedag"
fixed 05-01 "Forste mai"
fixed 05-17 "Grunnlovsdag"
easter 39 "Kristi himmelfartsdag"
easter 50 "Annen pinsedag"
fixed 12-25 "Forste juledag"
fixed 12-26 "Annen juledag"

calendar SWE
title "Sweden, for time limits"
zone Europe/Stockholm
weekend sat,sun
span 2020 2030
source "Lag (1989:253) om allmanna helgdagar, section 1; lag (1930:173) om berakning av lagstadgad tid, section 2"
fixed 01-01 "Nyarsdagen"
fixed 01-06 "Trettondedag jul"
easter -2 "Langfredagen"
easter 1 "Annandag pask"
fixed 05-01 "Forsta maj"
easter 39 "Kristi himmelsfardsdag"
fixed 06-06 "Nationaldagen"
after fri 06-19 "Midsommarafton"
fixed 12-24 "Julafton"
fixed 12-25 "Juldagen"
fixed 12-26 "Annandag jul"
fixed 12-31 "Nyarsafton"

calendar DNK
title "Denmark"
zone Europe/Copenhagen
weekend sat,sun
span 2020 2030
source "Lov om Folkekirkens helligdage; lov nr. 214 af 6. marts 2023 (Store Bededag abolished from 2024)"
fixed 01-01 "Nytarsdag"
easter -3 "Skaertorsdag"
easter -2 "Langfredag"
easter 1 "Anden paskedag"
easter 26 "Store Bededag" until 2023
easter 39 "Kristi himmelfartsdag"
easter 50 "Anden pinsedag"
fixed 12-25 "Juledag"
fixed 12-26 "Anden juledag"

calendar FIN
title "Finland, for time limits"
zone Europe/Helsinki
weekend sat,sun
span 2020 2030
source "Laki saadettyjen maaraaikain laskemisesta 150/1930, section 5; kirkkolaki on feast days"
fixed 01-01 "Uudenvuodenpaiva"
fixed 01-06 "Loppiainen"
easter -2 "Pitkaperjantai"
easter 1 "Toinen paasiaispaiva"
fixed 05-01 "Vappu"
easter 39 "Helatorstai"
after fri 06-19 "Juhannusaatto"
fixed 12-06 "Itsenaisyyspaiva"
fixed 12-24 "Jouluaatto"
fixed 12-25 "Joulupaiva"
fixed 12-26 "Tapaninpaiva"

calendar EST
title "Estonia"
zone Europe/Tallinn
weekend sat,sun
span 2020 2030
source "Puhade ja tahtpaevade seadus, sections 1, 2"
fixed 01-01 "Uusaasta"
fixed 02-24 "Iseseisvuspaev"
easter -2 "Suur reede"
fixed 05-01 "Kevadpuha"
fixed 06-23 "Voidupuha"
fixed 06-24 "Jaanipaev"
fixed 08-20 "Taasiseseisvumispaev"
fixed 12-24 "Jouululaupaev"
fixed 12-25 "Esimene jouulupuha"
fixed 12-26 "Teine jouulupuha"

calendar LVA
title "Latvia"
zone Europe/Riga
weekend sat,sun
span 2020 2030
source "Likums par svetku, atceres un atzimejamam dienam, section 1; one-off days by sports or visits are not in it"
fixed 01-01 "Jaungada diena"
easter -2 "Liela Piektdiena"
easter 1 "Otras Lieldienas"
fixed 05-01 "Darba svetki"
fixed 05-04 "Neatkaribas atjaunosanas diena" moves monday
fixed 06-23 "Ligo diena"
fixed 06-24 "Jani"
fixed 11-18 "Republikas proklamesanas diena" moves monday
fixed 12-24 "Ziemassvetku vakars"
fixed 12-25 "Ziemassvetki"
fixed 12-26 "Otrie Ziemassvetki"
fixed 12-31 "Vecgada diena"

calendar LTU
title "Lithuania"
zone Europe/Vilnius
weekend sat,sun
span 2020 2030
source "Darbo kodeksas, Art. 123"
fixed 01-01 "Naujieji metai"
fixed 02-16 "Valstybes atkurimo diena"
fixed 03-11 "Nepriklausomybes atkurimo diena"
easter 1 "Antroji Velyku diena"
fixed 05-01 "Darbo diena"
fixed 06-24 "Jonines"
fixed 07-06 "Valstybes diena"
fixed 08-15 "Zoline"
fixed 11-01 "Visu sventuju diena"
fixed 11-02 "Velines"
fixed 12-24 "Kucios"
fixed 12-25 "Kaledos"
fixed 12-26 "Kaledu antra diena"

calendar POL
title "Poland"
zone Europe/Warsaw
weekend sat,sun
span 2020 2030
source "Ustawa z dnia 18 stycznia 1951 r. o dniach wolnych od pracy, Art. 1"
fixed 01-01 "Nowy Rok"
fixed 01-06 "Trzech Kroli"
easter 1 "Poniedzialek Wielkanocny"
fixed 05-01 "Swieto Pracy"
fixed 05-03 "Swieto Konstytucji"
easter 60 "Boze Cialo"
fixed 08-15 "Wniebowziecie"
fixed 11-01 "Wszystkich Swietych"
fixed 11-11 "Swieto Niepodleglosci"
fixed 12-24 "Wigilia" from 2025
fixed 12-25 "Boze Narodzenie"
fixed 12-26 "Drugi dzien Bozego Narodzenia"
)data";

constexpr std::string_view kPacific = R"data(
calendar JPN
title "Japan, administrative organs"
zone Asia/Tokyo
weekend sat,sun
span 2020 2030
source "Act on National Holidays (Act No. 178 of 1948), Arts. 2, 3; Act on Holidays of Administrative Organs (Act No. 91 of 1988), Art. 1; Olympic special measures for 2020 and 2021"
bridge
fixed 01-01 "New Year's Day"
fixed 01-02 "Offices closed"
fixed 01-03 "Offices closed"
nth 2 mon 1 "Coming of Age Day"
fixed 02-11 "National Foundation Day" moves sunday
fixed 02-23 "Emperor's Birthday" moves sunday
equinox vernal "Vernal Equinox Day" moves sunday
fixed 04-29 "Showa Day" moves sunday
fixed 05-03 "Constitution Memorial Day" moves sunday
fixed 05-04 "Greenery Day" moves sunday
fixed 05-05 "Children's Day" moves sunday
nth 3 mon 7 "Marine Day" except 2020 except 2021
on 2020-07-23 "Marine Day"
on 2020-07-24 "Sports Day"
on 2020-08-10 "Mountain Day"
on 2021-07-22 "Marine Day"
on 2021-07-23 "Sports Day"
on 2021-08-08 "Mountain Day"
on 2021-08-09 "Mountain Day (substitute)"
fixed 08-11 "Mountain Day" except 2020 except 2021 moves sunday
nth 3 mon 9 "Respect for the Aged Day"
equinox autumnal "Autumnal Equinox Day" moves sunday
nth 2 mon 10 "Sports Day" except 2020 except 2021
fixed 11-03 "Culture Day" moves sunday
fixed 11-23 "Labour Thanksgiving Day" moves sunday
fixed 12-29 "Offices closed"
fixed 12-30 "Offices closed"
fixed 12-31 "Offices closed"

calendar KOR
title "Republic of Korea"
zone Asia/Seoul
weekend sat,sun
span 2020 2030
source "Regulations on Holidays of Government Offices (Presidential Decree), Arts. 2, 3; lunar days by the dates of the Korea Astronomy and Space Science Institute"
fixed 01-01 "New Year's Day"
fixed 03-01 "Independence Movement Day" until 2021
fixed 03-01 "Independence Movement Day" from 2022 moves next
fixed 05-05 "Children's Day" except 2025 moves next
fixed 06-06 "Memorial Day"
fixed 08-15 "Liberation Day" until 2020
fixed 08-15 "Liberation Day" from 2021 moves next
fixed 10-03 "National Foundation Day" until 2020
fixed 10-03 "National Foundation Day" from 2021 except 2028 moves next
fixed 10-09 "Hangeul Day" until 2020
fixed 10-09 "Hangeul Day" from 2021 moves next
fixed 12-25 "Christmas Day" until 2022
fixed 12-25 "Christmas Day" from 2023 moves next
on 2020-01-24 "Seollal"
on 2020-01-25 "Seollal"
on 2020-01-26 "Seollal"
on 2020-01-27 "Seollal (substitute)"
on 2021-02-11 "Seollal"
on 2021-02-12 "Seollal"
on 2021-02-13 "Seollal"
on 2022-01-31 "Seollal"
on 2022-02-01 "Seollal"
on 2022-02-02 "Seollal"
on 2023-01-21 "Seollal"
on 2023-01-22 "Seollal"
on 2023-01-23 "Seollal"
on 2023-01-24 "Seollal (substitute)"
on 2024-02-09 "Seollal"
on 2024-02-10 "Seollal"
on 2024-02-11 "Seollal"
on 2024-02-12 "Seollal (substitute)"
on 2025-01-27 "Temporary holiday"
on 2025-01-28 "Seollal"
on 2025-01-29 "Seollal"
on 2025-01-30 "Seollal"
on 2026-02-16 "Seollal"
on 2026-02-17 "Seollal"
on 2026-02-18 "Seollal"
on 2027-02-06 "Seollal"
on 2027-02-07 "Seollal"
on 2027-02-08 "Seollal"
on 2027-02-09 "Seollal (substitute)"
on 2028-01-26 "Seollal" unverified
on 2028-01-27 "Seollal" unverified
on 2028-01-28 "Seollal" unverified
on 2029-02-12 "Seollal" unverified
on 2029-02-13 "Seollal" unverified
on 2029-02-14 "Seollal" unverified
on 2030-02-02 "Seollal" unverified
on 2030-02-03 "Seollal" unverified
on 2030-02-04 "Seollal" unverified
on 2030-02-05 "Seollal (substitute)" unverified
on 2020-04-30 "Buddha's Birthday"
on 2021-05-19 "Buddha's Birthday"
on 2022-05-08 "Buddha's Birthday"
on 2023-05-27 "Buddha's Birthday"
on 2023-05-29 "Buddha's Birthday (substitute)"
on 2024-05-15 "Buddha's Birthday"
on 2025-05-05 "Children's Day and Buddha's Birthday"
on 2025-05-06 "Children's Day (substitute)"
on 2026-05-24 "Buddha's Birthday"
on 2026-05-25 "Buddha's Birthday (substitute)"
on 2027-05-13 "Buddha's Birthday"
on 2028-05-02 "Buddha's Birthday" unverified
on 2029-05-20 "Buddha's Birthday" unverified
on 2029-05-21 "Buddha's Birthday (substitute)" unverified
on 2030-05-09 "Buddha's Birthday" unverified
on 2020-08-17 "Temporary holiday"
on 2020-09-30 "Chuseok"
on 2020-10-01 "Chuseok"
on 2020-10-02 "Chuseok"
on 2021-09-20 "Chuseok"
on 2021-09-21 "Chuseok"
on 2021-09-22 "Chuseok"
on 2022-09-09 "Chuseok"
on 2022-09-10 "Chuseok"
on 2022-09-11 "Chuseok"
on 2022-09-12 "Chuseok (substitute)"
on 2023-09-28 "Chuseok"
on 2023-09-29 "Chuseok"
on 2023-09-30 "Chuseok"
on 2023-10-02 "Temporary holiday"
on 2024-09-16 "Chuseok"
on 2024-09-17 "Chuseok"
on 2024-09-18 "Chuseok"
on 2024-10-01 "Temporary holiday"
on 2025-10-05 "Chuseok"
on 2025-10-06 "Chuseok"
on 2025-10-07 "Chuseok"
on 2025-10-08 "Chuseok (substitute)"
on 2026-09-24 "Chuseok"
on 2026-09-25 "Chuseok"
on 2026-09-26 "Chuseok"
on 2027-09-14 "Chuseok"
on 2027-09-15 "Chuseok"
on 2027-09-16 "Chuseok"
on 2028-10-02 "Chuseok" unverified
on 2028-10-03 "Chuseok and National Foundation Day" unverified
on 2028-10-04 "Chuseok" unverified
on 2028-10-05 "Chuseok (substitute)" unverified
on 2029-09-21 "Chuseok" unverified
on 2029-09-22 "Chuseok" unverified
on 2029-09-23 "Chuseok" unverified
on 2029-09-24 "Chuseok (substitute)" unverified
on 2030-09-11 "Chuseok" unverified
on 2030-09-12 "Chuseok" unverified
on 2030-09-13 "Chuseok" unverified
on 2020-04-15 "Election of the National Assembly"
on 2022-03-09 "Presidential election"
on 2022-06-01 "Local elections"
on 2024-04-10 "Election of the National Assembly"
on 2025-06-03 "Presidential election"
on 2026-06-03 "Local elections"

calendar AUS
title "Australia, Australian Capital Territory"
zone Australia/Sydney
weekend sat,sun
span 2020 2030
source "Holidays Act 1958 (ACT), s. 3"
fixed 01-01 "New Year's Day" moves next
fixed 01-26 "Australia Day" moves next
nth 2 mon 3 "Canberra Day"
easter -2 "Good Friday"
easter 1 "Easter Monday"
fixed 04-25 "Anzac Day" moves sunday
after mon 05-27 "Reconciliation Day"
nth 2 mon 6 "Sovereign's Birthday"
on 2022-09-22 "National Day of Mourning"
nth 1 mon 10 "Labour Day"
fixed 12-25 "Christmas Day" moves next
fixed 12-26 "Boxing Day" moves next

calendar NZL
title "New Zealand, national days"
zone Pacific/Auckland
weekend sat,sun
span 2020 2030
source "Holidays Act 2003, ss. 44, 45; Te Kahui o Matariki Public Holiday Act 2022, Sch. 1; provincial anniversaries are not in it"
fixed 01-01 "New Year's Day" moves next
fixed 01-02 "Day after New Year's Day" moves next
fixed 02-06 "Waitangi Day" moves next
easter -2 "Good Friday"
easter 1 "Easter Monday"
fixed 04-25 "Anzac Day" moves next
nth 1 mon 6 "Sovereign's Birthday"
on 2022-06-24 "Matariki"
on 2022-09-26 "Queen Elizabeth II Memorial Day"
on 2023-07-14 "Matariki"
on 2024-06-28 "Matariki"
on 2025-06-20 "Matariki"
on 2026-07-10 "Matariki"
on 2027-06-25 "Matariki"
on 2028-07-14 "Matariki"
on 2029-07-06 "Matariki"
on 2030-06-21 "Matariki"
nth 4 mon 10 "Labour Day"
fixed 12-25 "Christmas Day" moves next
fixed 12-26 "Boxing Day" moves next
)data";

}  // namespace

const Calendars& Calendars::shipped() {
  static const Calendars kShipped = [] {
    Calendars all;
    std::vector<Mistake> mistakes;
    for (const std::string_view text : {kAmerica, kIslands, kWest, kNorth, kPacific})
      all.add(text, &mistakes);
    CHECK(mistakes.empty());
    return all;
  }();
  return kShipped;
}

}  // namespace entente::procedure
