// Japanese family names and readings of characters in names. length: tables.
//
// Written for this project from general knowledge: family names with their usual readings, and for
// single characters the readings that they have in names, the usual ones first. Characters stand in
// any variant; they are folded when the table is read.
#include "names/han.h"

namespace entente::names {

const std::string_view kJapaneseSurnames =
    R"(佐藤 sato
鈴木 suzuki
高橋 takahashi
田中 tanaka
伊藤 ito
渡辺 watanabe
渡部 watanabe watabe
山本 yamamoto
中村 nakamura
小林 kobayashi
加藤 kato
吉田 yoshida
山田 yamada
佐々木 sasaki
山口 yamaguchi
松本 matsumoto
井上 inoue
木村 kimura
林 hayashi
斎藤 saito
斉藤 saito
清水 shimizu
山崎 yamazaki yamasaki
森 mori
池田 ikeda
橋本 hashimoto
阿部 abe
石川 ishikawa
山下 yamashita
中島 nakajima nakashima
石井 ishii
小川 ogawa
前田 maeda
岡田 okada
長谷川 hasegawa
藤田 fujita
後藤 goto
近藤 kondo
村上 murakami
遠藤 endo
青木 aoki
坂本 sakamoto
福田 fukuda
太田 ota
西村 nishimura
藤井 fujii
金子 kaneko
岡本 okamoto
藤原 fujiwara
三浦 miura
中野 nakano
中川 nakagawa
原田 harada
松田 matsuda
竹内 takeuchi
小野 ono
田村 tamura
中山 nakayama
和田 wada
石田 ishida
森田 morita
上田 ueda
原 hara
内田 uchida
柴田 shibata
酒井 sakai
宮崎 miyazaki
横山 yokoyama
高木 takagi
安藤 ando
宮本 miyamoto
大野 ono
小島 kojima ojima
工藤 kudo
谷口 taniguchi
今井 imai
高田 takada takata
増田 masuda
丸山 maruyama
杉山 sugiyama
村田 murata
大塚 otsuka
新井 arai
小山 koyama oyama
平野 hirano
藤本 fujimoto
河野 kono kawano
上野 ueno
野口 noguchi
武田 takeda
松井 matsui
千葉 chiba
菅原 sugawara
岩崎 iwasaki
久保 kubo
木下 kinoshita
佐野 sano
野村 nomura
松尾 matsuo
市川 ichikawa
菊地 kikuchi
菊池 kikuchi
杉本 sugimoto
古川 furukawa
大西 onishi
島田 shimada
水野 mizuno
桜井 sakurai
高野 takano
吉川 yoshikawa kikkawa
山内 yamauchi yamanouchi
西田 nishida
飯田 iida
小松 komatsu
荒木 araki
西川 nishikawa
浜田 hamada
五十嵐 igarashi
安田 yasuda
北村 kitamura
永井 nagai
平田 hirata
関 seki
川口 kawaguchi
馬場 baba
辻 tsuji
川崎 kawasaki
東 azuma higashi
中西 nakanishi
久保田 kubota
大橋 ohashi
岩田 iwata
福島 fukushima
川上 kawakami
田口 taguchi
松岡 matsuoka
樋口 higuchi
須藤 sudo
山中 yamanaka
片山 katayama
土屋 tsuchiya
熊谷 kumagai kumagaya
早川 hayakawa
大久保 okubo
川村 kawamura
尾崎 ozaki
永田 nagata
松下 matsushita
秋山 akiyama
本田 honda
小池 koike
荒井 arai
西山 nishiyama
大島 oshima
岡崎 okazaki
石原 ishihara
広瀬 hirose
星野 hoshino
黒田 kuroda
堀 hori
石橋 ishibashi
尾形 ogata
坂井 sakai
奥村 okumura
栗原 kurihara
内藤 naito
松村 matsumura
中田 nakata nakada
小沢 ozawa
堀内 horiuchi
菅野 kanno sugano
望月 mochizuki
服部 hattori
宮田 miyata
大谷 otani
富田 tomita
白石 shiraishi
吉村 yoshimura
児玉 kodama
岩本 iwamoto
川島 kawashima
篠原 shinohara
森本 morimoto
矢野 yano
浅野 asano
山根 yamane
黒川 kurokawa
西尾 nishio
桑原 kuwabara kuwahara
三宅 miyake
上村 uemura kamimura
天野 amano
大川 okawa
宮川 miyagawa
小田 oda
河合 kawai
武藤 muto
松浦 matsuura
平井 hirai
本間 honma
西岡 nishioka
小原 ohara obara
根本 nemoto
野田 noda
渡邊 watanabe
渡邉 watanabe
齋藤 saito
齊藤 saito
高島 takashima
伊東 ito
吉岡 yoshioka
大石 oishi
大森 omori
本多 honda
柳沢 yanagisawa
内山 uchiyama
荒川 arakawa
中井 nakai
小泉 koizumi
小倉 ogura
大和田 owada
北川 kitagawa
田辺 tanabe
川田 kawata kawada
飯塚 iizuka
小西 konishi
豊田 toyoda toyota
木原 kihara
青山 aoyama
安部 abe
安倍 abe
岸 kishi
岸田 kishida
麻生 aso
福井 fukui
福本 fukumoto
福岡 fukuoka
長尾 nagao
長野 nagano
長田 osada nagata
長島 nagashima
長井 nagai
成田 narita
岡 oka
岡村 okamura
岡部 okabe
大山 oyama
大野田 onoda
大田 ota
大場 oba
大沢 osawa
大竹 otake
大内 ouchi
大木 oki
大原 ohara
大村 omura
大江 oe
大平 ohira
大林 obayashi
関口 sekiguchi
関根 sekine
野崎 nozaki
野中 nonaka
野沢 nozawa
宮下 miyashita
宮沢 miyazawa
宮内 miyauchi
宮城 miyagi
宮原 miyahara
宮脇 miyawaki
三好 miyoshi
三上 mikami
三木 miki
三田 mita
三島 mishima
三村 mimura
三谷 mitani
森山 moriyama
森川 morikawa
森下 morishita
森岡 morioka
森口 moriguchi
森井 morii
土井 doi
土田 tsuchida
戸田 toda
金田 kaneda
金井 kanai
金沢 kanazawa
金城 kinjo kaneshiro
比嘉 higa
島袋 shimabukuro
大城 oshiro
宮里 miyazato
知念 chinen
上原 uehara
与那嶺 yonamine
仲村 nakamura
仲田 nakata nakada
玉城 tamaki
新垣 aragaki arakaki
植田 ueda
植村 uemura
植木 ueki
榎本 enomoto
神田 kanda
神谷 kamiya
神山 kamiyama
神崎 kanzaki
梅田 umeda
梅原 umehara
梅村 umemura
桜田 sakurada
柏木 kashiwagi
柳 yanagi
柳田 yanagida
萩原 hagiwara
荻原 ogiwara
荻野 ogino
菅 suga kan
菅谷 sugaya
村井 murai
村松 muramatsu
村山 murayama
村瀬 murase
村木 muraki
村岡 muraoka
松原 matsubara
松永 matsunaga
松山 matsuyama
松崎 matsuzaki
松川 matsukawa
松野 matsuno
松沢 matsuzawa
松島 matsushima
松木 matsuki
竹田 takeda
竹中 takenaka
竹下 takeshita
竹本 takemoto
竹村 takemura
武井 takei
武内 takeuchi
高山 takayama
高村 takamura
高井 takai
高松 takamatsu
高瀬 takase
高原 takahara
高見 takami
高柳 takayanagi
高倉 takakura
高畑 takahata
高岡 takaoka
高沢 takazawa
高谷 takaya
渋谷 shibuya
渋沢 shibusawa
泉 izumi
今村 imamura
今野 konno imano
今西 imanishi
今田 imada
井口 iguchi inokuchi
井出 ide
井手 ide
稲垣 inagaki
稲葉 inaba
稲田 inada
猪俣 inomata
岩井 iwai
岩間 iwama
岩瀬 iwase
岩村 iwamura
岩永 iwanaga
岩下 iwashita
石塚 ishizuka
石黒 ishiguro
石山 ishiyama
石崎 ishizaki
石沢 ishizawa
石野 ishino
石本 ishimoto
磯部 isobe
板垣 itagaki
板倉 itakura
市村 ichimura
一色 isshiki
内海 utsumi uchiumi
内野 uchino
宇野 uno
宇田 uda
浦野 urano
江口 eguchi
江藤 eto
海老原 ebihara
遠山 toyama
奥田 okuda
奥山 okuyama
奥野 okuno
落合 ochiai
小笠原 ogasawara
小野寺 onodera
小野田 onoda
小田切 odagiri
小崎 ozaki kosaki
小宮 komiya
小宮山 komiyama
小谷 kotani otani
小室 komuro
小出 koide
小寺 kodera
小畑 obata
小松原 komatsubara
小島田 kojimada
小柳 koyanagi
小口 oguchi
小杉 kosugi
小牧 komaki
小村 komura omura
加賀 kaga
加瀬 kase
門田 kadota monden
角田 tsunoda kakuta
笠原 kasahara
笠井 kasai
梶原 kajiwara
梶田 kajita
片岡 kataoka
片桐 katagiri
香川 kagawa
川端 kawabata
川本 kawamoto
川原 kawahara
川合 kawai
川井 kawai
川野 kawano
川西 kawanishi
川瀬 kawase
川名 kawana
河村 kawamura
河田 kawada
河原 kawahara
河本 kawamoto komoto
河井 kawai
河内 kawachi kochi
北野 kitano
北山 kitayama
北島 kitajima
北原 kitahara
北田 kitada
北沢 kitazawa
木田 kida
木内 kiuchi
木戸 kido
木本 kimoto
木山 kiyama
喜多 kita
君島 kimijima
日下 kusaka
草野 kusano
楠 kusunoki
楠本 kusumoto
久野 kuno hisano
窪田 kubota
熊田 kumada
倉田 kurata
栗田 kurita
栗山 kuriyama
黒木 kuroki
黒沢 kurosawa
桑田 kuwata
郡司 gunji
古田 furuta
古賀 koga
古谷 furuya
小路 shoji
五味 gomi
権田 gonda
斉木 saiki
斎木 saiki
佐伯 saeki
佐久間 sakuma
佐川 sagawa
佐竹 satake
佐田 sata
坂口 sakaguchi
坂田 sakata
坂上 sakagami
坂東 bando
坂元 sakamoto
阪本 sakamoto
作田 sakuta
笹川 sasagawa
沢田 sawada
沢村 sawamura
塩田 shiota
塩谷 shioya
塩川 shiokawa
塩崎 shiozaki
志村 shimura
志賀 shiga
重松 shigematsu
品川 shinagawa
篠田 shinoda
篠崎 shinozaki
柴崎 shibasaki
島 shima
島崎 shimazaki
島村 shimamura
島津 shimazu
清野 kiyono seino
下田 shimoda
下村 shimomura
庄司 shoji
白井 shirai
白川 shirakawa
城 jo shiro
神保 jinbo
新田 nitta
新谷 shintani niiya
菅沼 suganuma
杉田 sugita
杉浦 sugiura
杉原 sugihara
杉村 sugimura
鈴村 suzumura
諏訪 suwa
瀬戸 seto
瀬川 segawa
千田 chida senda
相馬 soma
曽根 sone
曽我 soga
園田 sonoda
染谷 someya
平山 hirayama
平松 hiramatsu
平林 hirabayashi
平川 hirakawa
平岡 hiraoka
平沢 hirasawa
平本 hiramoto
滝沢 takizawa
滝川 takigawa
滝本 takimoto
田島 tajima
田代 tashiro
田原 tahara
田川 tagawa
田上 tagami tanoue
田端 tabata
田畑 tabata
田所 tadokoro
田淵 tabuchi
田沢 tazawa
谷 tani
谷川 tanigawa
谷本 tanimoto
谷村 tanimura
谷田 tanida
玉井 tamai
玉川 tamagawa
玉木 tamaki
津田 tsuda
塚本 tsukamoto
塚田 tsukada
塚原 tsukahara
辻本 tsujimoto
堤 tsutsumi
坪井 tsuboi
鶴田 tsuruta
寺田 terada
寺島 terashima
寺本 teramoto
寺沢 terasawa
寺尾 terao
土居 doi
東海林 shoji tokairin
堂本 domoto
徳田 tokuda
徳永 tokunaga
徳山 tokuyama
富永 tominaga
富山 toyama tomiyama
富岡 tomioka
友田 tomoda
外山 toyama
鳥居 torii
直井 naoi
中谷 nakatani nakaya
中沢 nakazawa
中原 nakahara
中本 nakamoto
中尾 nakao
中里 nakazato
中嶋 nakajima
中林 nakabayashi
中津 nakatsu
中根 nakane
中条 nakajo chujo
永野 nagano
永山 nagayama
永島 nagashima
夏目 natsume
滑川 namekawa
名取 natori
並木 namiki
南 minami
南部 nanbu
二宮 ninomiya
西 nishi
西野 nishino
西沢 nishizawa
西原 nishihara
西本 nishimoto
西脇 nishiwaki
西島 nishijima
西口 nishiguchi
西井 nishii
丹羽 niwa
沼田 numata
根岸 negishi
野上 nogami
野島 nojima
野原 nohara
能登 noto
萩野 hagino
橋口 hashiguchi
橋爪 hashizume
蓮見 hasumi
長谷部 hasebe
畑 hata
畑中 hatanaka
畠山 hatakeyama
秦 hata
羽田 haneda hata
羽生 hanyu habu
花田 hanada
花岡 hanaoka
浜口 hamaguchi
浜崎 hamasaki
林田 hayashida
原口 haraguchi
原島 harashima
春日 kasuga
半田 handa
坂野 banno sakano
東野 higashino
東山 higashiyama
日高 hidaka
日野 hino
平尾 hirao
平賀 hiraga
広田 hirota
深沢 fukazawa
深田 fukada
深谷 fukaya
福原 fukuhara
福永 fukunaga
福山 fukuyama
福沢 fukuzawa
福地 fukuchi
藤岡 fujioka
藤川 fujikawa
藤沢 fujisawa
藤野 fujino
藤村 fujimura
藤山 fujiyama
藤崎 fujisaki
藤森 fujimori
藤堂 todo
藤木 fujiki
藤島 fujishima
二見 futami
船木 funaki
船越 funakoshi
古沢 furusawa
古屋 furuya
別所 bessho
辺見 henmi
星 hoshi
保坂 hosaka
細川 hosokawa
細田 hosoda
細谷 hosoya
堀江 horie
堀田 hotta horita
堀口 horiguchi
堀川 horikawa
本庄 honjo
本郷 hongo
本村 motomura
牧野 makino
牧 maki
正木 masaki
増井 masui
真鍋 manabe
真田 sanada
丸田 maruta
水谷 mizutani
水田 mizuta
水島 mizushima
水上 mizukami minakami
三輪 miwa
三橋 mitsuhashi
光永 mitsunaga
峰 mine
南野 minamino
宗像 munakata
向井 mukai
室井 muroi
毛利 mori
茂木 motegi mogi
本山 motoyama
本橋 motohashi
桃井 momoi
守屋 moriya
門脇 kadowaki
八木 yagi
矢島 yajima
矢田 yada
安井 yasui
安川 yasukawa
柳原 yanagihara
柳川 yanagawa
薮田 yabuta
山岸 yamagishi
山川 yamakawa
山形 yamagata
山県 yamagata
山岡 yamaoka
山野 yamano
山村 yamamura
山井 yamai
山上 yamagami yamanoue
山室 yamamuro
山辺 yamabe
山科 yamashina
結城 yuki
湯浅 yuasa
湯川 yukawa
横井 yokoi
横田 yokota
横川 yokokawa
横尾 yokoo
吉井 yoshii
吉野 yoshino
吉本 yoshimoto
吉沢 yoshizawa
吉原 yoshihara
吉永 yoshinaga
吉見 yoshimi
米田 yoneda
米山 yoneyama
米沢 yonezawa
若林 wakabayashi
若松 wakamatsu
若山 wakayama
脇田 wakita
鷲尾 washio
綿貫 watanuki
荒 ara
有田 arita
有馬 arima
有村 arimura
粟田 awata
飯島 iijima
飯野 iino
池上 ikegami
池内 ikeuchi
池野 ikeno
生田 ikuta
井川 igawa
井本 imoto
伊原 ihara
伊達 date
伊沢 izawa
石倉 ishikura
泉谷 izumiya
磯田 isoda
一ノ瀬 ichinose
一柳 ichiyanagi
入江 irie
岩谷 iwatani iwaya
宇佐美 usami
臼井 usui
梅本 umemoto
浦田 urata
瓜生 uryu
江川 egawa
江崎 esaki
榎 enoki
大貫 onuki
大西田 onishida
大滝 otaki
大倉 okura
大友 otomo
大塩 oshio
大浦 oura
大庭 oba
大河内 okochi
大迫 osako
大津 otsu
大角 osumi
大前 omae
大熊 okuma
大隈 okuma
緒方 ogata
小国 oguni
尾上 onoe onoue
折原 orihara
影山 kageyama
柿沼 kakinuma
風間 kazama
勝田 katsuta
勝又 katsumata
金丸 kanemaru
金原 kanehara
狩野 kano
鎌田 kamata
亀田 kameda
亀井 kamei
唐沢 karasawa
苅谷 kariya
岸本 kishimoto
岸川 kishikawa
久米 kume
国分 kokubu kokubun
黒岩 kuroiwa
桐山 kiriyama
清原 kiyohara
見城 kenjo
剣持 kenmochi
小柴 koshiba
越智 ochi
近江 omi
崎山 sakiyama
桜木 sakuragi
定岡 sadaoka
里見 satomi
実相寺 jissoji
下山 shimoyama
首藤 shuto sudo
白鳥 shiratori
榛葉 shinba
進藤 shindo
新藤 shindo
真藤 shindo
陣内 jinnai
末永 suenaga
鈴 suzu
砂川 sunagawa
角 kado sumi
隅田 sumida
住友 sumitomo
妹尾 senoo seo
関谷 sekiya
仙石 sengoku
反町 sorimachi
高梨 takanashi
高嶋 takashima
滝 taki
竹原 takehara
竹山 takeyama
立花 tachibana
橘 tachibana
立川 tachikawa tatekawa
辰巳 tatsumi
田尻 tajiri
谷沢 tanizawa
千野 chino
筒井 tsutsui
手塚 tezuka
出口 deguchi
寺内 terauchi
東条 tojo
時田 tokita
徳川 tokugawa
栃木 tochigi
豊島 toyoshima
鳥山 toriyama
内村 uchimura
中森 nakamori
永瀬 nagase
長瀬 nagase
長沢 nagasawa
長沼 naganuma
長友 nagatomo
長岡 nagaoka
奈良 nara
鳴海 narumi
新山 niiyama
新倉 niikura
贄田 nieda
額田 nukada
羽鳥 hatori
浜野 hamano
早坂 hayasaka
速水 hayami
東田 higashida
肥後 higo
平塚 hiratsuka
古山 furuyama
北条 hojo
前川 maekawa
前原 maehara
前島 maejima
的場 matoba
三沢 misawa
三井 mitsui mii
皆川 minagawa
源 minamoto
美濃 mino
武者小路 mushanokoji
森永 morinaga
諸星 moroboshi
薬師寺 yakushiji
梁瀬 yanase
柚木 yunoki yuzuki
弓削 yuge
芳賀 haga
和気 wake
和久井 wakui
鰐淵 wanibuchi
井村 imura
益田 masuda
相沢 aizawa
相川 aikawa
会田 aida
赤松 akamatsu
赤坂 akasaka
赤木 akagi
明石 akashi
浅井 asai
浅田 asada
浅川 asakawa
朝倉 asakura
朝日 asahi
芦田 ashida
東儀 togi
足立 adachi
安達 adachi
穴井 anai
天海 amami
新 arata atarashi
飛田 tobita hida
有賀 ariga aruga
安東 ando
安西 anzai
)";

