// The lexicon's words, written for this project. length: a table, one meaning a line.
//
// "role english: word|word|..."; roles: legal, title, particle, number, word. Chinese is written in
// simplified characters; Latin words may carry diacritics, which are taken off when it is read.
#include "names/lexicon.h"

namespace entente::names {

const std::string_view kLexiconText =
    R"(legal limited: ltd|limited|limitd|lmtd|llc|lc|limited liability company|limited liability co|ltd liability co|company limited|co limited|co ltd|company ltd|coltd|pvt ltd|private limited|pvt limited|pte ltd|pte|pvt|pty ltd|pty|proprietary limited|sdn bhd|sendirian berhad|gmbh|g m b h|gesellschaft mit beschrankter haftung|mbh|ges m b h|gesmbh|ug|sarl|s a r l|societe a responsabilite limitee|srl|s r l|societa a responsabilita limitata|sociedad de responsabilidad limitada|s de r l|s de rl de cv|s de r l de c v|ltda|limitada|lda|sociedade limitada|bv|b v|bvba|besloten vennootschap|ooo|o o o|obshchestvo s ogranichennoy otvetstvennostyu|obshchestvo s ogranichennoi otvetstvennostyu|ооо|общество с ограниченной ответственностью|тов|тзов|tov|товариство з обмеженою відповідальністю|тоо|too|sp z o o|spzoo|spolka z ograniczona odpowiedzialnoscia|sro|s r o|spol s r o|spolecnost s rucenim omezenym|doo|d o o|kft|korlatolt felelossegu tarsasag|eood|ood|еоод|оод|sia|uab|osauhing|ou|oy|ab|aps|as|tnhh|cong ty tnhh|cong ty trach nhiem huu han|company limited by shares|ltd co|ltd sti|limited sirketi|sti|ltd sirketi|epe|ε π ε|επε|εταιρεια περιορισμενης ευθυνης|בעמ|בע"מ|ذ م م|ش ذ م م|ذات مسؤولية محدودة|المحدودة|محدودة|محدود|mahdudeh|ba masooliyat mahdood|有限公司|有限责任公司|有限責任公司|有限会社|有限會社|유한회사|유한책임회사|合同会社|合同會社|godo kaisha|yugen kaisha|yk|fze|fzco|fzc|fz llc|dmcc|wll|w l l|spc|จำกัด|บริษัท จำกัด|company|co|compagnie|compania|cia|companhia|kompania|kompaniya|компания|компанія|kampuni|sharika|sherkat|sherkate|شركة|شرکت|公司|会社|회사|חברה|บริษัท|εταιρεια|εταιρια|ετ
legal joint stock: jsc|joint stock company|joint stock co|open joint stock company|ojsc|closed joint stock company|cjsc|public joint stock company|pjsc|private joint stock company|limited joint stock company|plc|p l c|public limited company|public company limited|pcl|inc|incorporated|incorporation|corp|corporation|corporacion|corporacao|corporazione|korporatsiya|корпорация|корпорація|sa|s a|societe anonyme|sociedad anonima|sociedade anonima|societate pe actiuni|sa de cv|s a de c v|s a b de c v|spa|s p a|societa per azioni|ag|a g|aktiengesellschaft|se|societas europaea|kgaa|nv|n v|naamloze vennootschap|asa|allmennaksjeselskap|aktiebolag|publ|aktieselskab|a s|osakeyhtio|oyj|anonim sirketi|anonim sti|a o|ao|oao|zao|pao|aktsionernoe obshchestvo|aktsionernoye obshchestvo|otkrytoe aktsionernoe obshchestvo|zakrytoe aktsionernoe obshchestvo|публичное акционерное общество|открытое акционерное общество|закрытое акционерное общество|акционерное общество|непубличное акционерное общество|ао|оао|зао|пао|ат|пат|прат|акціонерне товариство|публічне акціонерне товариство|приватне акціонерне товариство|нао|spolka akcyjna|akciova spolecnost|akciova spolocnost|a d|ad|ead|ад|еад|акционерно дружество|dd|d d|dionicko drustvo|akcionarsko drustvo|nyrt|zrt|reszvenytarsasag|tbk|pt|p t|perseroan terbatas|bhd|berhad|sal|s a l|saog|saoc|psc|q p s c|qpsc|kscc|ksc|shareholding company|ش م ل|ش م م|ش م ع|مساهمة|شركة مساهمة|المساهمة العامة|سهامی عام|سهامی خاص|sahami khas|sahami aam|股份有限公司|股份公司|股份|株式会社|株式會社|kabushiki kaisha|kabushiki gaisha|kk|k k|주식회사|(주)|㈜|chusik hoesa|jusik hoesa|co inc|มหาชน|จำกัด มหาชน|ae|α ε|ανωνυμη εταιρεια|ανωνυμος εταιρεια|cong ty co phan|ctcp
legal partnership: llp|lp|limited partnership|limited liability partnership|kg|kommanditgesellschaft|gmbh co kg|gmbh und co kg|ohg|gbr|snc|s n c|sas|s a s|sasu|eurl|sca|scs|cv|c v|vof|commanditaire vennootschap|合伙企业|有限合伙|合资会社|合名会社|кооператив|ип|individual entrepreneur
legal state enterprise: fgup|federal state unitary enterprise|federalnoe gosudarstvennoe unitarnoe predpriyatie|фгуп|федеральное государственное унитарное предприятие|гуп|gup|guse|state unitary enterprise|государственное унитарное предприятие|муп|rue|рпуп|руп|ep|foundation|fondation|stiftung|fundacion|fundacao|fondazione|fond|фонд|fonds|stichting|мфонд|مؤسسة|موسسه|mu assasat|muassasat|基金会|財団法人|一般財団法人|公益財団法人|社団法人|一般社団法人|재단법인|사단법인|독립행정법인|独立行政法人|国立研究開発法人|学校法人|医療法人|特定非営利活動法人
title mister: mr|mrs|ms|miss|mister|messrs|monsieur|madame|herr|frau|senor|senora|sr|sra|don|dona|sir|lord|lady|dame|dr|doctor|doktor|prof|professor|ing|eng|engineer|muhandis|doc|mudr|judr|phd|md|hon|honorable|his excellency|excellency|he|г н|господин|госпожа|пан|доктор|д р|профессор|الدكتور|الشيخ|السيد|السيدة|المهندس|الاستاذ|دكتور|先生|女士|小姐|博士|교수|박사|씨|さん|氏|様
title cleric: haji|hajji|hajj|al hajj|hadji|hadj|haj|hajji|mullah|mulla|molla|maulawi|maulavi|mawlawi|moulavi|mawlana|maulana|moulana|molvi|qari|hafiz|sheikh|shaikh|shaykh|sheik|cheikh|shaik|imam|ayatollah|hojjatoleslam|hujjat al islam|alhaji|mufti|akhund|akhundzada|akhund zada|ustadh|ustad|ustaz|sayyid|sayed|syed|seyyed|saiyid|said sayed|الحاج|حاجي|ملا|مولوي|مولوی|قاري|شيخ|شیخ|الامام|father|fr|rev|reverend|bishop|archbishop|metropolitan|rabbi|pastor
title officer: general|gen|lieutenant general|lt gen|major general|maj gen|brigadier general|brig gen|brigadier|brig|colonel|col|lieutenant colonel|lt col|lieutenant|lt|major|maj|captain|capt|commander|cmdr|admiral|rear admiral|vice admiral|sergeant|sgt|marshal|генерал|полковник|майор|капитан|لواء|عميد|العميد|اللواء|العقيد|president|minister|governor|senator|deputy|king|prince|princess|emir|amir|sultan|crown prince|jr|junior|esq
particle al: al|el|ul|ur|as|ash|at|ad|ar|an|az|us|ush|ud|ol|ال
particle son of: bin|ben|ibn|b|binti|bint|bt|bte|ould|walid|wald|beni|banu|بن|ابن|بنت|ولد|בן|בת|bar|oglu|oğlu|uulu|kyzy|qizi|kizi|ogly|угли|оглы|кызы|уулу|улы|кизи
particle of: de|del|de la|de las|de los|de las|della|delle|dello|dei|di|da|das|do|dos|du|des|van|van der|van den|van de|von|von der|von dem|vom|zu|zum|zur|af|av|ter|ten|tot|st|y|e|i|und|and|et|the|of|for|la|le|les|los|las|lo|il|der|die|das|den|dem|mac|und|и|i|im|in|en|et|na|o|w|z|для|по|имени|им|on|to|at|with|a|an|fur|per|para|pour|pro|nee|born|aka|fka|alias|و|في|من|ל|της|του|των|και|の|之|的|및|와|과
)"
    R"(number 1: 1|one|first|1st|i.|erste|erster|primero|primera|premier|premiere|primo|первый|первая|один|一|第一|壱|일|제일|제1|الاول|الأول
