using Recoupe.Articles;

namespace Recoupe.Tests.Articles;

public sealed class LanguageIdentifierTests
{
    public static TheoryData<string, string> Paragraphs() => new()
    {
        { "fr", "La préfecture a ordonné lundi la fermeture du pont, fissuré depuis la crue de la semaine dernière. Les camions qui l'empruntent chaque jour passeront par la ville voisine, ce qui allonge leur trajet de vingt minutes, selon les services de la voirie." },
        { "en", "The county ordered the bridge closed on Monday after engineers found cracks left by last week's flood. About two hundred trucks a day will have to go through the next town, which adds twenty minutes to the trip, the road department said." },
        { "de", "Der Landkreis hat am Montag die Brücke gesperrt, nachdem Ingenieure Risse gefunden hatten, die das Hochwasser der vergangenen Woche hinterlassen hat. Die Lastwagen müssen nun durch den Nachbarort fahren, was die Fahrt um zwanzig Minuten verlängert." },
        { "es", "La prefectura ordenó el lunes el cierre del puente, que tiene grietas desde la crecida de la semana pasada. Los camiones que lo cruzan cada día tendrán que pasar por el pueblo vecino, lo que alarga el viaje veinte minutos, según el servicio de carreteras." },
        { "it", "La prefettura ha ordinato lunedì la chiusura del ponte, che presenta delle crepe dalla piena della settimana scorsa. I camion che lo attraversano ogni giorno dovranno passare per il paese vicino, e il viaggio sarà più lungo di venti minuti." },
        { "nl", "De provincie heeft maandag de brug gesloten nadat ingenieurs scheuren hadden gevonden die de overstroming van vorige week heeft achtergelaten. De vrachtwagens die er elke dag over rijden moeten nu door het volgende dorp, wat de reis twintig minuten langer maakt." },
        { "pt", "A prefeitura ordenou na segunda-feira o fechamento da ponte, que tem rachaduras desde a cheia da semana passada. Os caminhões que a atravessam todos os dias terão de passar pela cidade vizinha, o que alonga a viagem em vinte minutos, segundo o serviço de estradas." },
        { "pl", "Starostwo zamknęło w poniedziałek most, ponieważ inżynierowie znaleźli pęknięcia, które pozostawiła powódź z zeszłego tygodnia. Ciężarówki, które przejeżdżają tędy codziennie, muszą teraz jechać przez sąsiednie miasto, co wydłuża podróż o dwadzieścia minut." },
        { "ru", "Администрация района в понедельник закрыла мост, потому что инженеры нашли трещины, которые оставило наводнение на прошлой неделе. Грузовики, которые ездят по нему каждый день, теперь будут проезжать через соседний город, и это удлиняет путь на двадцать минут." },
        { "uk", "Адміністрація району в понеділок закрила міст, бо інженери знайшли тріщини, які залишила повінь минулого тижня. Вантажівки, що їздять ним щодня, тепер будуть проїжджати через сусіднє місто, і це подовжує шлях на двадцять хвилин." },
        { "ar", "أمرت المحافظة يوم الاثنين بإغلاق الجسر بعد أن وجد المهندسون شقوقا فيه منذ فيضان الأسبوع الماضي، وقال المسؤولون إن الشاحنات التي تعبره كل يوم سوف تمر عبر المدينة المجاورة، وهذا يزيد مدة الرحلة عشرين دقيقة" },
    };

    [Theory]
    [MemberData(nameof(Paragraphs))]
    public void A_short_paragraph_is_enough(string language, string paragraph) => Assert.Equal(language, LanguageIdentifier.Identify(paragraph));

    [Theory]
    [MemberData(nameof(Paragraphs))]
    public void So_is_each_half_of_it(string language, string paragraph)
    {
        var half = paragraph.IndexOf(' ', paragraph.Length / 2);
        Assert.Equal(language, LanguageIdentifier.Identify(paragraph.AsSpan(0, half)));
        Assert.Equal(language, LanguageIdentifier.Identify(paragraph.AsSpan(half)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("12 345 67,8 % — 2024")]
    [InlineData("Sarlonne Villedoux Holloway")]
    public void What_tells_nothing_is_unknown(string text) => Assert.Null(LanguageIdentifier.Identify(text));
}
