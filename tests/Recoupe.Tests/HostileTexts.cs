using System.Text;

namespace Recoupe.Tests;

/// <summary>Texts that no newspaper prints, for stages that read foreign text: long, broken, repeated, mutated; the same in every run.</summary>
internal static class HostileTexts
{
    private const int Longest = 1_000_000;
    private const int Long = 100_000;

    /// <summary>Long texts that repeat one thing, of a megabyte where it is one token.</summary>
    public static IEnumerable<string> Long_ones() =>
    [
        new('9', Longest),
        new('a', Longest),
        new('-', Long),
        new('"', Long),
        string.Concat(Enumerable.Repeat("1 ", Long / 2)),
        string.Concat(Enumerable.Repeat("1-", Long / 2)),
        string.Concat(Enumerable.Repeat("1/", Long / 2)),
        string.Concat(Enumerable.Repeat("cent ", Long / 5)),
        string.Concat(Enumerable.Repeat("one hundred and ", Long / 16)),
        string.Concat(Enumerable.Repeat("mardi ", Long / 6)),
        string.Concat(Enumerable.Repeat("May-", Long / 4)),
        string.Concat(Enumerable.Repeat("fin de la fin de ", Long / 17)),
        string.Concat(Enumerable.Repeat("the end of the ", Long / 15)),
        string.Concat(Enumerable.Repeat("du 1 au ", Long / 8)),
        string.Concat(Enumerable.Repeat("\ud83d\ude00\ud83d", Long / 3)),
    ];

    /// <summary>Texts made of <paramref name="texts"/> by cutting, doubling, swapping and replacing at random places.</summary>
    public static IEnumerable<string> Mutated(IReadOnlyList<string> texts, int count, int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            var text = new StringBuilder(texts[random.Next(texts.Count)]);
            for (var change = random.Next(1, 12); change > 0 && text.Length > 2; change--)
            {
                var at = random.Next(text.Length);
                var length = random.Next(Math.Min(20, text.Length - at) + 1);
                switch (random.Next(5))
                {
                    case 0:
                        text.Remove(at, length);
                        break;
                    case 1:
                        text.Insert(at, text.ToString(at, length));
                        break;
                    case 2:
                        text[at] = (char)random.Next(0x20, 0x2100);
                        break;
                    case 3:
                        text.Insert(at, random.Next(100000));
                        break;
                    default:
                        text[at] = "-/.,:'’ \n\u00A0\ud83d"[random.Next(11)];
                        break;
                }
            }

            yield return text.ToString();
        }
    }
}