number 2: 2|two|second|2nd|ii|zweite|zweiter|segundo|segunda|deuxieme|seconde|secondo|второй|вторая|два|二|第二|弐|제2|الثاني
number 3: 3|three|third|3rd|iii|dritte|tercero|tercera|troisieme|terzo|третий|третья|три|三|第三|제3|الثالث
number 4: 4|four|fourth|4th|iv|vierte|cuarto|quatrieme|quarto|четвертый|четвертая|четыре|四|第四|제4|الرابع
number 5: 5|five|fifth|5th|funfte|quinto|cinquieme|пятый|пятая|пять|五|第五|제5|الخامس
number 6: 6|six|sixth|6th|vi|sechste|sexto|sixieme|sesto|шестой|шестая|шесть|六|第六|제6|السادس
number 7: 7|seven|seventh|7th|vii|siebte|septimo|septieme|settimo|седьмой|седьмая|семь|七|第七|제7|السابع
number 8: 8|eight|eighth|8th|viii|achte|octavo|huitieme|ottavo|восьмой|восьмая|восемь|八|第八|제8|الثامن
number 9: 9|nine|ninth|9th|ix|neunte|noveno|neuvieme|nono|девятый|девятая|девять|九|第九|제9|التاسع
number 10: 10|ten|tenth|10th|zehnte|decimo|dixieme|десятый|десятая|десять|十|第十|제10|العاشر
number 11: 11|eleven|eleventh|11th|xi|十一|第十一|одиннадцатый
number 12: 12|twelve|twelfth|12th|xii|十二|第十二|двенадцатый
number 13: 13|thirteen|thirteenth|13th|xiii|十三|第十三
number 14: 14|fourteen|fourteenth|14th|xiv|十四|第十四
number 15: 15|fifteen|fifteenth|15th|xv|十五|第十五
)"
    R"(word group: group|groupe|grupo|gruppo|gruppe|grupa|grup|gruppa|holding|holdings|holdco|группа|группа компаний|холдинг|група|集团|集団|グループ|ホールディングス|그룹|홀딩스|مجموعة|گروه|القابضة|קבוצת|grubu|konzern|концерн|kontsern|concern
