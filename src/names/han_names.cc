// Family names and readings of characters in names: facts of three languages, written down for this
// project. length: tables.
#include "names/han.h"

namespace entente::names {

const std::u32string_view kChineseSurnames =
    U"王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许邓冯韩曹曾彭萧肖蔡潘田董袁于余叶蒋杜苏魏"
    U"程吕丁沈任姚卢"
    U"傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严赖覃洪武"
    U"莫孔汤向常温康"
    U"施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单"
    U"裴霍涂成苗谷盛"
    U"曲翁冉骆蓝路游辛靳欧阳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤时阳农司卓古吉缪简车项连芦麦褚娄窦戚岑"
    U"党宫费卜冷晏席"
    U"卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈"
    U"匡鞠惠荆乐冀郁"
    U"胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿"
    U"国狄平计索宣晋"
    U"相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢"
    U"嵇公哈湛宾戎勾"
    U"茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由";
const std::u32string_view kCompoundSurnames =
    U"欧阳上官司马诸葛司徒东方皇甫尉迟公孙慕容令狐长孙宇文夏侯端木轩辕南宫独孤拓跋呼延申屠太史百里"
    U"澹台闻人赫连钟离"
    U"淳于单于万俟第五东郭西门公羊范姜张简";
const std::string_view kSurnameReadings =
    "单 shan\n仇 qiu\n解 xie\n曾 zeng\n查 zha\n任 ren\n朴 piao\n盖 ge\n区 ou\n乐 yue\n翟 zhai\n尉 "
    "wei\n"
    "覃 qin\n缪 miao\n洗 xian\n冼 xian\n种 chong\n繁 po\n宓 mi\n阚 kan\n长 zhang\n石 shi\n沈 "
    "shen\n俞 yu\n"
    "柏 bai\n卜 bu\n车 che\n费 fei\n谷 gu\n贾 jia\n降 jiang\n纪 ji\n乜 nie\n娄 lou\n宁 ning\n万 "
    "wan\n"
    "叶 ye\n吕 lv\n於 yu\n祭 zhai\n郗 xi\n逄 pang\n重 chong\n折 she\n隗 wei\n召 shao\n";
const std::string_view kKoreanSurnames =
    "김 kim gim\n이 lee yi rhee ri li yee\n박 park pak bak\n최 choi choe\n정 jung jeong chung "
    "chong joung\n"
    "강 kang gang\n조 cho jo joe\n윤 yoon yun youn\n장 jang chang\n임 lim im rim yim\n한 han\n오 "
    "oh o\n"
    "서 seo suh so\n신 shin sin\n권 kwon gwon\n황 hwang whang\n안 ahn an\n송 song\n류 ryu yu yoo "
    "lyu\n"
    "유 yoo yu ryu you\n전 jeon jun chun chon jon\n홍 hong\n고 ko go koh\n문 moon mun\n양 yang "
    "ryang\n"
    "손 son sohn\n배 bae pae bai\n백 baek paek paik back\n허 heo hur huh ho her\n남 nam\n심 shim "
    "sim\n"
    "노 roh noh no ro\n하 ha\n곽 kwak gwak\n성 sung seong song\n차 cha\n주 joo ju chu\n우 woo u "
    "wu\n"
    "구 koo gu ku goo\n민 min\n나 na ra\n라 ra na\n진 jin chin\n지 ji chi jee\n엄 eom um uhm "
    "om\n채 chae\n"
    "원 won\n천 cheon chun chon\n방 bang pang\n공 kong gong\n현 hyun hyeon hyon\n함 ham\n변 byun "
    "byeon pyon\n"
    "염 yeom yum ryom\n여 yeo ryo yo\n추 choo chu\n도 do to\n소 so\n석 seok suk sok\n선 sun seon "
    "son\n"
    "설 seol sul sol\n마 ma\n길 gil kil\n연 yeon yon\n위 wi\n표 pyo\n명 myung myong\n기 ki gi\n반 "
    "ban pan\n"
    "왕 wang\n금 keum kum geum\n옥 ok\n육 yook yuk\n인 in\n맹 maeng\n제 je che\n모 mo\n탁 tak\n국 "
    "kook kuk\n"
    "은 eun un\n용 yong ryong\n리 ri lee li\n렴 ryom\n량 ryang\n림 rim lim\n로 ro roh\n려 ryo\n";
const std::u32string_view kKoreanDoubleSurnames = U"남궁황보제갈사공선우독고서문";

}  // namespace entente::names
