// Further words of the lexicon, in the form of lexicon_words.cc; a line of a meaning that is there adds
// to it. Words that Chinese, Japanese and Korean companies spell in Latin letters stand with what they
// mean (keji, denki, jeonja). length: a table, one meaning a line.
#include "names/lexicon.h"

namespace entente::names {

const std::string_view kLexiconMore =
    R"(word technology: keji|kexue jishu|jishu|gijutsu|kisul|gisul|hitech|high tech|hightech|高科技|高新技术|ハイテク|하이테크
word electronics: dianzi|denshi|jeonja|chonja|электронной|электронных
word electric: dianqi|denki|denko|denryoku|jeongi|chongi|dianji|电力|电工|電工|重电
word group: jituan|gurupu|guruup
word trade: maoyi|shangmao|boeki|shoji|shokai|muyok|muyeok|sangsa|商社|商事|商贸|商会|貿易|贸易
word industry: gongye|shiye|sangyo|kogyo|kougyou|sanop|saneop|kongop|gongeop|产业|工业|実業|实业
word heavy industry: heavy industries|heavy industry|zhonggong|juko|jukogyo|重工|重工业|重工業|중공업|schwerindustrie|industrie lourde|industria pesada|тяжелая промышленность
word machinery: jixie|kikai|kigye|gigye|机器|产机|精机|工机|기계공업
word steel: gangtie|tekko|seiko|seitetsu|cholgang|cheolgang|jecheol|制钢|制铁
word chemical: huagong|huaxue|kagaku|hwahak|火工
word shipping: haiyun|hangyun|yuanyang|kaiun|kisen|senpaku|haeun|远洋|远洋运输|汽船|マリン
word shipbuilding: zaochuan|chuanbo|zosen|joson|choson sonbak|船舶重工|造船所
word aviation: hangkong|koku|hanggong|飞机|飛行機|aircraft|avions|flugzeugbau|авиационной
word aerospace: hangtian|yuhang|uchu|航空航天|航空宇宙|航太|항공우주
word university: daxue|daigaku|daehak|taehak
word institute: yanjiuyuan|yanjiusuo|yanjiu suo|yanjiu yuan|kenkyusho|kenkyujo|yonguso|yeonguso|design bureau|konstruktorskoe byuro|kb|конструкторское бюро|okb|设计院|设计研究院|设计所|研究室
word factory: gongchang|seisakusho|seisakujo|kojo|kongjang|gongjang|kombinat|комбинат|тепло
word science: kexue|kagaku gijutsu|kwahak|gwahak
word international: guoji|kokusai|kukje|gukje
word development: kaifa|kaihatsu|kaebal|gaebal
word investment: touzi|toshi|tuja
word bank: yinhang|ginko|unhaeng|eunhaeng|信用金库
word construction: jianshe|jianzhu|kensetsu|konsol|geonseol|组|建工|土木|公務|civil engineering|土木工程
word transport: yunshu|unyu|unso|unsu|logistics|logistik|logistica|logistique|логистика|物流|물류|ロジスティクス|货运|貨物|freight|cargo|spedition|express|快递|快运|급행
word communication: tongxin|tsushin|tongsin|通讯|通信技术
word automobile: qiche|jidosha|jadongcha|motors|motor|motoren|車輌|车辆|车|моторс|自工
word medical: yiyao|zhiyao|seiyaku|jeyak|chejak|pharmacy|pharmaceuticals|pharmaceutique|farmaceutica|farma|фарма|制药|製薬|药业|제약
word food: shipin|shokuhin|sikpum
word mining: kuangye|kogyosho|kwangsan|gwangsan
word metal: jinshu|kinzoku|kumsok|geumsok|金属工业|非铁|nonferrous
word semiconductor: bandaoti|handotai|bandoche|集成电路|芯片|微电子|chips
word instrument: yiqi|keiki|keisoku|测器|计测|测控|仪|meters|precision instruments
word equipment: shebei|zhuangbei|setsubi|器材|机材
word material: cailiao|zairyo|资材|耗材
word material: 化成|素材
word information: xinxi|joho|jongbo|jeongbo|资讯|情报
word network: wangluo|nettowaku
word system: xitong|shisutemu|シス
word service: fuwu|sabisu
word culture: wenhua|bunka|munhwa
word energy: nengyuan|enerugi|nengliang|新能源
word oil: shiyou|sekiyu|sogyu|seogyu|石油化工|石化|petrochemical|petrochemicals|petrokhim
word nuclear: yuanzineng|genshiryoku|wonjaryok|原子燃料|核电
word china: zhonghua|zhong hua
word beijing: beijingshi|北京市
word shanghai: shanghaishi|上海市
word shenzhen: shenzhenshi|深圳市
word guangdong: guangdongsheng|广东省
word zhejiang: zhejiang|浙江|浙江省|чжэцзян|저장성
word jiangsu: jiangsu|江苏|江苏省|цзянсу
word shandong: shandong|shantung|山东|山东省
word hubei: hubei|湖北|湖北省
word hunan: hunan|湖南|湖南省
word henan: henan|河南|河南省
word hebei: hebei|河北|河北省
word sichuan: sichuan|szechuan|四川|四川省
word fujian: fujian|fukien|福建|福建省
word anhui: anhui|安徽|安徽省
word jiangxi: jiangxi|江西|江西省
word shaanxi: shaanxi|陕西|陕西省
word shanxi: shanxi|山西|山西省
word liaoning: liaoning|辽宁|辽宁省
word jilin: jilin|吉林|吉林省
word heilongjiang: heilongjiang|黑龙江|黑龙江省
word guangxi: guangxi|kwangsi|广西
word yunnan: yunnan|云南|云南省
word guizhou: guizhou|贵州|贵州省
word gansu: gansu|甘肃
word hainan: hainan|海南|海南省
word xinjiang: xinjiang|sinkiang|新疆
word inner mongolia: inner mongolia|neimenggu|nei mongol|内蒙古
word chongqing: chongqing|chungking|重庆|重庆市
word wuhan: wuhan|武汉|武汉市
word guangzhou: guangzhou|广州|广州市|광저우
word chengdu: chengdu|成都|成都市
word xian: xi an|xian|西安|西安市
word nanjing: nanjing|nanking|南京|南京市
word hangzhou: hangzhou|杭州|杭州市
word suzhou: suzhou|苏州|苏州市
word wuxi: wuxi|无锡|无锡市
word ningbo: ningbo|宁波|宁波市
word qingdao: qingdao|tsingtao|青岛|青岛市
word dalian: dalian|大连|大连市
word shenyang: shenyang|沈阳|沈阳市
word harbin: harbin|哈尔滨|哈尔滨市|харбин
word changchun: changchun|长春|长春市
word jinan: jinan|济南|济南市
word zhengzhou: zhengzhou|郑州|郑州市
word changsha: changsha|长沙|长沙市
word hefei: hefei|合肥|合肥市
word xiamen: xiamen|amoy|厦门|厦门市
word fuzhou: fuzhou|福州|福州市
word dongguan: dongguan|东莞|东莞市
word foshan: foshan|佛山|佛山市
word zhuhai: zhuhai|珠海|珠海市
word kunming: kunming|昆明|昆明市
word macau: macau|macao|澳门|макао
word taipei: taipei|台北|台北市
word yokohama: yokohama|横滨|横浜
word nagoya: nagoya|名古屋
word kyoto: kyoto|京都
word kobe: kobe|神户|神戸
word busan: busan|pusan|釜山|부산
word incheon: incheon|inchon|仁川|인천
)"
    R"(word missile: missile|missiles|rakete|raketen|misil|misiles|ракета|ракетный|ракетная|ракетно|raketnyy|raketno|fuze|导弹|ミサイル|미사일|صواريخ|موشک|füze