word technology: technology|technologies|technological|tech|technologie|technologien|tecnologia|tecnologias|tecnologie|technologia|tehnologija|tekhnologii|tekhnologiya|tekhnologiia|teknoloji|teknologi|технологии|технология|технологий|технології|科技|技术|技術|工艺|テクノロジー|테크놀로지|테크|기술|과학기술|تكنولوجيا|التكنولوجيا|تقنية|فناوري|فناوری|טכנולוגיות|τεχνολογια|fanavari|technics|technical|tekhnika|техника
word science: science|sciences|scientific|wissenschaft|ciencia|ciencias|scientifique|naukova|nauchnyy|nauchno|наука|научный|научно|науки|наук|科学|학|과학|علوم|العلوم|nauka|nauki|olum|elm
word industry: industry|industries|industrial|industrie|industria|industrias|industriale|industrielle|industriel|promyshlennost|promyshlennyy|promyshlenny|промышленность|промышленный|промышленная|пром|prom|sanayi|sanat|sanaye|sanayeh|工业|产业|実業|实业|産業|산업|공업|인더스트리|صناعة|الصناعات|صناعات|الصناعية|صنایع|صنعت|תעשיות|przemysl|industriya
word electronics: electronics|electronic|electronica|elektronik|electronique|elettronica|elektronika|elektronika|электроника|электронный|электронные|电子|電子|エレクトロニクス|전자|일렉트로닉스|الكترونيات|إلكترونيات|الالكترونية|الکترونیک|electron
word electric: electric|electrical|electrics|electricity|elektro|elektrik|electrique|electrica|elettrica|электро|электрический|electro|电气|电器|電機|電気|电机|电力|電力|전기|전력|كهرباء|الكهربائية|الكهرباء|برق|barq|elektrichestvo|энергосеть
word energy: energy|energie|energia|energiya|enerji|energetika|energo|энергия|энергетика|энерго|能源|エネルギー|에너지|طاقة|الطاقة|انرژی|אנרגיה
word power: power|powers|동력|动力
word oil: oil|petroleum|petrol|petrole|petroleo|petrolio|neft|neftyanaya|neftianaia|нефть|нефтяная|нефтепродукт|нефтегаз|oilfield|石油|油田|석유|오일|نفط|النفط|نفت|naft|petrochemical|petrochemicals|petrochimie|petroquimica|نفطية|нафта
word gas: gas|gaz|газ|газовая|天然气|燃气|ガス|가스|غاز|الغاز|گاز|natural gas
word chemical: chemical|chemicals|chemie|chemistry|chimie|chimique|quimica|chimica|khim|khimiya|химия|химический|химическая|хим|kimya|kimia|shimi|化工|化学|화학|케미칼|كيماويات|الكيماوية|شیمی|شیمیایی|ケミカル
word machinery: machinery|machine|machines|machining|maschinen|maschinenbau|maquinaria|mashinostroenie|mashinostroitelnyy|mashinostroitelny|машиностроение|машиностроительный|makina|mashin|机械|機械|机床|機器|기계|الات|آلات|ماشین
word equipment: equipment|equipments|equipement|ausrustung|equipos|oborudovanie|oborudovaniye|оборудование|ekipman|tajhizat|设备|設備|装备|器材|장비|설비|معدات|المعدات|تجهیزات
word engineering: engineering|ingenierie|ingenieria|ingegneria|inzhiniring|инжиниринг|инженерный|muhendislik|mohandesi|工程|エンジニアリング|엔지니어링|공학|هندسة|الهندسية|الهندسة|مهندسی
word construction: construction|constructions|constructing|bau|baugesellschaft|construccion|construcciones|costruzioni|construcao|stroitelstvo|stroy|строительство|строительная|строй|insaat|sakhteman|sakhtemani|建设|建筑|建設|施工|건설|建工|الانشاءات|إنشاءات|المقاولات|مقاولات|البناء|ساختمان|building|builders|contracting|contractors
word trade: trading|trade|trader|traders|commerce|commercial|handel|handels|handelsgesellschaft|comercio|comercial|commerciale|commercio|torgovlya|torgovyy|torgovy|torg|торговля|торговый|торговая|торг|ticaret|bazargani|bazarganee|tejarat|tijara|tejari|贸易|商贸|商事|通商|무역|상사|通商|تجارة|التجارة|التجارية|للتجارة|بازرگانی|تجارت|trgovina|handlowa|handlowe|dagang|perdagangan|tijarat
word import export: import export|importexport|impex|imp exp|import and export|importacion exportacion|import eksport|импорт экспорт|进出口|進出口|输出入|輸出入|수출입|استيراد وتصدير|الاستيراد والتصدير|للاستيراد والتصدير|export import
word import: import|imports|importers|einfuhr|импорт|进口|輸入|수입|استيراد|الاستيراد|واردات
word export: export|exports|exporters|ausfuhr|экспорт|出口|輸出|수출|تصدير|التصدير|صادرات|saderat
word international: international|internationale|internacional|internazionale|intl|int l|mezhdunarodnyy|mezhdunarodnaya|mezhdunarodny|международный|международная|міжнародний|uluslararasi|beynolmelali|beinolmelali|国际|國際|国際|インターナショナル|국제|인터내셔널|دولية|الدولية|الدولي|بین المللی|בינלאומי|διεθνης|antarabangsa|internasional|miedzynarodowy|quoc te
word global: global|globale|globalnyy|глобал|全球|环球|環球|글로벌|グローバル|العالمية|العالمي|جهانی|worldwide|world|мир|мировой|世界|weltweit|mondial|mundial|세계|universal
word national: national|nationale|nacional|nazionale|natsionalnyy|natsionalnaya|natsionalny|национальный|национальная|національний|milli|melli|narodowy|watani|وطنية|الوطنية|الوطني|ملی|国家|全国|国立|국립|국가|전국|nacionalna|לאומי|εθνικη|kebangsaan|quoc gia|folk|people s|peoples
word state: state|staatliche|estatal|gosudarstvennyy|gosudarstvennaya|gosudarstvenny|gosudarstvennoe|государственный|государственная|государственное|державний|devlet|dowlati|国有|国营|國營|국영|دولة|الدولة|دولتی|drzavni|panstwowy|public|publique|publica|公共|공공
word bank: bank|banque|banco|banca|banka|bankasi|bankas|banki|банк|банка|банку|银行|銀行|은행|뱅크|バンク|بنك|البنك|مصرف|المصرف|بانک|בנק|τραπεζα|ธนาคาร|ngan hang|bancorp|banking
word insurance: insurance|assurance|assurances|versicherung|seguros|assicurazioni|strakhovanie|strakhovaya|страхование|страховая|sigorta|bimeh|保险|保険|보험|تأمين|التأمين|بیمه
word finance: finance|financial|finances|finanz|finanzas|financiera|finanziaria|financement|finans|финанс|финансовая|финансовый|финансы|金融|财务|財務|ファイナンス|금융|파이낸스|مالية|المالية|التمويل|مالی
word investment: investment|investments|investing|invest|inversiones|investissement|investissements|beteiligungs|beteiligung|investimenti|investimentos|investitsii|investitsionnaya|инвестиции|инвестиционная|инвест|yatirim|sarmayegozari|sarmayeh gozari|投资|投資|인베스트먼트|투자|استثمار|للاستثمار|الاستثمار|الاستثمارات|سرمایه گذاری|capital|capitale|kapital|капитал|资本|캐피탈|cap|资产|asset management|资产管理
word development: development|developments|entwicklung|desarrollo|developpement|sviluppo|razvitie|razvitiya|развитие|развития|розвитку|gelistirme|tose eh|tosee|开发|发展|開発|개발|تنمية|التنمية|تطوير|للتطوير|توسعه
word research: research|forschung|forschungs|investigacion|investigaciones|recherche|recherches|ricerca|issledovaniy|issledovatelskiy|issledovatel skiy|исследования|исследований|исследовательский|arastirma|tahghighat|tahqiqat|研究|リサーチ|연구|بحوث|البحوث|للبحوث|تحقیقات|پژوهش
word institute: institute|institut|instituto|istituto|institution|институт|інститут|enstitusu|研究所|研究院|学院|院|연구소|연구원|معهد|انستیتو|moassese|пиниинститут|nii|нии
word university: university|universitat|universidad|universite|universita|universidade|universitet|университет|університет|universitesi|daneshgah|大学|大學|대학교|대학|جامعة|الجامعة|دانشگاه|אוניברסיטת|uniwersytet|univerzita|academy of sciences
word academy: academy|akademie|academia|academie|accademia|akademiya|академия|академія|akademisi|科学院|アカデミー|아카데미|أكاديمية|فرهنگستان
word center: center|centre|zentrum|centro|tsentr|центр|merkezi|merkez|markaz|中心|センター|센터|مركز|المركز|مرکز|centrum|מרכז|κεντρο
word laboratory: laboratory|laboratories|lab|labs|labor|laboratorio|laboratoire|laboratoriya|лаборатория|实验室|実験室|연구실|مختبر|آزمایشگاه
word organization: organization|organisation|organizacion|organizzazione|organizatsiya|организация|організація|orgut|sazman|sazeman|组织|機構|机构|機関|조직|기구|منظمة|هيئة|سازمان|ארגון|agency|agence|agencia|agentur|agentstvo|агентство|局|署|청|وكالة
word association: association|associates|verband|verein|asociacion|associazione|assotsiatsiya|ассоциация|асоціація|dernegi|协会|協会|협회|جمعية|رابطة|انجمن|union|unione|soyuz|союз|联合会|连盟|聯盟|연합|اتحاد|اتحادیه|society|societe|societa|sociedad|sociedade|obshchestvo|общество|товариство|gesellschaft|vereniging|学会|會社|federation|federacion|federatsiya|федерация
word committee: committee|comite|komitee|komitet|комитет|комітет|komitesi|委员会|委員会|위원회|لجنة|کمیته
word ministry: ministry|ministerium|ministerio|ministere|ministero|ministerstvo|министерство|міністерство|bakanligi|vezarat|部|省|부|وزارة|وزارت|משרד|department|departement|departamento|abteilung|департамент
word factory: factory|plant|works|werk|werke|fabrik|fabrica|usine|fabbrica|zavod|завод|заводы|fabrikasi|karkhaneh|工厂|厂|工場|製作所|制作所|제작소|공장|مصنع|المصنع|کارخانه|kombinat|комбинат|mill|mills|foundry|manufacturing|manufacturer|manufacture|manufacturers|manufactura|制造|製造|제조|proizvodstvo|производство|производственное|production|productions|produktion|produccion|生产|uretim|imalat|تصنيع|tolid|tolidi
word shipbuilding: shipbuilding|shipyard|shipyards|werft|astillero|astilleros|chantier naval|cantiere navale|sudostroitelnyy|sudostroitelny|sudostroenie|судостроительный|судостроительная|судостроение|tersane|造船|조선|dockyard|船舶|船厂|تشتيسازي|کشتی سازی
word shipping: shipping|shippers|reederei|naviera|navigation|navegacion|navigazione|sudokhodnaya|судоходная|судоходство|denizcilik|keshtirani|kashtirani|海运|航运|海運|船务|船務|汽船|商船|해운|선박|ملاحة|للملاحة|الملاحة|الشحن|کشتیرانی|marine|maritime|maritima|maritimo|marittima|morskoy|morskoye|морской|морская|海洋|海事|해양|بحرية|البحرية|دریایی|lines|line|ocean|sea
word transport: transport|transports|transportation|transporte|transportes|trasporti|transportnaya|транспорт|транспортная|nakliyat|tasimacilik|haml|hamlonaghl|运输|運輸|運送|운송|운수|نقل|النقل|للنقل|حمل و نقل|logistics|logistic|logistik|logistica|logistique|логистика|логистик|物流|ロジスティクス|물류|로지스틱스|خدمات لوجستية|freight|cargo|forwarding|express|kargo|карго|货运|快递
word aviation: aviation|aviacion|luftfahrt|aviazione|aviatsiya|aviatsionnaya|aviatsionnyy|авиация|авиационная|авиационный|авиа|avia|havacilik|hava|havapeymayi|航空|에어|항공|طيران|الطيران|للطيران|هواپیمایی|airlines|airline|airways|air lines|air|lineas aereas|aerolineas|авиакомпания|авиалинии|aviakompaniya|aviakompania|航空公司|エアラインズ|エア|항공사|خطوط جوية|خطوط الطيران|aero|aircraft|aeronautical|aeronautics|飞机|飛機|航空機|항공기|самолет|самолетостроительный
word aerospace: aerospace|aeroespacial|aerospatiale|raumfahrt|space|spatiale|espacial|kosmos|kosmicheskiy|космос|космический|космическая|uzay|fazayi|havafaza|宇航|航天|宇宙|우주|우주항공|항공우주|フضاء|الفضاء|فضا
word defense: defense|defence|verteidigung|defensa|difesa|oborona|oboronnyy|оборона|оборонный|оборонная|savunma|defa|defaei|国防|防务|防衛|防卫|방위|국방|دفاع|الدفاع|דפנס|military|militar|militaire|militare|voennyy|voenno|военный|военная|军事|军工|軍事|군사|عسكرية|نظامی|army|armee|ejercito|armiya|армия|陆军|육군|جيش|ارتش|arms|weapons|weapon|ordnance|armament|armaments|вооружение|兵器|武器|무기|سلاح|اسلحه
word security: security|securities|sicherheit|seguridad|securite|sicurezza|bezopasnost|безопасность|безопасности|guvenlik|amniyat|安全|保安|安防|セキュリティ|보안|안보|أمن|الأمن|امنیت|证券|証券|증권
word nuclear: nuclear|nucleaire|nuklear|atom|atomic|atomique|atomnyy|yadernyy|ядерный|ядерная|атомный|атомная|nukleer|hastei|原子能|核|核能|原子力|핵|원자력|نووية|النووية|هسته ای
word communication: communication|communications|telecommunication|telecommunications|telecom|telekom|telecoms|telekommunikation|telecomunicaciones|comunicaciones|telecomunicazioni|svyaz|связь|связи|телеком|телекоммуникации|iletisim|haberlesme|mokhaberat|ertebatat|通信|通讯|电信|電信|通訊|통신|텔레콤|اتصالات|الاتصالات|ارتباطات|مخابرات|mobile|mobil|移动|モバイル|모바일
word information: information|informacion|informatics|informatique|informatica|informatik|informatsionnyy|informatsionnye|информация|информационные|информационный|bilgi|bilisim|ettelaat|信息|情報|资讯|資訊|정보|معلومات|المعلومات|اطلاعات|computer|computers|computing|kompyuter|компьютер|计算机|電脑|컴퓨터|コンピュータ|حاسوب|رایانه|bilgisayar|data|数据|データ|데이터|بيانات
word software: software|programmnoe obespechenie|программное обеспечение|yazilim|软件|軟体|ソフトウェア|ソフト|소프트웨어|소프트|برمجيات|نرم افزار
word network: network|networks|netz|netzwerk|red|reseau|reseaux|rete|set|сеть|сети|ag sistemleri|shabake|网络|ネットワーク|네트워크|شبكة|شبکه|internet|интернет|互联网|インターネット|인터넷
word system: system|systems|systeme|sistema|sistemas|sistemi|sistemy|система|системы|системи|sistem|sistemleri|系统|系統|システム|システムズ|시스템|시스템즈|نظام|نظم|أنظمة|سیستم|solutions|solution|soluciones|losungen|solutsii|решения|解决方案|ソリューション|ソリューションズ|솔루션|حلول
word service: service|services|servicio|servicios|servizi|servizio|servis|сервис|услуги|dienst|dienste|dienstleistung|khadamat|hizmetleri|hizmet|服务|サービス|서비스|خدمات|الخدمات|للخدمات|שירותים
word consulting: consulting|consultants|consultancy|consult|beratung|consultoria|conseil|consulenza|konsalting|консалтинг|danismanlik|moshavereh|咨询|顾问|コンサルティング|컨설팅|استشارات|الاستشارات|مشاوره|advisory|advisors|management|verwaltung|gestion|gestione|upravlenie|управление|yonetim|modiriyat|管理|マネジメント|경영|관리|إدارة|مدیریت
)"
    R"(word metal: metal|metals|metall|metalle|metales|metaux|metallurgical|metallurgy|metallurgie|metallurgiya|metallurgicheskiy|metallurgicheskii|металл|металлургия|металлургический|metalurji|felezat|metallic|金属|冶金|メタル|금속|معادن|المعادن|فلزات
