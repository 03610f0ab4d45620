// Tables of phrases; columns are English, Traditional Chinese, Simplified Chinese, Japanese,
// Korean.
#include "app/demo_texts.h"

namespace entente::app {
namespace {

constexpr size_t kWordCount = 12;
static_assert(kWordCount * kWordCount == kNameCount);

constexpr Phrase kFirstWords[kWordCount] = {
    {"Silent", "寂靜", "寂静", "静寂の", "고요한"},
    {"Northern", "北方", "北方", "北の", "북방의"},
    {"Copper", "赤銅", "赤铜", "銅の", "구리"},
    {"Hidden", "隱密", "隐秘", "隠れた", "숨은"},
    {"Winter", "寒冬", "寒冬", "冬の", "겨울"},
    {"Paper", "紙製", "纸制", "紙の", "종이"},
    {"Distant", "遠方", "远方", "遠い", "머나먼"},
    {"Hollow", "空心", "空心", "虚ろな", "텅 빈"},
    {"Broken", "破碎", "破碎", "砕けた", "부서진"},
    {"Velvet", "絲絨", "丝绒", "ビロードの", "벨벳"},
    {"Bright", "明亮", "明亮", "明るい", "밝은"},
    {"Drifting", "漂流", "漂流", "漂う", "떠도는"},
};

constexpr Phrase kSecondWords[kWordCount] = {
    {"Heron", "蒼鷺", "苍鹭", "サギ", "왜가리"},
    {"Lantern", "燈籠", "灯笼", "ランタン", "등불"},
    {"Harbour", "港灣", "港湾", "港", "항구"},
    {"Compass", "羅盤", "罗盘", "羅針盤", "나침반"},
    {"Orchard", "果園", "果园", "果樹園", "과수원"},
    {"Mirror", "明鏡", "明镜", "鏡", "거울"},
    {"Glacier", "冰川", "冰川", "氷河", "빙하"},
    {"Sparrow", "麻雀", "麻雀", "スズメ", "참새"},
    {"Anchor", "船錨", "船锚", "錨", "닻"},
    {"Maple", "楓樹", "枫树", "カエデ", "단풍"},
    {"Otter", "水獺", "水獭", "カワウソ", "수달"},
    {"Bridge", "橋樑", "桥梁", "橋", "다리"},
};

constexpr Phrase kActor[] = {
    {"{} works on order and sells access to networks of ministries and suppliers.",
     "{}接受委託作案，出售各部會與供應商網路的存取權。",
     "{}接受委托作案，出售各部委与供应商网络的访问权限。",
     "{}は依頼を受けて活動し、省庁や取引先のネットワークへの侵入経路を売る。",
     "{}은(는) 의뢰를 받아 활동하며 부처와 협력업체 네트워크의 접근 권한을 판매한다."},
};

constexpr Phrase kIntrusionSet[] = {
    {"Activity grouped as {}: the same tools, the same hours of work, the same hosting.",
     "歸為{}的活動：工具、作息時間與主機代管皆相同。",
     "归为{}的活动：工具、作息时间与主机托管均相同。",
     "{}としてまとめた活動：道具も作業時間帯もホスティングも同じである。",
     "{}(으)로 묶은 활동: 도구, 작업 시간대, 호스팅이 모두 같다."},
};

constexpr Phrase kCampaign[] = {
    {"Operators of {} sent tailored messages to port authorities and stayed in their networks for "
     "weeks.",
     "{}的操作者向港務機關寄出量身訂做的郵件，並在其網路中潛伏數週。",
     "{}的操作者向港务机关发送定制邮件，并在其网络中潜伏数周。",
     "{}の実行者は港湾当局に標的型メールを送り、数週間にわたりネットワークに潜伏した。",
     "{}의 운영자는 항만 당국에 맞춤형 메일을 보내고 몇 주 동안 네트워크에 머물렀다."},
    {"{} took over unattended routers of small offices and used them as a relay.",
     "{}接管了小型辦公室無人看管的路由器，並將其當作中繼站。",
     "{}控制了小型办公室无人看管的路由器，并将其用作中继。",
     "{}は小規模事務所の管理されていないルーターを乗っ取り、中継に使った。",
     "{}은(는) 소규모 사무실의 방치된 공유기를 장악해 중계 지점으로 사용했다."},
    {"In the weeks before the vote {} copied mailboxes of a research institute.",
     "在表決前數週，{}複製了一所研究機構的信箱。", "在表决前数周，{}复制了一所研究机构的邮箱。",
     "採決の数週間前、{}はある研究機関のメールボックスを複製した。",
     "표결 몇 주 전 {}은(는) 한 연구소의 메일함을 복사해 갔다."},
};

constexpr Phrase kMalware[] = {
    {"{} is loaded by a signed helper, waits two days and then asks its server for orders.",
     "{}由具簽章的輔助程式載入，等候兩天後才向伺服器請求指令。",
     "{}由带签名的辅助程序加载，等待两天后才向服务器请求指令。",
     "{}は署名済みの補助プログラムに読み込まれ、二日待ってからサーバーに指示を求める。",
     "{}은(는) 서명된 보조 프로그램으로 적재되어 이틀을 기다린 뒤 서버에 명령을 요청한다."},
    {"{} collects documents by extension and hides them in pictures before it sends them.",
     "{}依副檔名蒐集文件，先藏入圖片再送出。", "{}按扩展名收集文档，先藏入图片再发送。",
     "{}は拡張子で文書を集め、画像に隠してから送り出す。",
     "{}은(는) 확장자로 문서를 모아 그림에 숨긴 다음 전송한다."},
};

constexpr Phrase kInfrastructure[] = {
    {"Servers rented for {}, each used for nine days and then given up.",
     "為{}租用的伺服器，每台使用九天即棄置。", "为{}租用的服务器，每台使用九天即弃用。",
     "{}のために借りられたサーバー。いずれも九日で放棄される。",
     "{}을(를) 위해 빌린 서버로, 각각 아흐레 쓰고 버려진다."},
};

constexpr Phrase kVulnerability[] = {
    {"A request with an overlong header makes the {} gateway run what the header says.",
     "標頭過長的請求會使{}閘道器執行標頭中的內容。", "头部过长的请求会使{}网关执行头部中的内容。",
     "長すぎるヘッダーを持つ要求により、{}ゲートウェイがヘッダーの内容を実行してしまう。",
     "지나치게 긴 헤더를 가진 요청이 {} 게이트웨이에서 헤더의 내용을 실행하게 한다."},
};

constexpr Phrase kIndicator[] = {
    {"Seen with {}", "與{}同時出現", "与{}同时出现", "{}とともに観測", "{}와(과) 함께 관측"},
    {"Contact of {}", "{}的連線對象", "{}的连接对象", "{}の通信先", "{}의 접속 대상"},
};

constexpr Phrase kIncident[] = {
    {"A supplier lost mail for six hours; {} is suspected.",
     "一家供應商的郵件中斷六小時；疑與{}有關。", "一家供应商的邮件中断六小时；疑与{}有关。",
     "取引先のメールが六時間停止した。{}の関与が疑われる。",
     "한 협력업체의 메일이 여섯 시간 중단되었으며 {}의 소행으로 의심된다."},
};

constexpr Phrase kReportTitle[] = {
    {"{}: what we know so far", "{}：目前所知", "{}：目前所知", "{}：これまでに判明したこと",
     "{}: 지금까지 알려진 것"},
    {"{}: advice to members", "{}：對成員的建議", "{}：对成员的建议", "{}：加盟国への助言",
     "{}: 회원국에 대한 권고"},
};

constexpr Phrase kReport[] = {
    {"This report puts together what members have sent about {}. Sources are graded, gaps are "
     "named.",
     "本報告彙整各成員所送有關{}的資料，標明來源等級與未明之處。",
     "本报告汇总各成员报送的有关{}的资料，标明来源等级与不明之处。",
     "本報告は{}について各国から寄せられた情報をまとめ、情報源の評価と不明点を示す。",
     "이 보고서는 {}에 관해 회원국이 보낸 자료를 모았으며 출처의 등급과 빈 곳을 밝힌다."},
};

constexpr Phrase kNote[] = {
    {"Our sensors saw {} on two more days; the times fit office hours.",
     "我方感測器另有兩日觀測到{}，時間與上班時段相符。",
     "我方传感器另有两日观测到{}，时间与上班时段相符。",
     "当方のセンサーはさらに二日、{}を観測した。時刻は勤務時間と一致する。",
     "우리 센서는 이틀 더 {}을(를) 관측했으며 시각은 근무 시간과 맞는다."},
    {"Please ask the originator before you act on {}.", "針對{}採取行動前，請先詢問原始提供者。",
     "针对{}采取行动前，请先询问原始提供者。",
     "{}について対処する前に、情報の提供元に確認されたい。",
     "{}에 대해 조치하기 전에 원출처에 문의하기 바란다."},
};

constexpr Phrase kOpinion[] = {
    {"The link to {} rests on one source only.", "與{}的關聯僅有單一來源。",
     "与{}的关联仅有单一来源。", "{}との関連を示す情報源は一つしかない。",
     "{}와(과)의 연관성은 하나의 출처에만 근거한다."},
};

constexpr Phrase kGrouping[] = {
    {"Working set on {}", "{}工作集", "{}工作集", "{}の作業資料", "{} 작업 묶음"},
};

constexpr Phrase kSubject[] = {
    {"Agenda for Thursday ({})", "週四議程（{}）", "周四议程（{}）", "木曜日の議題（{}）",
     "목요일 의제 ({})"},
};

constexpr Phrase kBody[] = {
    {"Please find the agenda attached. It opens with the usual password.",
     "隨函附上議程，請以慣用密碼開啟。", "随函附上议程，请用惯用密码打开。",
     "議題を添付します。いつものパスワードで開けます。",
     "의제를 첨부합니다. 평소 쓰던 비밀번호로 열립니다."},
};

constexpr Phrase kNarrative[] = {
    {"Accounts opened in the same week spread a forged letter of a ministry about {}; wording and "
     "times are alike.",
     "同一週內開設的帳號散布一封偽造的部會信函，內容涉及{}；用語與時間雷同。",
     "同一周内开设的账号散布一封伪造的部委信函，内容涉及{}；用语与时间雷同。",
     "同じ週に開設されたアカウントが、{}"
     "に関する省庁の偽造書簡を拡散した。文言も時刻も似通っている。",
     "같은 주에 개설된 계정들이 {}에 관한 부처의 위조 서한을 퍼뜨렸으며 문구와 시각이 서로 "
     "닮았다."},
};

constexpr Phrase kPurchaseTitle[] = {
    {"Planned purchase: {} terminals", "擬議收購案：{}碼頭", "拟议收购案：{}码头",
     "買収計画：{}ターミナル", "인수 계획: {} 터미널"},
};

constexpr Phrase kPurchase[] = {
    {"A holding without known owners offers for a third of {}. The term for remarks ends in 45 "
     "days.",
     "一家所有人不明的控股公司擬收購{}三分之一股份，意見提交期限為四十五日。",
     "一家所有人不明的控股公司拟收购{}三分之一股份，意见提交期限为四十五日。",
     "所有者不明の持株会社が{}の株式三分の一の取得を申し出た。意見の提出期限は四十五日である。",
     "소유주가 알려지지 않은 지주회사가 {} 지분 3분의 1 인수를 제안했다. 의견 제출 기한은 "
     "45일이다."},
};

constexpr Phrase kLaunchTitle[] = {
    {"Launch without notice, area {}", "未經通報之發射，{}區", "未经通报的发射，{}区",
     "予告なき発射、{}区域", "통보 없는 발사, {} 구역"},
};

constexpr Phrase kLaunch[] = {
    {"An object rose at 04:12 and fell into the sea after eleven minutes; {} had not been "
     "notified.",
     "04時12分有物體升空，十一分鐘後落海；事前未通報{}。",
     "04时12分有物体升空，十一分钟后落海；事前未通报{}。",
     "04時12分に飛翔体が上昇し、十一分後に海上に落下した。{}への事前通告はなかった。",
     "04시 12분에 물체가 상승해 11분 뒤 바다에 떨어졌으며 {}에는 사전 통보가 없었다."},
};

}  // namespace

std::string_view tag_of(Language language) {
  static constexpr Phrase kTags = {"en", "zh-Hant", "zh-Hans", "ja", "ko"};
  return kTags[static_cast<size_t>(language)];
}

std::span<const Phrase> phrases_of(Topic topic) {
  switch (topic) {
    case Topic::kActor:
      return kActor;
    case Topic::kIntrusionSet:
      return kIntrusionSet;
    case Topic::kCampaign:
      return kCampaign;
    case Topic::kMalware:
      return kMalware;
    case Topic::kInfrastructure:
      return kInfrastructure;
    case Topic::kVulnerability:
      return kVulnerability;
    case Topic::kIndicator:
      return kIndicator;
    case Topic::kIncident:
      return kIncident;
    case Topic::kReportTitle:
      return kReportTitle;
    case Topic::kReport:
      return kReport;
    case Topic::kNote:
      return kNote;
    case Topic::kOpinion:
      return kOpinion;
    case Topic::kGrouping:
      return kGrouping;
    case Topic::kSubject:
      return kSubject;
    case Topic::kBody:
      return kBody;
    case Topic::kNarrative:
      return kNarrative;
    case Topic::kPurchaseTitle:
      return kPurchaseTitle;
    case Topic::kPurchase:
      return kPurchase;
    case Topic::kLaunchTitle:
      return kLaunchTitle;
    case Topic::kLaunch:
      return kLaunch;
  }
  return kNote;
}

std::string name_in(Language language, size_t index) {
  const size_t column = static_cast<size_t>(language);
  std::string name(kFirstWords[index / kWordCount % kWordCount][column]);
  // The languages that write spaces between words.
  if (language == Language::kEnglish || language == Language::kKorean) name += ' ';
  return name.append(kSecondWords[index % kWordCount][column]);
}

std::string fill(const Phrase& phrase, Language language, std::string_view name) {
  std::string text(phrase[static_cast<size_t>(language)]);
  if (const size_t at = text.find("{}"); at != std::string::npos) text.replace(at, 2, name);
  return text;
}

}  // namespace entente::app
