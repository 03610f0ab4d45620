// How Chinese characters sound in foreign words, learned by `bench_names sounds` from its training half. length: data.
#include "names/sound.h"

namespace entente::names {

const std::u32string_view kForeignCharacters =
    U"一丁万不世丘东丝中丰丹丽久义乌乐乔买于云亚亨京亭什仁他代令以任伊伍伏休优伟伦伯伽佐何佛佩佳"
    U"依侬侯俄保修傅儿兀允先克八公兰其兹内冈农冯凡凯切列利别剌力加努劳勃勒勤包化匹区华卓南博卜占"
    U"卡卢厄历发古可台史叶司叻各合吉吐吕吾呼和品哈哥哲唐喀善嘉嘎因国图圣圭地坎坚坡坦埃域培基堡堤"
    U"堪塔塞墨士夏多大天太夫失夸奇奈奎契奥奴如妥妮妲姆姬姿威娃娄娅娜婆嫩子孔孙孟季宁安宋宏宗宝容"
    U"宾密寇富察小尔尚尤尧尼居屈山岑岱崔差巴布师希帕帖帝席干平年庇库底庞度康廉廖延廷开弗弘弥强当"
    U"彦彭彻彼律徒得德忽怀思恩恰惠慕戈成戴扎打托扬拉拔拜拿捷措提摩撒敏教敦文斐斯方施日旺昂昆昌明"
    U"易昔晓普曼曾月朗木末本札朱朴朵李杜来杨杰松林果柏柔查柯柳柴根格桂桑梅梨梭梯森楚欣欧歇歌武殊"
    U"比毕毛永汀汉汗江汤汪沃沙治法波泰泽洁洛津洪派济浦浩海涅渥温溥滕满潘灵烈热焦然爱特狄玉王玛玻"
    U"珀珂珊珍班理琪琳琴瑙瑞瑟瓜瓦甘甚生甫田申留略登白的皮盖相真碧礼祖祥禄福禾科积穆立笛第答策简"
    U"米素索约纪纳纽绍维缅缇罕罗美翁翠翰考耐耳耶聂肖肯胡能腊腾臣舍舒良色艾芒芙芝芬芭芮花苏若英茂"
    U"范茜茨茱茵茹荣荷莉莎莫莱莲菲萝萧萨葛蒂蒙蓓蓝蓬蔡蔻蕾薇藤虎蜜裘西詹讷许诃诗诺谢谭谷豪贝贡费"
    U"贺贾赖赛赞赤赫路车载辛达迈连迦迪迭迷逊通速道邓那邦都采里金钦钱铁锡门阳阿陀陶隆难雅雪雷霍露"
    U"非革韦韩音顿额飞香马高魏鲁鲍麦黎黑默黛齐龙";
const std::string_view kForeignSounds =
    "e din van bu s cu ton s jung fon dan ri du i u le jo ma u yun a hen kin tin "
    "S ren ta de ling i Zen i wu vo hu yu wi ren ber ga zo ho f pe ja i non ho "
    "o pao siu fu l wu yin Sen k ba gong lan Ci z ne gan non fon van ka Ce le li be "
    "la li ga nu lau b le gin bo fer pi C wa tro nan bo b jen ka lu e lek fa gu "
    "ke tai s ye s lak ko ha gi tu ru vu Xu he pin ha go Ze ton ka San ga ga in "
    "gug tu Seng gui di can kin po tan e evic pe ki berg ti can ta se mo s Sa do da tin "
    "tai v Si kwa c ne kwi Ci o nu ru to ni da m ki z wi va lo a na va nen "
    "zi con sun men di nin an song ron zon bao jun bin mi ko fu Ea ksiao l Can yu yu ni gu "
    "ki san zen de tre Ca ba b si hi pa te ti si kan pin nen pi ku tes pon do con liam "
    "lyo yan tin ke f hong mi Jan dan yan pen Ce pe ru tu d d hu wi s n ca whi mu "
    "go Ceng de za er to yan ra ba bi na te zo ti mo sa min jiao don ven fi s fon S "
    "ri wan on kwin Can min i si So p man zeng yue ran m ma ben za ju po do li du lai "
    "jan je son lin go ber reu Ca co liu Ci gen g gui san me li so ti son Cu hin o se "
    "go vu S bi bi mau yong tin han han jan to wan wo Sa rC fa po te ze je lo zin hon "
    "pi zi p ho he ne wo win pu ten man pan ling i ge gio ran e t di yu wang ma bo "
    "per ke san jen ban ri ki lin cen nau ri se gua va gan Sei son v tin Sen liu lo den b "
    "di pi ga syan gen bi re zu siang lu fo wo ko j mu li de di da Ee jen mi su so "
    "jo gi na neu So vi men ti ha ro me on tri han co ne r ye ne So ken hu nen la "
    "ten son Se Su rian se e man f zi fin ba ri ua su jo in mu van rsi E ju in zu "
    "jun ho li sa mo le lin fi ro Saw sa g ti mon be lan pon zei ko re vi ten hu mi "
    "ge si jan ne s ha Si no Se tan ku hau be gon fe he ja rei se zan Ci h lu C "
    "zai sin da me len ga di die mi son ton su do dun na bon do Ee ri kin Cin Can te c "
    "men yang a da tau lon nanda ya Cele re ho lu fi ket ve han yin ton e fi San ma go wei "
    "ru bau m li he mer de zi ron ";

}  // namespace entente::names