word steel: steel|stahl|acero|aceros|acier|acciaio|stal|сталь|celik|fulad|foolad|folad|钢铁|钢|鋼鉄|製鋼|製鉄|철강|제철|스틸|حديد|الحديد|صلب|فولاد|iron|eisen|hierro|zhelezo|ahan|铁
word mining: mining|mine|mines|bergbau|mineria|minera|miniere|gornyy|gornaya|gorno|горный|горная|горно|madencilik|maden|madan|maadan|矿业|采矿|鉱業|鉱山|광업|마이닝|تعدين|للتعدين|التعدين|معدن|minerals|mineral|minerales|矿产|coal|kohle|carbon|ugol|уголь|угольная|komur|煤炭|煤业|煤|석탄|فحم|زغال
word gold: gold|золото|zoloto|oro|altin|tala|黄金|金业|골드|ذهب|الذهب|طلا|jewelry|jewellery|jewelers|jewellers|珠宝|مجوهرات|diamonds|diamond|алмаз
word food: food|foods|lebensmittel|alimentos|alimentaire|alimentari|alimentos|pishchevaya|pishchevoy|продукты|пищевая|gida|ghaza|食品|食料|フーズ|식품|푸드|أغذية|الغذائية|غذایی|agro|agricultural|agriculture|agricola|agricole|landwirtschaft|selkhoz|сельскохозяйственный|агро|tarim|keshavarzi|农业|农产|農業|농업|زراعة|الزراعية|کشاورزی|farm|farms|农场
word medical: medical|medicine|medizin|medizinische|medica|medicale|meditsinskiy|медицинский|медицинская|мед|medikal|tibbi|pezeshki|医疗|医药|医療|醫療|의료|메디컬|طبية|الطبية|پزشکی|pharmaceutical|pharmaceuticals|pharma|pharmacy|farmaceutica|farmaceuticos|farma|farmatsevticheskaya|фармацевтическая|фарма|фарм|ilac|darou|darouei|制药|药业|製薬|제약|ادوية|الأدوية|دارویی|hospital|hopital|krankenhaus|больница|医院|病院|병원|مستشفى|بیمارستان|health|healthcare|健康|健保|헬스|bio|biotech|biotechnology|biological|生物|バイオ|바이오
word real estate: real estate|immobilien|inmobiliaria|immobiliare|immobilier|nedvizhimost|недвижимость|gayrimenkul|amlak|房地产|置业|地产|不動産|부동산|عقارات|العقارية|املاک|property|properties|estate|land|地所|物业
word textile: textile|textiles|textil|textiles|tessile|tekstil|tekstilnaya|текстиль|текстильная|纺织|紡績|繊維|섬유|방직|نسيج|النسيج|نساجی|clothing|garment|garments|apparel|fashion|服装|服饰|アパレル|의류|패션|ملابس|پوشاک
word auto: auto|automobile|automobiles|automotive|automobil|automoviles|automotriz|avto|автомобиль|автомобильный|авто|otomotiv|oto|khodro|khodrosazi|汽车|自動車|자동차|오토|سيارات|السيارات|خودرو|motors|motor|motoren|motores|мотор|モーター|モータース|모터스|电动车|vehicle|vehicles|车辆|tractor|tractors|трактор
word instrument: instrument|instruments|instrumentation|gerate|instrumentos|pribor|приборы|приборостроение|priborostroitelnyy|仪器|仪表|計器|計測|기기|계측|أجهزة|ابزار|precision|prazision|точный|精密|정밀|optical|optics|optik|optica|optique|optika|optiko|оптика|оптический|оптико|光学|光电|光電|광학|بصريات|اپتیک|laser|лазер|激光|レーザー|레이저|ليزر|لیزر
word semiconductor: semiconductor|semiconductors|halbleiter|semiconductores|poluprovodnik|полупроводник|半导体|半導體|半導体|반도체|microelectronics|mikroelektronika|микроэлектроника|微电子|integrated circuit|集成电路|集積回路|chip|chips|芯片|silicon|硅
word material: material|materials|materialien|materiales|materiaux|materialy|материалы|malzeme|mavad|材料|新材料|素材|マテリアル|소재|مواد|المواد|plastic|plastics|plastik|plasticos|пластик|塑料|プラスチック|플라스틱|rubber|гума|резина|橡胶|ゴム|고무|glass|glas|vidrio|стекло|玻璃|ガラス|硝子|유리|زجاج|cement|цемент|水泥|セメント|시멘트|اسمنت|سیمان|paper|papier|papel|бумага|纸业|製紙|제지
word media: media|medien|medios|media group|медиа|媒体|传媒|メディア|미디어|إعلام|الإعلام|رسانه|news|nachrichten|noticias|novosti|новости|新闻|新聞|뉴스|신문|أخبار|اخبار|press|presse|prensa|пресса|出版|publishing|verlag|editorial|izdatelstvo|издательство|broadcasting|radio|television|tv|радио|телевидение|广播|电视|テレビ|放送|방송|إذاعة|تلفزيون|film|films|pictures|影视|映画|영화|entertainment|娱乐|エンターテインメント|엔터테인먼트
word culture: culture|cultural|kultur|cultura|culturel|kultura|культура|культурный|kulturel|farhangi|文化|문화|ثقافة|الثقافية|فرهنگی|art|arts|kunst|arte|искусство|艺术|芸術|예술|فن|fine arts|education|educational|bildung|educacion|education|obrazovanie|образование|egitim|amoozesh|教育|교육|تعليم|آموزش|school|schule|escuela|ecole|shkola|школа|okulu|学校|학교|مدرسة|مدرسه|college|学園|学院大学|sport|sports|спорт|体育|スポーツ|스포츠|رياضة|ورزشی
word liberation: liberation|befreiung|liberacion|освобождение|освобождения|kurtulus|解放|해방|تحرير|التحرير|آزادی|freedom|freiheit|libertad|свобода|自由|자유|حرية
word front: front|frente|фронт|cephesi|cephe|阵线|戦線|전선|جبهة|جبهه|party|partei|partido|partiya|партия|partisi|党|党派|정당|당|حزب|movement|bewegung|movimiento|mouvement|dvizhenie|движение|hareketi|运动|運動|운동|حركة|جنبش|brigade|brigades|brigada|brigaden|бригада|كتائب|كتيبة|لواء|battalion|батальон|tabur|旅|营
word islamic: islamic|islamique|islamico|islamisch|islamskiy|исламский|исламская|islami|eslami|伊斯兰|イスラム|이슬람|إسلامية|الإسلامية|اسلامی|الاسلامي|islam|ислам
word revolution: revolution|revolutionary|revolucion|revolucionario|revolutsiya|революция|революционный|devrim|devrimci|enghelab|革命|혁명|ثورة|الثورة|انقلاب|resistance|widerstand|resistencia|сопротивление|مقاومة|المقاومة|مقاومت|抵抗|jihad|jehad|جهاد|الجهاد|джихад|guard|guards|garde|guardia|гвардия|pasdaran|卫队|حرس|پاسداران|corps|корпус
word new: new|neu|neue|nuevo|nueva|nouveau|nouvelle|nuovo|nova|novo|novyy|новый|новая|нова|yeni|nou|now|新|ニュー|뉴|신|جديد|الجديدة|جدید
word great: great|grand|gross|grosse|gran|grande|bolshoy|большой|buyuk|bozorg|大|グレート|대|كبير|الكبرى|بزرگ|general|generale|allgemeine|общий|总|総合|综合|종합|العامة|عمومی
word east: east|eastern|ost|oriente|oriental|orient|est|vostok|vostochnyy|восток|восточный|восточная|dogu|shargh|sharq|东方|东|東|東方|東洋|イースト|동|동방|동양|شرق|الشرق|شرقي|مشرق
word west: west|western|ouest|oeste|occidental|zapad|zapadnyy|запад|западный|bati|gharb|西部|西|西方|ウエスト|서|서부|غرب|الغرب
word north: north|northern|nord|norte|sever|severnyy|север|северный|северная|kuzey|shomal|北方|北|ノース|북|북방|شمال|الشمال
word south: south|southern|sud|sur|yug|yuzhnyy|юг|южный|южная|guney|jonub|南方|南|サウス|남|남부|جنوب|الجنوب
word central: central|zentral|centrale|tsentralnyy|tsentralny|центральный|центральная|中央|セントラル|중앙|المركزي|مرکزی|middle|mid|mittel|medio|средний
word star: star|stern|estrella|etoile|stella|zvezda|звезда|yildiz|setareh|星|スター|스타|نجم|النجم|ستاره|sun|sonne|sol|soleil|sole|solntse|солнце|gunes|khorshid|太阳|太陽|サン|태양|شمس|الشمس|خورشید|moon|mond|luna|lune|луна|月亮|القمر
word brothers: brothers|bros|gebruder|hermanos|freres|fratelli|bratya|братья|kardesler|兄弟|형제|إخوان|الإخوان|برادران|sons|sohne|hijos|fils|figli|et fils|und sohne|family|familia
word republic: republic|republik|republica|republique|repubblica|respublika|республика|cumhuriyeti|jomhouri|共和国|공화국|جمهورية|جمهوری|kingdom|konigreich|reino|royaume|королевство|王国|왕국|مملكة|united|vereinigte|unidos|unida|unis|obedinennaya|объединенная|объединенный|birlesik|联合|连合|統一|연합|متحدة|المتحدة|متحد|democratic|demokratische|democratica|democratique|demokraticheskaya|демократическая|民主|민주|ديمقراطية|الديمقراطية|دموکراتیک
word city: city|stadt|ciudad|ville|citta|gorod|город|sehir|shahr|市|시|مدينة|شهر|municipal|municipality|муниципальный|town|district|区|区域|province|provincial|provincia|省级|oblast|область|областной|область|region|regional|регион|regionalnyy|自治区
)"
    R"(word china: china|chinese|chine|cina|kitay|kitai|китай|китайская|китайский|cin|chin|中国|中华|中華|중국|صين|الصين|چین|סין|zhongguo|zhong guo|prc