const std::string_view kJapaneseCharacters =
    R"(一 kazu ichi hajime hito i
二 ji ni tsugi futa
三 zo mi san kazu mitsu
四 shi yo
五 go itsu
六 roku mutsu mu
七 shichi nana
八 hachi ya yatsu
九 ku hisa kyu
十 ju to mitsuru
千 chi sen yuki kazu
万 man ma kazu
百 momo hyaku
子 ko shi ne tane
太 ta futoshi dai hiro o
郎 ro o
朗 ro aki akira
男 o dan
夫 o fu
雄 o yu katsu take yuji
生 o i sei ki ikuo nari
美 mi yoshi haru bi
代 yo shiro
江 e ko
恵 e megumi kei yoshi shige
枝 e eda
絵 e
香 ka kaori ko
花 hana ka
華 ka hana haru
加 ka
佳 ka yoshi kei
和 kazu wa kazuo nagomu yori masa
夏 natsu ka
秋 aki shu
春 haru shun
冬 fuyu
海 umi mi kai
山 yama san
川 kawa gawa
田 ta da
村 mura
木 ki gi
本 moto hon
林 hayashi rin
森 mori
中 naka ataru
上 ue kami jo
下 shita shimo
大 hiro dai o masa futoshi
小 ko o sa
井 i
石 ishi
原 hara
野 no ya
島 shima jima
崎 saki zaki
藤 fuji to do
沢 sawa zawa
谷 tani ya
岡 oka
松 matsu
竹 take
梅 ume
桜 sakura
菊 kiku
杉 sugi
柳 yanagi
橋 hashi bashi
口 kuchi guchi
内 uchi
宮 miya
寺 tera dera
神 kami kan jin
土 tsuchi do
水 mizu mi
河 kawa
池 ike
浜 hama
浦 ura
津 tsu
岩 iwa
坂 saka
塚 tsuka zuka
堀 hori
関 seki
部 be
屋 ya
垣 gaki kaki
尾 o
根 ne
戸 to do
門 kado mon to
東 azuma higashi to haru
西 nishi sei
南 minami nami
北 kita hoku
高 taka ko
長 naga osa take cho
永 naga ei hisashi
古 furu ko
新 ara shin nii arata
若 waka
安 yasu an
平 hira hei taira
広 hiro ko hiroshi
深 fuka mi
清 kiyo kiyoshi sei
白 shira shiro
黒 kuro
赤 aka
青 ao
金 kane kin
銀 gin
鉄 tetsu
玉 tama
福 fuku
富 tomi to
吉 yoshi kichi
幸 yuki sachi ko miyuki
徳 toku nori
正 masa tadashi sho
明 aki akira haru mei
昭 aki sho akira teru
光 mitsu hikaru ko teru hikari
義 yoshi gi tada
良 yoshi ryo ra
善 yoshi zen
好 yoshi konomi
芳 yoshi ho kaoru
慶 yoshi kei
喜 yoshi ki nobu
由 yu yoshi yui
宏 hiro hiroshi ko
弘 hiro hiroshi ko
浩 hiro hiroshi ko
博 hiro hiroshi haku
裕 hiro yu hiroshi yutaka
寛 hiro kan hiroshi yutaka
洋 hiro yo hiroshi
啓 hiro kei akira
紘 hiro ko hiroshi
敬 takashi kei taka hiro
孝 taka takashi ko
隆 taka takashi ryu
貴 taka ki takashi
崇 taka takashi so
尚 nao hisa takashi sho
直 nao tadashi sunao
俊 toshi shun
敏 toshi bin
利 toshi ri
年 toshi
寿 toshi hisa ju kazu
智 tomo satoshi toshi chi sato
知 tomo chi satoru
友 tomo yu
朋 tomo ho
倫 michi tomo rin
英 hide ei suguru
秀 hide shu
栄 ei sakae hide shige
成 nari shige sei naru
茂 shige shigeru mo
重 shige ju
繁 shige shigeru
勝 katsu masaru sho
克 katsu katsumi
昌 masa sho
雅 masa miyabi
政 masa sei
将 masa sho
真 ma shin makoto masa
誠 makoto sei masa
信 nobu shin makoto
伸 nobu shin
延 nobu en
宣 nobu sen
展 nobu ten
暢 nobu yo
進 susumu shin
健 ken take takeshi
賢 ken satoshi masaru
謙 ken
憲 nori ken
建 ken take tatsu
剛 tsuyoshi go take takeshi
武 take takeshi mu
毅 takeshi tsuyoshi ki
猛 takeshi
豪 go tsuyoshi
強 tsuyoshi tsutomu
勉 tsutomu ben
努 tsutomu
務 tsutomu
力 riki chikara tsutomu
勇 isamu yu isao
功 isao ko
勲 isao kun
修 osamu shu nobu
治 haru ji osamu
収 osamu
理 osamu ri masa
司 tsukasa shi ji
次 ji tsugu
嗣 tsugu shi
継 tsugu
志 shi yuki
史 fumi shi
文 fumi bun
章 aki akira sho fumi
彰 akira aki sho
晃 akira ko teru
晶 akira aki masa sho
聡 satoshi so aki sato akira
哲 tetsu satoshi akira
徹 toru tetsu
透 toru
亨 toru
亮 ryo akira
諒 ryo
涼 ryo
遼 ryo haruka
龍 ryu tatsu
竜 ryu tatsu
辰 tatsu
達 tatsu
樹 ki itsuki shige
紀 nori ki
規 nori ki
則 nori
典 nori
法 nori ho
範 nori han
教 nori kyo
徳 nori toku
礼 rei
里 ri sato
梨 ri rika
莉 ri
理 ri osamu
沙 sa
紗 sa
早 sa haya
佐 sa suke
咲 saki
彩 aya sai
綾 aya
文 aya fumi
絢 aya
愛 ai mana
藍 ai
亜 a
阿 a
明 a aki
安 a yasu an
有 yu ari tamotsu
由 yu
優 yu yuko masaru
祐 yu suke hiro
佑 yu suke
裕 yu hiro
悠 yu haruka hisashi
遊 yu
結 yu yui
唯 yui
弓 yumi
雪 yuki
之 yuki no
行 yuki iku ko
恭 yasu kyo yasushi
康 yasu ko yasushi
泰 yasu tai yasushi
靖 yasu yasushi
保 yasu tamotsu ho
育 iku ikuko
郁 iku kaoru fumi
久 hisa ku hisashi
寿 hisa toshi
尚 hisa nao
弥 ya hisashi mi
也 ya nari
哉 ya kana
八 ya hachi
矢 ya
助 suke
介 suke kai
輔 suke
丞 suke jo
亮 suke ryo
太 ta
多 ta ma
汰 ta
大 ta hiro
馬 ma
磨 ma
麻 ma asa
摩 ma
真 ma
茉 ma
舞 mai
実 mi minoru sane
見 mi
未 mi
三 mi zo
弥 mi ya
巳 mi
稔 minoru
豊 yutaka toyo
穣 yutaka minoru jo
満 mitsu mitsuru man
充 mitsu mitsuru
道 michi
通 michi
路 michi ji
路 ro
呂 ro
登 noboru to nori
昇 noboru sho
翔 sho kakeru
祥 sho yoshi
正 sho
勝 sho
庄 sho
章 sho
省 sho
渉 wataru
航 wataru ko
渡 wataru
学 manabu gaku
岳 gaku take
楽 raku
潤 jun hiroshi
純 jun sumi
淳 jun atsushi
順 jun
準 jun
惇 jun atsushi
敦 atsushi atsu
篤 atsushi atsu
厚 atsu atsushi
温 atsu haru
厳 iwao gen
元 gen moto hajime
源 gen
玄 gen
弦 gen
基 moto motoi ki
素 moto
始 hajime
肇 hajime
創 hajime so
初 hatsu
発 hatsu
仁 hito jin hitoshi masa
人 hito to
史 hito fumi
均 hitoshi
等 hitoshi
斉 hitoshi nari sai
忠 tada tadashi chu
直 tada nao
唯 tada
匡 tadashi masa kyo
侃 tadashi kan
貞 sada tei
定 sada
節 setsu
説 setsu
鶴 tsuru
亀 kame
虎 tora
熊 kuma
鷹 taka
千 chi
智 chi
知 chi
茅 chi
津 tsu
都 to miyako tsu
人 to
斗 to
登 to
富 to
音 oto ne
奈 na
菜 na
名 na
那 na
南 na minami
直 na
七 na nana
夏 na natsu
乃 no
野 no
之 no
延 no nobu
祢 ne
寧 nei yasu
希 ki nozomi mare
季 ki sue
輝 teru ki
貴 ki
喜 ki
気 ki
樹 ki
暉 ki teru
照 teru
瑛 ei aki
映 ei
詠 ei
衛 ei mamoru
守 mamoru mori
護 mamoru go
衡 hira
葉 ha yo
羽 ha u
波 nami ha
晴 haru hare sei
陽 yo haru akira hi
遥 haruka haru
春 haru
悠 haru yu
日 hi nichi ka
飛 hi
妃 hi ki
斐 hi aya
緋 hi
寛 hiro
央 hiro o
丈 take jo
岳 take
竹 take
毅 take
偉 take hide i
威 take i
壮 so take
荘 so
宗 mune so
宗 shu
総 so
颯 so satsuki
蒼 so ao
奏 kanade so
湊 minato
港 minato
翼 tsubasa
椿 tsubaki
葵 aoi ki
碧 aoi midori
緑 midori
翠 midori sui
瑞 mizu mizuki
瑠 ru
留 ru tome
流 ru ryu
類 rui
塁 rui
怜 rei ryo satoshi
玲 rei akira
麗 rei urara
伶 rei
零 rei
令 rei nori
鈴 rei suzu rin
凛 rin
琳 rin
倫 rin
蓮 ren
廉 ren kado
連 ren
恋 ren koi
錬 ren
朱 aka shu
珠 tama ju
樹 ju
寿 ju
潤 jun
殉 jun
旬 shun
駿 shun hayao
瞬 shun
隼 shun hayato
俊 shun
舜 shun
準 jun
純 sumi
澄 sumi kiyoshi
住 sumi
寿 sumi
鈴 suzu
進 shin
伸 shin
慎 shin
晋 shin susumu
真 shin
信 shin
心 shin kokoro
新 shin
紳 shin
芯 shin
深 shin
森 shin
辰 shin
聖 sei kiyo
世 se yo
瀬 se
勢 se
星 sei hoshi
静 shizu shizuka
倭 yamato
和 nagi
凪 nagi
渚 nagisa
岬 misaki
操 misao
節 misao setsu
光 mi
臣 omi
緒 o
央 o
王 o
桜 o sakura
生 o
音 o
於 o
織 ori
衣 i e
伊 i
以 i
依 i yori
維 i
意 i
為 i tame
依 yori
頼 yori rai
順 yori
自 yori
夜 yo
世 yo
予 yo
与 yo
用 yo
曜 yo
要 kaname yo
容 yo
蓉 yo
耀 yo aki
洸 ko
煌 ko kirameki
公 kimi ko
君 kimi
皇 ko
侯 ko
晃 ko
虹 niji ko
湖 ko
心 ko
来 ki rai
雷 rai
蘭 ran
乱 ran
嵐 arashi
歩 ayumu ayumi
渓 kei
圭 kei
敬 kei
慧 kei e satoshi
景 kei kage
桂 kei katsura
恵 kei
継 kei
計 kei kazu
薫 kaoru kun
馨 kaoru kei
訓 kuni nori kun
邦 kuni
国 kuni
城 shiro ki
州 kuni shu
洲 shu
周 shu chika
秋 shu
修 shu
柊 shu hiiragi
脩 shu
宗 shu
近 chika kin
親 chika
周 chika
力 rikiya
陸 riku
律 ritsu
立 tatsu
建 tatsu
樹 tatsuki
玖 ku
駆 ku kakeru
空 sora ku
宇 u
右 u
卯 u
生 u
羽 wa
我 ga
賀 ga yoshi
雅 ga
河 ka
歌 uta ka
香 ka
可 ka
果 ka
嘉 yoshi ka hiro
圭 ka
霞 kasumi
風 kaze fu
楓 kaede
芙 fu
富 fu
歩 ho
帆 ho
穂 ho
保 ho
朋 ho
峰 mine
嶺 mine ryo
稜 ryo
凌 ryo
良 ryo
梁 ryo
瞭 ryo
椋 ryo
了 ryo satoru
悟 satoru go
暁 akira akatsuki satoru
覚 satoru kaku
聖 satoshi
諭 satoshi
敏 satoshi
惺 satoshi
恒 tsune hisashi
常 tsune
庸 tsune yo
経 tsune
毎 tsune
綱 tsuna
紬 tsumugi
槙 maki
牧 maki
巻 maki
蒔 maki
幹 miki kan
樹 miki
貫 kan
環 tamaki
完 kan
寛 kan
勘 kan
寒 kan
魁 kai
快 kai
開 kai haru
櫂 kai
界 kai
改 kai
絆 kizuna
鋼 ko
剛 ko
綺 aya ki
絹 kinu
琴 koto
言 koto
詩 uta shi
歌 utako
梓 azusa
杏 an kyo
庵 an
晏 an
愛 ai
娃 a
蓉 yo
芽 me
萌 moe
望 nozomi mo bo
茂 mo
桃 momo
百 mo
李 ri
璃 ri
利 ri
吏 ri
莉 mari
鞠 mari
万 ma
満 ma
雛 hina
陽 hina
日 hina
雫 shizuku
忍 shinobu
偲 shinobu
毅 shinobu
倖 sachi
祥 sachi
早 sachi
祐 sachi
佐 sachi
左 sa
鎮 shizu
嶋 shima
鳥 tori
兎 to
飛 to
途 to
杜 to mori
冬 to
藤 to
童 do
堂 do
道 do
同 do
銅 do
徹 tetsuya
哲 tetsuya
桐 kiri to
栞 shiori
汐 shio
潮 ushio shio
塩 shio
渋 shibu
柴 shiba
芝 shiba
篠 shino
信 shino
榛 hari
針 hari
張 hari
晴 haru
肇 tadashi
矩 nori
宜 nori yoshi
昇 nori
憲 kazu
員 kazu
数 kazu
量 kazu
寿 kazu
主 kazu
倭 kazu
壱 ichi
市 ichi
逸 itsu
乙 oto
音 on
恩 on
穏 yasu
晏 yasu
易 yasu
快 yasu
考 taka
宇 taka
昂 taka subaru
恭 taka
鷹 yo
堯 taka
天 ten ama
典 ten
展 ten
槌 tsuchi
辻 tsuji
拓 taku hiro
卓 taku taka
琢 taku
匠 takumi sho
巧 takumi
工 takumi ko ku
択 taku
宝 takara
財 takara
橘 tachibana
館 tate
立 tate
縦 tate
伊 tada
田 den
伝 den
殿 den
電 den
篤 shige
滋 shige shigeru ji
慈 shige ji
蔵 zo kura
造 zo
倉 kura
鞍 kura
桑 kuwa
栗 kuri
草 kusa
楠 kusu
沼 numa
牛 ushi
丑 ushi
臼 usu
梶 kaji
鍛 kaji
狩 kari
刈 kari
苅 kari
片 kata
方 kata
形 kata
潟 kata
肩 kata
鎌 kama
釜 kama
上 gami
柄 e
笠 kasa
傘 kasa
笹 sasa
細 hoso
干 hoshi
星 boshi
皆 mina
源 minamoto
目 me
女 me
夢 yume mu
睦 mutsu atsushi
宗 so
室 muro
諸 moro
師 moro shi
両 ryo
綿 wata
渡 wata
輪 wa
吾 go a
伍 go
午 go
悟 go
梧 go
期 ki
其 so
猪 i
飯 ii
稲 ina
今 ima
入 iri
色 iro
植 ue
梅 bai
臣 shin
榎 enoki
越 koshi etsu
悦 etsu yoshi
江 ko
老 oi
及 oi
追 oi
奥 oku
荻 ogi
萩 hagi
折 ori
貝 kai
甲 kai ko
柿 kaki
掛 kake
影 kage
蔭 kage
風 kaza
葛 kuzu katsu
門 do
桂 katsura
勝 masa
岸 kishi
樺 kaba
唐 kara to
川 sen
刀 to
桐 to
霧 kiri
切 kiri
工 ku
熊 yu
黒 kuro
鍋 nabe
並 nami
成 naru
鳴 naru
新 nitta
似 ni
丹 ni tan
布 nuno fu
野 ya
乗 nori
箱 hako
橋 kyo
蓮 hasu
畑 hata
畠 hata hatake
秦 hata
旗 hata
鳩 hato
花 ka
浜 hin
速 haya
隼 haya
彦 hiko
久 ku
菱 hishi
土 hiji
平 bei
笛 fue
吹 fuki
伏 fushi
船 funa fune
舟 funa
冬 fu
別 betsu
保 yasu
星 jo
前 mae zen
巻 maki
増 masu
益 masu
升 masu
桝 masu
町 machi
間 ma
丸 maru
円 maru en
簑 mino
箕 mino
蓑 mino
麦 mugi
向 mukai
持 mochi
望 mochi
餅 mochi
諸 moro
薬 yaku
焼 yaki
社 sha
柳 ryu
薮 yabu
藪 yabu
湯 yu
油 yu
横 yoko
米 yone
余 yo
脇 waki
鷲 washi
)";

}  // namespace entente::names
