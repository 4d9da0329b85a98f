"""
Dates as they are written out in the most common languages, by CLDR.

Asking Babel for one takes as long as all else that a page needs; it is asked for the
other languages. This module is made from it by `python -m tests.make_docs`.
"""

from datetime import date
from typing import Final


def long_date(day: date, locale: str) -> str | None:
    """A date such as “5 Mart 2026”; None where the locale is not in the table."""
    found = _FORMS.get(locale)
    if found is None:
        return None
    before, names, after = found
    form = f"{before}{names.split('|')[day.month - 1]}{after}"
    return form.format(d=day.day, y=day.year)


# fmt: off
_FORMS: Final = {
    "ar": ("{d}", " يناير | فبراير | مارس | أبريل | مايو | يونيو | يوليو | أغسطس | سبتمبر | أكتوبر | نوفمبر | ديسمبر ", "{y}"),
    "az": ("{d}", " yanvar | fevral | mart | aprel | may | iyun | iyul | avqust | sentyabr | oktyabr | noyabr | dekabr ", "{y}"),
    "bg": ("{d}", " януари | февруари | март | април | май | юни | юли | август | септември | октомври | ноември | декември ", "{y} г."),
    "bn": ("{d}", " জানুয়ারী, | ফেব্রুয়ারী, | মার্চ, | এপ্রিল, | মে, | জুন, | জুলাই, | আগস্ট, | সেপ্টেম্বর, | অক্টোবর, | নভেম্বর, | ডিসেম্বর, ", "{y}"),
    "bs": ("{d}", ". januar |. februar |. mart |. april |. maj |. juni |. juli |. august |. septembar |. oktobar |. novembar |. decembar ", "{y}."),
    "ca": ("{d}", " de gener del | de febrer del | de març del | d’abril del | de maig del | de juny del | de juliol del | d’agost del | de setembre del | d’octubre del | de novembre del | de desembre del ", "{y}"),
    "cs": ("{d}", ". ledna |. února |. března |. dubna |. května |. června |. července |. srpna |. září |. října |. listopadu |. prosince ", "{y}"),
    "da": ("{d}", ". januar |. februar |. marts |. april |. maj |. juni |. juli |. august |. september |. oktober |. november |. december ", "{y}"),
    "de": ("{d}", ". Januar |. Februar |. März |. April |. Mai |. Juni |. Juli |. August |. September |. Oktober |. November |. Dezember ", "{y}"),
    "el": ("{d}", " Ιανουαρίου | Φεβρουαρίου | Μαρτίου | Απριλίου | Μαΐου | Ιουνίου | Ιουλίου | Αυγούστου | Σεπτεμβρίου | Οκτωβρίου | Νοεμβρίου | Δεκεμβρίου ", "{y}"),
    "en": ("", "January {d}, |February {d}, |March {d}, |April {d}, |May {d}, |June {d}, |July {d}, |August {d}, |September {d}, |October {d}, |November {d}, |December {d}, ", "{y}"),
    "es": ("{d}", " de enero de | de febrero de | de marzo de | de abril de | de mayo de | de junio de | de julio de | de agosto de | de septiembre de | de octubre de | de noviembre de | de diciembre de ", "{y}"),
    "et": ("{d}", ". jaanuar |. veebruar |. märts |. aprill |. mai |. juuni |. juuli |. august |. september |. oktoober |. november |. detsember ", "{y}"),
    "fa": ("{d}", " ژانویهٔ | فوریهٔ | مارس | آوریل | مهٔ | ژوئن | ژوئیهٔ | اوت | سپتامبر | اکتبر | نوامبر | دسامبر ", "{y}"),
    "fi": ("{d}", ". tammikuuta |. helmikuuta |. maaliskuuta |. huhtikuuta |. toukokuuta |. kesäkuuta |. heinäkuuta |. elokuuta |. syyskuuta |. lokakuuta |. marraskuuta |. joulukuuta ", "{y}"),
    "fr": ("{d}", " janvier | février | mars | avril | mai | juin | juillet | août | septembre | octobre | novembre | décembre ", "{y}"),
    "gl": ("{d}", " de xaneiro de | de febreiro de | de marzo de | de abril de | de maio de | de xuño de | de xullo de | de agosto de | de setembro de | de outubro de | de novembro de | de decembro de ", "{y}"),
    "he": ("{d}", " בינואר | בפברואר | במרץ | באפריל | במאי | ביוני | ביולי | באוגוסט | בספטמבר | באוקטובר | בנובמבר | בדצמבר ", "{y}"),
    "hi": ("{d}", " जनवरी | फ़रवरी | मार्च | अप्रैल | मई | जून | जुलाई | अगस्त | सितंबर | अक्टूबर | नवंबर | दिसंबर ", "{y}"),
    "hr": ("{d}", ". siječnja |. veljače |. ožujka |. travnja |. svibnja |. lipnja |. srpnja |. kolovoza |. rujna |. listopada |. studenoga |. prosinca ", "{y}."),
    "hu": ("{y}", ". január |. február |. március |. április |. május |. június |. július |. augusztus |. szeptember |. október |. november |. december ", "{d}."),
    "hy": ("{d:02}", " հունվարի, | փետրվարի, | մարտի, | ապրիլի, | մայիսի, | հունիսի, | հուլիսի, | օգոստոսի, | սեպտեմբերի, | հոկտեմբերի, | նոյեմբերի, | դեկտեմբերի, ", "{y} թ."),
    "id": ("{d}", " Januari | Februari | Maret | April | Mei | Juni | Juli | Agustus | September | Oktober | November | Desember ", "{y}"),
    "it": ("{d}", " gennaio | febbraio | marzo | aprile | maggio | giugno | luglio | agosto | settembre | ottobre | novembre | dicembre ", "{y}"),
    "ja": ("{y}", "年1月|年2月|年3月|年4月|年5月|年6月|年7月|年{d}月|年9月|年10月|年11月|年12月", "{d}日"),
    "ka": ("{d}", " იანვარი, | თებერვალი, | მარტი, | აპრილი, | მაისი, | ივნისი, | ივლისი, | აგვისტო, | სექტემბერი, | ოქტომბერი, | ნოემბერი, | დეკემბერი, ", "{y}"),
    "kk": ("{y}", " ж. {d} қаңтар| ж. {d} ақпан| ж. {d} наурыз| ж. {d} сәуір| ж. {d} мамыр| ж. {d} маусым| ж. {d} шілде| ж. {d} тамыз| ж. {d} қыркүйек| ж. {d} қазан| ж. {d} қараша| ж. {d} желтоқсан", ""),
    "ko": ("{y}", "년 1월 |년 2월 |년 3월 |년 4월 |년 5월 |년 6월 |년 7월 |년 {d}월 |년 9월 |년 10월 |년 11월 |년 12월 ", "{d}일"),
    "lt": ("{y}", " m. sausio | m. vasario | m. kovo | m. balandžio | m. gegužės | m. birželio | m. liepos | m. rugpjūčio | m. rugsėjo | m. spalio | m. lapkričio | m. gruodžio ", "{d} d."),
    "lv": ("{y}", ". gada {d}. janvāris|. gada {d}. februāris|. gada {d}. marts|. gada {d}. aprīlis|. gada {d}. maijs|. gada {d}. jūnijs|. gada {d}. jūlijs|. gada {d}. augusts|. gada {d}. septembris|. gada {d}. oktobris|. gada {d}. novembris|. gada {d}. decembris", ""),
    "mk": ("{d}", " јануари | февруари | март | април | мај | јуни | јули | август | септември | октомври | ноември | декември ", "{y} г."),
    "ms": ("{d}", " Januari | Februari | Mac | April | Mei | Jun | Julai | Ogos | September | Oktober | November | Disember ", "{y}"),
    "nb": ("{d}", ". januar |. februar |. mars |. april |. mai |. juni |. juli |. august |. september |. oktober |. november |. desember ", "{y}"),
    "nl": ("{d}", " januari | februari | maart | april | mei | juni | juli | augustus | september | oktober | november | december ", "{y}"),
    "pl": ("{d}", " stycznia | lutego | marca | kwietnia | maja | czerwca | lipca | sierpnia | września | października | listopada | grudnia ", "{y}"),
    "pt": ("{d}", " de janeiro de | de fevereiro de | de março de | de abril de | de maio de | de junho de | de julho de | de agosto de | de setembro de | de outubro de | de novembro de | de dezembro de ", "{y}"),
    "ro": ("{d}", " ianuarie | februarie | martie | aprilie | mai | iunie | iulie | august | septembrie | octombrie | noiembrie | decembrie ", "{y}"),
    "ru": ("{d}", " января | февраля | марта | апреля | мая | июня | июля | августа | сентября | октября | ноября | декабря ", "{y} г."),
    "sk": ("{d}", ". januára |. februára |. marca |. apríla |. mája |. júna |. júla |. augusta |. septembra |. októbra |. novembra |. decembra ", "{y}"),
    "sl": ("{d}", ". januar |. februar |. marec |. april |. maj |. junij |. julij |. avgust |. september |. oktober |. november |. december ", "{y}"),
    "sq": ("{d}", " janar | shkurt | mars | prill | maj | qershor | korrik | gusht | shtator | tetor | nëntor | dhjetor ", "{y}"),
    "sr": ("{d}", ". јануар |. фебруар |. март |. април |. мај |. јун |. јул |. август |. септембар |. октобар |. новембар |. децембар ", "{y}."),
    "sv": ("{d}", " januari | februari | mars | april | maj | juni | juli | augusti | september | oktober | november | december ", "{y}"),
    "th": ("{d}", " มกราคม ค.ศ. | กุมภาพันธ์ ค.ศ. | มีนาคม ค.ศ. | เมษายน ค.ศ. | พฤษภาคม ค.ศ. | มิถุนายน ค.ศ. | กรกฎาคม ค.ศ. | สิงหาคม ค.ศ. | กันยายน ค.ศ. | ตุลาคม ค.ศ. | พฤศจิกายน ค.ศ. | ธันวาคม ค.ศ. ", "{y}"),
    "tr": ("{d}", " Ocak | Şubat | Mart | Nisan | Mayıs | Haziran | Temmuz | Ağustos | Eylül | Ekim | Kasım | Aralık ", "{y}"),
    "uk": ("{d}", " січня | лютого | березня | квітня | травня | червня | липня | серпня | вересня | жовтня | листопада | грудня ", "{y} р."),
    "ur": ("{d}", " جنوری، | فروری، | مارچ، | اپریل، | مئی، | جون، | جولائی، | اگست، | ستمبر، | اکتوبر، | نومبر، | دسمبر، ", "{y}"),
    "uz": ("{d}", "-yanvar, |-fevral, |-mart, |-aprel, |-may, |-iyun, |-iyul, |-avgust, |-sentabr, |-oktabr, |-noyabr, |-dekabr, ", "{y}"),
    "vi": ("{d}", " tháng 1, | tháng 2, | tháng 3, | tháng 4, | tháng 5, | tháng 6, | tháng 7, | tháng {d}, | tháng 9, | tháng 10, | tháng 11, | tháng 12, ", "{y}"),
    "zh": ("{y}", "年1月|年2月|年3月|年4月|年5月|年6月|年7月|年{d}月|年9月|年10月|年11月|年12月", "{d}日"),
}