word beijing: beijing|peking|pekin|пекин|北京|베이징|북경|بكين
word shanghai: shanghai|шанхай|上海|샹하이|상하이|상해|شنغهاي
word hong kong: hong kong|hongkong|hk|гонконг|香港|홍콩|هونغ كونغ
word guangdong: guangdong|canton|kwangtung|广东|광동
word shenzhen: shenzhen|шэньчжэнь|深圳|심천|선전
word tianjin: tianjin|tientsin|天津|텐진
word taiwan: taiwan|тайвань|台湾|대만|타이완|تايوان
word japan: japan|japanese|japon|giappone|nippon|nihon|yaponiya|япония|японский|japonya|日本|ジャパン|일본|재팬|يابان|اليابان|ژاپن|יפן
word tokyo: tokyo|токио|东京|東京|도쿄|동경|طوكيو
word osaka: osaka|осака|大阪|오사카
word korea: korea|korean|coree|corea|koreya|koreyskaya|корея|корейский|kore|韩国|朝鲜|韓国|朝鮮|コリア|한국|대한|조선|코리아|كوريا|کره|קוריאה|choson|chosun|joseon|dprk
word pyongyang: pyongyang|пхеньян|平壤|평양|بيونغ يانغ
word seoul: seoul|сеул|首尔|서울|ソウル|سيول
word russia: russia|russian|russland|russe|russie|rusia|ruso|russo|rossiya|rossiyskiy|rossiyskaya|rossiiskii|rossiiskaya|rossiyskoye|россия|российский|российская|российское|россии|русский|рос|ros|rusya|rus|russkiy|俄罗斯|俄国|ロシア|러시아|روسيا|الروسية|روسیه|רוסיה
word moscow: moscow|moskau|moscou|mosca|moskva|moskovskiy|moskovskaya|москва|московский|московская|москвы|moskova|莫斯科|モスクワ|모스크바|موسكو|مسکو
word petersburg: saint petersburg|st petersburg|sankt peterburg|sankt petersburg|санкт петербург|петербург|peterburg|leningrad|ленинград|圣彼得堡|상트페테르부르크
word ukraine: ukraine|ukrainian|ucrania|ucraina|ukraina|ukrainskiy|украина|україна|украинский|український|乌克兰|ウクライナ|우크라이나|أوكرانيا|اوکراین
word belarus: belarus|belarusian|belarussian|belorussia|belorusskiy|беларусь|белорусский|беларускі|白俄罗斯|ベラルーシ|벨라루스|بيلاروسيا
word iran: iran|iranian|irani|persia|persian|иран|иранский|伊朗|イラン|이란|إيران|ايران|الإيرانية|ایران|איראן
word tehran: tehran|teheran|тегеран|德黑兰|テヘラン|테헤란|طهران|تهران
word syria: syria|syrian|syrie|siria|сирия|сирийский|suriye|sooriyeh|叙利亚|シリア|시리아|سوريا|سورية|السورية|سوریه
word iraq: iraq|iraqi|irak|ирак|伊拉克|イラク|이라크|عراق|العراق|العراقية
word lebanon: lebanon|lebanese|liban|libano|ливан|ливанский|lubnan|黎巴嫩|レバノン|레바논|لبنان|اللبنانية
word emirates: emirates|emirati|uae|emirats|emiratos|эмираты|阿联酋|首長国|에미리트|إمارات|الإمارات|امارات
word dubai: dubai|doubai|дубай|迪拜|ドバイ|두바이|دبي
word turkey: turkey|turkish|turkei|turquie|turquia|turkiye|turk|турция|турецкий|土耳其|トルコ|터키|튀르키예|تركيا|ترکیه
word arab: arab|arabian|arabic|arabe|arabische|arabia|арабский|арабская|arap|阿拉伯|アラブ|아랍|عربية|العربية|عربی|saudi|saudi arabia|السعودية|سعودي
word germany: germany|german|deutschland|deutsche|deutsch|deutscher|alemania|allemagne|aleman|germania|германия|германский|немецкий|almanya|alman|德国|德意志|ドイツ|독일|ألمانيا|آلمان
word france: france|french|francia|francaise|francais|frankreich|франция|французский|fransa|fransiz|法国|フランス|프랑스|فرنسا|فرانسه
word britain: britain|british|uk|united kingdom|england|english|grossbritannien|великобритания|британский|英国|大英|イギリス|ブリティッシュ|영국|بريطانيا|انگلیس
word america: america|american|amerika|amerikanische|americana|americano|americaine|usa|us|united states|америка|американский|сша|美国|美洲|アメリカ|アメリカン|미국|아메리카|أمريكا|الأمريكية|آمریکا
word europe: europe|european|europa|europaische|europea|europeo|europeenne|euro|европа|европейский|евро|avrupa|欧洲|ヨーロッパ|유럽|유로|أوروبا|اروپا
word asia: asia|asian|asie|asien|aziya|азия|азиатский|asya|亚洲|アジア|아시아|آسيا|آسیا|asia pacific|pacific|pacifico|тихоокеанский|亚太|太平洋|パシフィック|태평양
word africa: africa|african|afrika|afrique|африка|非洲|アフリカ|아프리카|أفريقيا|آفریقا
word gulf: gulf|golf|golfo|khalij|persian gulf|海湾|خليج|الخليج|خلیج
word caspian: caspian|khazar|kaspiyskiy|kaspiy|каспий|каспийский|قزوين|خزر
word black sea: black sea|chernomorskiy|chernomorskaya|черноморский|черноморская|karadeniz
word baltic: baltic|baltiyskiy|baltiyskaya|балтийский|балтийская|балтика|baltika|baltijas|balti
)";

}  // namespace entente::names
