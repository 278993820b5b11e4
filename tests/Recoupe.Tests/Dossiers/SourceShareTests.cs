using Recoupe.Dossiers;
using Recoupe.Origins;
using Recoupe.Points;

namespace Recoupe.Tests.Dossiers;

public class SourceShareTests
{
    [Fact]
    public void Every_affirming_chain_is_counted_with_what_it_goes_through()
    {
        var dossier = InventedDossiers.Leak();
        var shares = SourceShare.Of(dossier);
        Assert.NotEmpty(shares);
        foreach (var share in shares)
        {
            Assert.All(share.Points, id =>
            {
                var chains = dossier.Points.Single(point => point.Point.Id == id).Chains.Where(chain => chain.Passage.Stance == Stance.Affirms);
                Assert.Contains(chains, chain => share.Name is null ? chain.Type is null : chain.Hops.Contains(share.Name));
            });
            Assert.Subset(share.Points.ToHashSet(), share.Alone.ToHashSet());
        }
    }

    [Fact]
    public void A_point_has_nothing_else_only_where_all_that_affirm_it_come_that_way()
    {
        var dossier = InventedDossiers.Leak();
        foreach (var share in SourceShare.Of(dossier).Where(share => share.Name is not null))
        {
            foreach (var id in share.Points)
            {
                var chains = dossier.Points.Single(point => point.Point.Id == id).Chains.Where(chain => chain.Passage.Stance == Stance.Affirms).ToList();
                Assert.Equal(chains.TrueForAll(chain => chain.Hops.Contains(share.Name!)), share.Alone.Contains(id));
            }
        }
    }

    [Fact]
    public void Nobody_is_listed_twice()
    {
        var names = SourceShare.Of(InventedDossiers.Leak()).Select(share => share.Name ?? "").ToList();
        Assert.Equal(names.Count, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void What_stands_behind_most_points_comes_first_and_what_has_no_source_last()
    {
        var shares = SourceShare.Of(InventedDossiers.Leak());
        var named = shares.Where(share => share.Name is not null).Select(share => share.Points.Length).ToList();
        Assert.Equal(named.OrderDescending(), named);
        Assert.DoesNotContain(shares.SkipLast(1), share => share.Name is null);
        Assert.Contains(shares, share => share.Type == OriginType.Person);
    }
}
