using System.Collections.Frozen;
using System.Text;

namespace Recoupe.Text;

/// <summary>Puts letters and the accents that follow them apart together, as lists and models know them.</summary>
public static class Composition
{
    private const char FirstMark = '\u0300';
    private const char LastMark = '\u036F';
    // For each mark a letter without it and the letter with it, in turn: the runtime composes nothing when it runs without cultures.
    private static readonly FrozenDictionary<char, string> Letter = new Dictionary<char, string>
    {
        ['\u0300'] = "AÀEÈIÌOÒUÙaàeèiìoòuùNǸnǹ",
        ['\u0301'] = "AÁEÉIÍOÓUÚYÝaáeéiíoóuúyýCĆcćLĹlĺNŃnńRŔrŕSŚsśZŹzź",
        ['\u0302'] = "AÂEÊIÎOÔUÛaâeêiîoôuûCĈcĉGĜgĝHĤhĥJĴjĵSŜsŝWŴwŵYŶyŷ",
        ['\u0303'] = "AÃNÑOÕaãnñoõIĨiĩUŨuũ",
        ['\u0304'] = "AĀaāEĒeēIĪiīOŌoōUŪuū",
        ['\u0306'] = "AĂaăEĔeĕGĞgğIĬiĭOŎoŏUŬuŭ",
        ['\u0307'] = "CĊcċEĖeėGĠgġIİZŻzż",
        ['\u0308'] = "AÄEËIÏOÖUÜaäeëiïoöuüyÿYŸ",
        ['\u030A'] = "AÅaåUŮuů",
        ['\u030B'] = "OŐoőUŰuű",
        ['\u030C'] = "CČcčDĎdďEĚeěNŇnňRŘrřSŠsšTŤtťZŽzž",
        ['\u0326'] = "SȘsșTȚtț",
        ['\u0327'] = "CÇcçGĢKĶkķLĻlļNŅnņRŖrŗSŞsşTŢtţ",
        ['\u0328'] = "AĄaąEĘeęIĮiįUŲuų",
    }.ToFrozenDictionary();

    private const int MostMarks = 8; // of one letter; more is play

    /// <summary>The text with whole letters, or null where it has them already.</summary>
    public static string? Compose(string? text)
    {
        if (text is null || text.AsSpan().IndexOfAnyInRange(FirstMark, LastMark) < 0)
            return null;
        var composed = new StringBuilder(text.Length);
        foreach (var (_, letter) in Letters(text))
            composed.Append(letter);
        return composed.ToString();
    }

    /// <summary>For each place in the composed text, and its end, the place in <paramref name="text"/>.</summary>
    internal static int[] PlacesIn(string text)
    {
        var places = new List<int>(text.Length + 1);
        foreach (var (start, letter) in Letters(text))
        {
            foreach (var _ in letter)
                places.Add(start);
        }

        places.Add(text.Length);
        return [.. places];
    }

    // The letter with each mark that it can take; a mark that it cannot take stays behind it.
    private static string Joined(string letter)
    {
        var joined = new StringBuilder(letter[..1]);
        foreach (var mark in letter.AsSpan(1))
        {
            var pairs = Letter.GetValueOrDefault(mark, "");
            var at = pairs.Length;
            for (var i = 0; joined.Length == 1 && i < pairs.Length; i += 2)
                at = pairs[i] == joined[0] ? Math.Min(at, i) : at;
            if (at < pairs.Length)
                joined[0] = pairs[at + 1];
            else
                joined.Append(mark);
        }

        return joined.ToString();
    }

    private static IEnumerable<(int Start, string Letter)> Letters(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            var end = i + 1;
            while (end < text.Length && end - i <= MostMarks && text[end] is >= FirstMark and <= LastMark)
                end++;
            var letter = text[i..end];
            yield return (i, end > i + 1 && !char.IsSurrogate(text[i]) ? Joined(letter) : letter);
            i = end;
        }
    }
}