word rocket: rocket|rockets|火箭|ロケット|로켓|fusee|cohete
word satellite: satellite|satellites|satellit|satelite|спутник|спутниковый|sputnik|卫星|衛星|위성|أقمار صناعية|ماهواره
word drone: drone|drones|unmanned aerial|unmanned aerial vehicle|uav|uas|unmanned|unmanned aircraft|бпла|беспилотный|беспилотные|bespilotnye|无人机|无人航空|无人|無人機|ドローン|드론|무인기|پهپاد
word weapon: weapon|weapons|arms|armament|armaments|waffen|armas|armes|оружие|оружейный|вооружение|вооружения|silah|武器|兵器|兵工|军工|무기|أسلحة|سلاح
word ammunition: ammunition|munitions|ordnance|munition|municion|боеприпасы|弹药|弾薬|火药|火薬|탄약|ذخيرة|مهمات
word tactical: tactical|taktisch|tactico|tactique|тактический|тактическое|战术|戦術|전술
word marine: marine|maritime|maritimo|maritima|martime|морской|морская|морское|morskoy|deniz|海洋|海上|海事|マリン|해양|해상|بحرية|البحرية|دریایی|ocean|oceans|oceanic|offshore
word sensor: sensor|sensors|датчик|датчики|传感器|传感|センサー|센서
word control: control|controls|steuerung|controle|управление|управления|контроль|控制|制御|제어|kontrol
word fire control: fire control|火控
word integrated: integrated|integration|integracion|интеграция|интегрированный|综合|集成|統合|통합
word joint venture: joint venture|jv|合资|合弁|합작|совместное предприятие
word solution: solution|solutions|losungen|soluciones|решения|解决方案|方案|ソリューションズ|ソリューション|솔루션
word artificial intelligence: artificial intelligence|ai|人工智能|人工知能|인공지능|kunstliche intelligenz|inteligencia artificial|искусственный интеллект
word intelligent: intelligent|smart|intelligence|智能|智慧|スマート|스마트|지능|умный
word data: data|daten|datos|donnees|данные|数据|データ|데이터|بيانات
word digital: digital|numerique|цифровой|цифровые|数码|数字|デジタル|디지털|رقمية
word cloud: cloud|云|云计算|クラウド|클라우드|облако
word quantum: quantum|quanten|cuantico|quantique|квант|квантовый|квантовая|量子|양자
word laser: laser|lasers|лазер|лазерный|激光|レーザー|레이저|ليزر|لیزر
word optical: optical|optics|optik|optica|optique|оптика|оптический|光学|光电|光子|photonics|オプティカル|광학
word engine: engine|engines|发动机|原动机|原動機|двигатель|двигатели|двигателестроение|dvigatel|엔진|エンジン
word power train: power systems|动力系统|动力|動力
word general: general dynamics|通用动力
word mission: mission|misiones|任务|ミッション
word flight: flight|flights|飞行|フライト|비행
word environment: environment|environmental|umwelt|medio ambiente|environnement|окружающая среда|экология|экологический|环境|环保|環境|환경|بيئة
word biology: biology|biological|bio|biotechnology|biotech|biotechnologie|biotecnologia|биотехнологии|био|生物|生物科技|生物技术|バイオ|바이오|생명
word precision: precision|prazision|точный|точного|точная|精密|프리시전|정밀|プレシジョン
word cable: cable|cables|kabel|кабель|кабельный|电缆|线缆|電線|케이블
word bearing: bearing|bearings|подшипник|подшипниковый|轴承|軸受|베어링
word tire: tire|tires|tyre|tyres|reifen|шина|шины|шинный|轮胎|タイヤ|타이어
word cement: cement|zement|cemento|ciment|цемент|цементный|水泥|セメント|시멘트|إسمنت|سیمان
word glass: glass|glas|vidrio|verre|стекло|стекольный|玻璃|硝子|ガラス|유리|زجاج
word paper: paper|papier|papel|бумага|бумажный|целлюлозно бумажный|纸业|造纸|製紙|제지
word wood: wood|timber|holz|madera|bois|лес|лесной|древесина|木业|木材|목재
word agriculture: agriculture|agricultural|agro|landwirtschaft|agricola|agricole|сельскохозяйственный|агро|сельское хозяйство|农业|农产品|農業|농업|زراعة|الزراعية|کشاورزی
word fishery: fishery|fisheries|fishing|fischerei|pesca|pesquera|pesquero|peche|рыболовство|рыбный|рыбопромышленный|渔业|水产|水産|漁業|수산|어업|صيد
word grain: grain|grains|зерно|зерновой|粮食|谷物|곡물
word coal: coal|kohle|carbon mineral|charbon|уголь|угольный|угольная|煤炭|煤业|煤矿|石炭|석탄|فحم
word port: port|ports|hafen|puerto|порт|морской порт|港口|港务|港湾|항만|ميناء|بندر
word airport: airport|airports|flughafen|aeropuerto|aeroport|аэропорт|机场|空港|공항|مطار|فرودگاه
word airlines: airline|airlines|airways|авиалинии|авиакомпания|авиалиния|aviakompaniya|lineas aereas|航空公司|エアラインズ|항공사|خطوط جوية|هواپیمایی
word railway: railway|railways|railroad|eisenbahn|ferrocarril|chemin de fer|железная дорога|железные дороги|жд|铁路|鉄道|철도|سكة حديد|راه آهن
word road: road|roads|highway|дорога|公路|高速公路|道路
word bridge: bridge|brucke|мост|桥梁|橋梁
word water: water|wasser|agua|eau|вода|водный|водоканал|水务|水利|水道|수자원|مياه|آب
word tourism: tourism|travel|tourist|turismo|tourisme|туризм|туристический|旅行社|旅游|旅行|観光|관광|여행|سياحة
word hotel: hotel|hotels|отель|гостиница|酒店|饭店|ホテル|호텔|فندق
word tobacco: tobacco|tabak|tabaco|tabac|табак|табачный|烟草|たばこ|담배
word wine: wine|wines|spirits|brewery|beer|brauerei|вино|винный|酒业|啤酒|酒造|ビール|맥주
word film: studio|studios|影业|制作|スタジオ
word alliance: alliance|allianz|alianza|альянс|联盟|同盟|연맹|تحالف|coalition|league|federation|federal|federacion|федерация|федеральный|联邦|连盟|連盟
word management: management|gestion|verwaltung|управляющая|管理|マネジメント|매니지먼트|관리|إدارة|مدیریت|administration|administracion
word analysis: analysis|analytics|analytical|analyse|analisis|анализ|аналитика|分析|解析|분석
word innovation: innovation|innovations|innovative|innovacion|инновация|инновации|инновационный|创新|イノベーション|혁신
word advanced: advanced|先进|先端|先進|첨단|avanzado|передовые
word partner: partner|partners|партнеры|партнер|合伙|パートナーズ|파트너스|socios
word design: design|designs|diseno|дизайн|проект|设计|デザイン|디자인|تصميم|طراحی
word production: production|productions|manufacturing|manufacture|manufacturer|mfg|produktion|produccion|fertigung|fabricacion|производство|производственный|производственная|proizvodstvo|uretim|制造|生产|製造|생산|제조|إنتاج|تولید|tolid
word sale: sales|vertrieb|ventas|vente|сбыт|销售|販売|판매|مبيعات|فروش
word supply: supply|supplies|снабжение|供应|供应链|供給|공급|توريد
word maintenance: maintenance|repair|wartung|mantenimiento|ремонт|ремонтный|维修|检修|整備|정비|修理
word test: test|testing|prufung|испытания|испытательный|испытательная|试验|测试|検査|시험
word battery: battery|batteries|batterie|bateria|аккумулятор|аккумуляторный|电池|蓄电池|電池|バッテリー|배터리|전지
word solar: solar|photovoltaic|солнечный|太阳能|光伏|ソーラー|태양광
word wind: wind|wind power|风电|风能|風力|ветро|풍력
word lighting: lighting|lights|light|licht|iluminacion|освещение|照明|ライト|조명
word textile machine: garment machinery|缝纫机
word rubber: rubber|gummi|caucho|резина|каучук|橡胶|ゴム|고무
word plastic: plastic|plastics|plasticos|пластик|пластмассы|塑料|塑胶|プラスチック|플라스틱
word fiber: fiber|fibre|fibers|волокно|纤维|化纤|光纤|ファイバー|섬유
word alloy: alloy|alloys|legierungen|сплав|сплавы|合金|특수강
word titanium: titanium|titan|титан|钛业|チタン|티타늄
word aluminium: aluminium|aluminum|алюминий|алюминиевый|铝业|アルミ|알루미늄|آلومینیوم
word copper: copper|kupfer|cobre|cuivre|медь|медный|铜业|銅|구리
word rare earth: rare earth|rare earths|稀土|レアアース|희토류
word spring: springs|发条
word tool: tool|tools|werkzeug|herramientas|инструментальный|工具|ツール|공구
word valve: valve|valves|阀门|арматура|バルブ|밸브
word pump: pump|pumps|pumpen|насос|насосы|泵业|ポンプ|펌프
word elevator: elevator|elevators|lift|лифт|电梯|エレベーター|엘리베이터
word aerial: aeronautics|aeronautical|aeronautica|aeronautique|аэронавтика
word radar: radar|radars|радар|радиолокация|雷达|レーダー|레이더|رادار
word radio: radio technology|radiotechnical|radiotekhnika|радиотехника|радиотехнический|无线电|無線|무선|wireless
word computer: computer|computers|computing|компьютер|компьютерный|вычислительный|计算机|电脑|コンピュータ|컴퓨터|كمبيوتر|رایانه
word online: online|线上|网上|オンライン|온라인|онлайн
word game: games|game|gaming|игры|游戏|ゲーム|게임
word law: law|legal services|юридическая|律师事务所|法律|法律事務所|법률|법무
word accounting: accounting|audit|аудит|会计|会计师事务所|会計|회계
word capital: capital|капитал|资本|キャピタル|캐피탈|kapital
word securities: securities firm|证券|証券|증권|ценные бумаги
word fund: fund|funds|fonds|fondo|фонд|基金|ファンド|펀드|صندوق
word trust: trust|trusts|信托|信託|신탁|траст
word leasing: leasing|lease|rental|лизинг|租赁|リース|리스|렌탈
word property: property|properties|realty|物业|プロパティ
word foundation: foundation|stiftung|fundacion|fondation|благотворительный фонд|基金会|財団|재단|مؤسسة|بنیاد|bonyad|vakfi|charity|charitable|wohltatigkeit|благотворительный|慈善|خيرية|الخيرية
word relief: relief|hilfe|socorro|помощь|救援|救济|救済|구호|إغاثة|الإغاثة
word army: army|armed forces|armee|ejercito|армия|вооруженные силы|ordu|军|軍|陆军|陸軍|군|جيش|الجيش|ارتش
word navy: navy|naval|флот|военно морской|海军|海軍|해군
word air force: air force|空军|空軍|공군|ввс|военно воздушные силы
word police: police|polizei|policia|полиция|警察|公安|경찰|شرطة|الشرطة|پلیس
word government: government|regierung|gobierno|gouvernement|правительство|政府|정부|حكومة
word embassy: embassy|botschaft|embajada|ambassade|посольство|大使馆|大使館|대사관
word hospital: hospital|clinic|krankenhaus|hopital|больница|клиника|医院|病院|병원|مستشفى|بیمارستان
word library: library|bibliothek|biblioteca|библиотека|图书馆|図書館|도서관
word museum: museum|museo|musee|музей|博物馆|博物館|박물관
word thunder: thunder|雷电
word dragon: dragon|drache|dragones|дракон|神龙|ドラゴン|드래곤
word eagle: eagle|eagles|adler|aguila|aigle|орел|神鹰|イーグル|이글
word phoenix: phoenix|феникс|凤凰|フェニックス|피닉스|鳳凰
word ocean star: ocean star|海星
word spring brook: evergreen|长荣|長榮
word great wall: great wall|长城|長城|чанчэн|만리장성|changcheng
word rapid: rapid|fast|speed|急速|快速|ラピッド
word cube: cubic|cube|立方
word shield: shield|护盾|盾
word red: red|rot|rojo|rouge|красный|красная|红色|レッド|레드
word blue: blue|blau|azul|bleu|синий|голубой|蓝色|ブルー|블루
word green: green|grun|verde|vert|зеленый|绿色|グリーン|그린|أخضر|سبز
word black: black|schwarz|negro|noir|черный|黑色|ブラック|블랙|أسود|سیاه
word white: white|weiss|blanco|blanc|белый|白色|ホワイト|화이트|أبيض|سفید
word iron mountain: iron mountain|铁山
word prosperity: prosperous|prosperity|繁荣
word planet: planet|planets|行星|プラネット
word pacific rim: pacific rim|环太平洋
word taiwan region: taiwan region|台湾地区
)";

}  // namespace entente::names
