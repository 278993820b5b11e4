namespace Recoupe.Stories;

/// <summary>How rare a term is that stands in so many of a language's articles: ln((articles + 1) / (articles with the term + 0.5)), over its greatest value, times 10.</summary>
internal readonly struct RarityScale(float articlesAndOne)
{
    private const float Scale = 10;

    private readonly float _rarest = MathF.Log(articlesAndOne / 0.5f);

    /// <summary>The rarity in steps of <see cref="ArticleSketch.Step"/>; not below 0.</summary>
    public byte Rarity(float holders)
    {
        var rarity = _rarest <= 0 ? 0 : Scale * MathF.Log(articlesAndOne / (holders + 0.5f)) / _rarest;
        return (byte)Math.Clamp(MathF.Round(rarity / ArticleSketch.Step), 0, 255);
    }
}
