using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Discrepancies;
using Recoupe.Grades;
using Recoupe.Points;
using Recoupe.Sayings;
using Recoupe.Reuses;

namespace Recoupe.Dossiers;

/// <summary>How a dossier is written for a terminal.</summary>
public sealed record DossierTextOptions
{
    /// <summary>Columns of the page, at least 20.</summary>
    public int Width { get; init; } = 80;

    /// <summary>Whether to write ANSI styles; nothing is told by them alone.</summary>
    public bool Colours { get; init; }

    /// <summary>Whether to show everything; otherwise long lists are cut, with a count of what is left.</summary>
    public bool All { get; init; }
}

/// <summary>Writes dossiers for a terminal: the points first, folded to its width.</summary>
public static class DossierText
{
    /// <summary>Writes all dossiers, one after the other.</summary>
    public static void Write(TextWriter output, IReadOnlyList<Dossier> dossiers, InterfaceTexts texts, DossierTextOptions options)
    {
        var page = new TerminalPage(output, options.Width, options.Colours);
        if (dossiers.Count == 0)
            page.Add(texts["empty"]).Fold();
        for (var i = 0; i < dossiers.Count; i++)
        {
            if (i > 0)
                page.Gap();
            new StoryWriter(page, new DossierView(dossiers[i], texts), options).Write();
        }

        if (EmbeddingNote.Of(dossiers, texts) is { } note)
        {
            page.Gap();
            page.Add(note, TerminalStyle.Faint).Fold();
        }
    }

    private sealed class StoryWriter(TerminalPage page, DossierView view, DossierTextOptions options)
    {
        private const string Indent = "    ";

        private InterfaceTexts Texts => view.Texts;

        private int Most(int most) => options.All ? int.MaxValue : most;

        public void Write()
        {
            page.Add(new string('─', page.Width), TerminalStyle.Faint).Fold();
            page.Add(view.Title, TerminalStyle.Bold).Fold(mostLines: Most(3));
            page.Add(string.Join(" · ", view.Head())).Fold();
            var alerts = view.Alerts().ToList();
            for (var i = 0; i < alerts.Count; i++)
                page.Add(i == 0 ? "" : " · ").Add(Texts.Count(alerts[i].Key, alerts[i].Count), alerts[i].Key is "disputed" or "open" ? TerminalStyle.Alarm : TerminalStyle.Accent);
            if (alerts.Count > 0)
                page.Fold();

            page.Gap();
            WriteNotes();
            WritePoints();
            WriteCheck();
            WriteShares();
            WriteDiscrepancies();
            WriteOmissions();
            WriteSayings();
            WriteReuses();
            WriteTimeline();
            if (options.All)
                WriteStatements();
            WriteArticles();
            WriteGaps();
        }

        private void WriteNotes()
        {
            var notes = view.Check?.Notes().ToList() ?? [];
            foreach (var note in notes)
                page.Add(note, TerminalStyle.Alarm).Fold(Indent, 4);
            if (notes.Count > 0)
                page.Gap();
        }

        private void WriteCheck()
        {
            if (view.Check is not { } check)
                return;
            foreach (var (key, lines) in check.Sections)
            {
                Heading(key);
                var most = Most(12);
                foreach (var line in lines.Take(most))
                    page.Add(check.Before(line), TerminalStyle.Bold).Add(check.Against(line) + Texts.Quoted(view.Quote(line.Words))).Add(check.After(line), TerminalStyle.Faint).Fold(Indent, 6, Most(3));
                More(lines.Length - most, null);
                page.Gap();
            }

            if (check.Silent is not { } silent)
                return;
            page.Add(silent).Fold(Indent, 6, Most(3));
            page.Gap();
        }

        private void WritePoints()
        {
            // A lone article's points are its sentences: a few show what it is about.
            var most = Most(view.Articles.Length == 1 ? 5 : 10);
            foreach (var point in view.Points.Take(most))
                WritePoint(point);
            More(view.Points.Length - most, "point");
        }

        private void WritePoint(PointView point)
        {
            var number = $"{point.Number,2}  ";
            page.Add(Texts.Quoted(point.Text), TerminalStyle.Bold).Add($" [{view[point.Clearest.Article].Number}]", TerminalStyle.Faint)
                .Fold(number, number.Length, Most(4));
            page.Add(view.GradeLine(point), point.Grade == Grade.Disputed ? TerminalStyle.Alarm : TerminalStyle.Accent);
            var names = view.OriginNames(point, options.All ? int.MaxValue : 3).ToList();
            if (names.Count > 0)
                page.Add(Texts["colon"] + string.Join(Texts["list.semicolon"], names));
            if (view.Corrected(point) is { } byHand)
                page.Add($" ({byHand})", TerminalStyle.Alarm);
            page.Fold(Indent, 4, Most(3));

            var affirming = point.Groups.Where(group => group.Stance == Stance.Affirms).ToList();
            var alone = point.Sourced.Alone is not null && view.Articles.Length > 1 && affirming.Count == 1 && point.Articles.Length == 1;
            if (alone)
            {
                page.Add(Texts.Fill("alone", point.Articles[0].Tag), TerminalStyle.Faint).Add(view.Tail(affirming[0]))
                    .Add(affirming[0].Inferred ? $" ({Texts["inferred"]})" : "", TerminalStyle.Faint).Fold("      ", 8, Most(3));
            }
            else if (view.Articles.Length > 1 && affirming.Count > 0 && (affirming.Count > 1 || affirming[0].Hops.Length > 0 || affirming[0].Chains.Length > 1))
            {
                // A single bare passage says nothing that the grade line has not said.
                foreach (var group in affirming.Take(Most(4)))
                    WriteGroup(group, "");
                More(affirming.Count - Most(4), null, "      ");
            }

            foreach (var loop in point.Sourced.Origins.Loops)
            {
                page.Add(Texts["loop"] + Texts["colon"], TerminalStyle.Alarm).Add(string.Join(" ← ", loop.Select(name => ShownText.Line(name))))
                    .Add($" ({Texts["loop.means"]})", TerminalStyle.Faint).Fold("      ", 8);
            }

            var against = point.Groups.Where(group => group.Stance != Stance.Affirms).ToList();
            foreach (var group in against.Take(Most(4)))
            {
                WriteGroup(group, Texts["against"] + Texts["colon"]);
                page.Add(Texts.Quoted(view.Quote(group.Chains[0].Passage.Evidence))).Fold("        ", 8, Most(2));
            }

            More(against.Count - Most(4), null, "      ");
            foreach (var dispute in view.Disputes(point).Take(Most(2)))
            {
                page.Add($"{Texts.Name("kind", dispute.Kind)}{Texts["colon"]}", TerminalStyle.Alarm)
                    .Add($"{Texts.Quoted(view.Quote(dispute.A))} [{view[dispute.A.Article].Number}] ≠ {Texts.Quoted(view.Quote(dispute.B))} [{view[dispute.B.Article].Number}]")
                    .Fold("      ", 8, Most(3));
            }

            if (view.RestsOn(point) is { } rests)
                page.Add(rests, TerminalStyle.Faint).Fold("      ", 8, Most(4));
            if (view.HangsOn(point) is { } hangs)
                page.Add(hangs, TerminalStyle.Faint).Fold("      ", 8, Most(4));
            if (point.Sourced.Alone is { } outlet && view.Articles.Length > 1 && !alone)
                page.Add(Texts.Fill("alone", ShownText.Line(outlet)), TerminalStyle.Faint).Fold("      ", 6);
            if (options.All)
            {
                foreach (var merge in view.Merges(point))
                    page.Add($"{merge.Label}{Texts["colon"]}{merge.Pairs} ({merge.Why})", TerminalStyle.Faint).Fold("      ", 8);
            }

            page.Gap();
        }

        private void WriteGroup(ChainGroup group, string label)
        {
            var articles = view.ArticlesOf(group);
            var shown = articles.Take(Most(4)).Select(told => told.Article.Tag + (told.Inferred ? $" ({Texts["inferred"]})" : "")).ToList();
            if (articles.Length > shown.Count)
                shown.Add(Texts.Count("more", articles.Length - shown.Count));
            page.Add(label, TerminalStyle.Alarm).Add(string.Join(Texts["list.comma"], shown)).Add(view.Tail(group));
            if (group.Inferred)
                page.Add($" ({Texts["inferred"]})", TerminalStyle.Faint);
            if (group.Stance != Stance.Affirms)
                page.Add($" ({view.NameOf(group.Stance)})", TerminalStyle.Alarm);
            page.Fold("      ", 8, Most(3));
        }

        private void WriteShares()
        {
            if (view.Sources.Length < 2)
                return;
            Heading("shares");
            var most = Most(8);
            foreach (var share in view.Sources.Take(most))
                page.Add(view.NameOf(share), TerminalStyle.Bold).Add(Texts["colon"] + view.Words(share)).Fold(Indent, 6, Most(2));
            More(view.Sources.Length - most, null);
            page.Gap();
        }

        private void WriteDiscrepancies()
        {
            if (view.Dossier.Discrepancies.Length == 0)
                return;
            Heading("discrepancies");
            var most = Most(6);
            foreach (var discrepancy in view.Dossier.Discrepancies.OrderBy(discrepancy => discrepancy.Resolution).Take(most))
            {
                var point = view.PointOf.GetValueOrDefault(discrepancy.Point);
                page.Add(Texts.Name("kind", discrepancy.Kind), TerminalStyle.Bold)
                    .Add($", {Texts.Name("resolution", discrepancy.Resolution)}", discrepancy.Resolution == Resolution.Open ? TerminalStyle.Alarm : TerminalStyle.Plain);
                if (point is not null)
                    page.Add($", {Texts.Fill("point.reference", point.Number.ToString())}", TerminalStyle.Faint);
                page.Fold(Indent, 6);
                if (page.Width >= 60)
                {
                    page.Columns(Where(discrepancy.A), Where(discrepancy.B), TerminalStyle.Faint, Indent);
                    page.Columns(InContext(discrepancy.A), InContext(discrepancy.B), TerminalStyle.Plain, Indent);
                }
                else
                {
                    foreach (var side in new[] { discrepancy.A, discrepancy.B })
                    {
                        page.Add(Where(side), TerminalStyle.Faint).Fold(Indent, 4);
                        page.Add(InContext(side)).Fold("      ", 6);
                    }
                }

                page.Gap();
            }

            More(view.Dossier.Discrepancies.Length - most, null);
        }

        private void WriteOmissions()
        {
            if (view.Omissions.Length == 0)
                return;
            Heading("omissions");
            var most = Most(6);
            foreach (var (point, missing) in view.Omissions.Take(most))
            {
                var number = $"{point.Number,6}  ";
                var shown = missing.Take(Most(6)).Select(article => article.Tag).ToList();
                if (missing.Length > shown.Count)
                    shown.Add(Texts.Count("more", missing.Length - shown.Count));
                page.Add(Texts.Fill("omission.from", Texts.Join(shown)), TerminalStyle.Bold)
                    .Add(Texts["list.comma"] + Texts.Fill("omission.told", point.Articles.Length.ToString(), view.Articles.Length.ToString())).Fold(number, number.Length);
                page.Add(Texts.Quoted(point.Text), TerminalStyle.Faint).Fold(new string(' ', number.Length), number.Length, Most(2));
            }

            More(view.Omissions.Length - most, null);
            page.Gap();
        }

        private void WriteReuses()
        {
            var reuses = view.Reuses.Where(reuse => options.All || reuse.Kind != ReuseKind.QuotationsOnly).ToList();
            if (reuses.Count == 0)
                return;
            Heading("reuses");
            var most = Most(8);
            foreach (var reuse in reuses.Take(most))
            {
                page.Add(view[reuse.To].Tag).Add(reuse.OrderKnown ? " ← " : " ↔ ", TerminalStyle.Accent).Add(view[reuse.From].Tag)
                    .Add($"{Texts["colon"]}{Texts.Reuse(reuse)}");
                if (!reuse.OrderKnown)
                    page.Add($" ({Texts["reuse.order.unknown"]})", TerminalStyle.Faint);
                page.Fold(Indent, 6);
            }

            More(reuses.Count - most, null);
            page.Gap();
        }

        private void WriteTimeline()
        {
            if (view.Timeline.Length == 0)
                return;
            Heading("timeline");
            var shown = options.All ? view.Timeline.ToHashSet() : Weightiest(12);
            foreach (var entry in view.Timeline.Where(shown.Contains))
            {
                page.Add(Texts.Date(entry.Date), TerminalStyle.Bold).Fold(Indent, 4);
                foreach (var line in entry.Lines.Take(Most(3)))
                {
                    var places = " " + Places(line.Passages);
                    var columns = options.All ? int.MaxValue : (2 * (page.Width - 6)) - ShownText.Width(places) - 8;
                    page.Add(ShownText.Cut(line.Text, columns, "…")).Add(places, TerminalStyle.Faint).Fold("      ", 6);
                }

                More(entry.Lines.Length - Most(3), null, "      ");
            }

            More(view.Timeline.Length - shown.Count, null);
            page.Gap();
        }

        // Dates that tell a weighty point come before those of background sentences; the order of time is kept when shown.
        private HashSet<(string Date, ImmutableArray<TimelineLine> Lines)> Weightiest(int most) =>
            [.. view.Timeline.OrderBy(entry => entry.Lines.Min(line => line.Point?.Number ?? int.MaxValue)).Take(most)];

        private string Places(ImmutableArray<Evidence> passages)
        {
            var numbers = passages.Select(passage => view[passage.Article].Number).Distinct().Order().ToList();
            return string.Concat(numbers.Take(Most(6)).Select(number => $"[{number}]")) + (numbers.Count > Most(6) ? Texts["ellipsis"] : "");
        }

        private void WriteSayings()
        {
            if (view.FoundAgain.IsEmpty)
                return;
            Heading("sayings");
            var most = Most(5);
            foreach (var saying in view.FoundAgain.Take(most))
            {
                page.Add(Texts.Quoted(saying.Fullest.Text)).Fold(Indent, Indent.Length, Most(3));
                page.Add(saying.Speaker ?? Texts["speaker.unknown"], TerminalStyle.Bold).Add(Texts["list.semicolon"] + view.WhereOf(saying)).Fold("      ", 8);
                foreach (var (wording, places) in view.ByWording(saying))
                    WriteRenderings(wording, places);
            }

            More(view.FoundAgain.Length - most, null);
            page.Gap();
        }

        // Those in the same words on one line, others each with its words.
        private void WriteRenderings(string wording, ImmutableArray<RenderingView> places)
        {
            var most = Most(3);
            var shown = places.Take(most).ToList();
            if (places[0].Wording is Wording.Whole or Wording.Reported)
            {
                page.Add(wording + Texts["colon"], TerminalStyle.Faint);
                for (var i = 0; i < shown.Count; i++)
                    Rendering(shown[i], i == 0 ? "" : Texts["list.comma"]);
                if (places.Length > most)
                    page.Add(Texts["list.comma"] + Texts.Count("more", places.Length - most));
                page.Fold("      ", 8, Most(3));
                return;
            }

            foreach (var place in shown)
            {
                page.Add(wording + Texts["colon"], TerminalStyle.Faint);
                Rendering(place, "");
                page.Add(" ").Add(Texts.Quoted(place.Text)).Fold("      ", 8, Most(2));
            }

            More(places.Length - most, null, "      ");
        }

        private void Rendering(RenderingView place, string before)
        {
            page.Add(before + place.Article.Tag);
            if (place.Attributed is { } other)
                page.Add($" ({Texts.Fill("saying.as", other)})", TerminalStyle.Alarm);
        }

        private void WriteStatements()
        {
            if (view.Speakers.Length == 0)
                return;
            Heading("statements");
            foreach (var speaker in view.Speakers)
            {
                page.Add(speaker.Name ?? Texts["speaker.unknown"], TerminalStyle.Bold);
                if (speaker.Type is { } type)
                    page.Add($" ({Texts.Name("type", type)})", TerminalStyle.Faint);
                page.Fold(Indent, 6);
                foreach (var saying in speaker.Sayings)
                {
                    page.Add(Texts.Name("act", saying.Fullest.Statement.Act) + Texts["colon"], TerminalStyle.Faint).Add(Texts.Quoted(saying.Fullest.Text))
                        .Add(" " + string.Concat(saying.Places.Select(place => place.Article.Number).Distinct().Select(number => $"[{number}]")), TerminalStyle.Faint)
                        .Add(saying.Fullest.Statement.Corrected ? $" ({Texts["corrected"]})" : "", TerminalStyle.Alarm).Fold("      ", 8);
                }
            }

            page.Gap();
        }

        private void WriteArticles()
        {
            Heading(view.Articles.Length > 1 ? "spread" : "articles");
            if (view.Articles.Length > 1 && !view.Published.FirstKnown)
                page.Add(Texts["spread.tied"], TerminalStyle.Faint).Fold(Indent, 4);
            var most = Most(20);
            foreach (var telling in view.Published.Tellings.Take(most))
            {
                var article = view[telling.Article];
                page.Add(article.Tag, TerminalStyle.Bold).Add(Texts["list.comma"] + (view.Time(article) ?? Texts["spread.unknown"]));
                if (article.Article.Dated == Dating.Inferred)
                    page.Add($" ({Texts["inferred"]})", TerminalStyle.Faint);
                if (telling.After is { } after && telling != view.Published.Tellings[0])
                    page.Add(Texts["list.comma"] + Texts.After(after, telling.ToTheDay), TerminalStyle.Accent);
                if (article.Article.Agencies.Length > 0)
                    page.Add(Texts["list.comma"] + Texts.Fill("credited", Texts.Join([.. article.Article.Agencies.Select(name => ShownText.Line(name))])));
                if (view.Corrected(article) is { } byHand)
                    page.Add($" ({byHand})", TerminalStyle.Alarm);
                page.Fold(Indent, 6);
                if (article.Article.Title is { } title)
                    page.Add(ShownText.Line(title)).Fold("      ", 6, Most(1));
                if (options.All && article.Article.Url is { } url)
                    page.Add(ShownText.Line(url), TerminalStyle.Faint).Fold("      ", 6);
            }

            More(view.Articles.Length - most, "article");
            if (view.Gaps.Length > 0)
                page.Gap();
        }

        private void WriteGaps()
        {
            if (view.Gaps.Length == 0)
                return;
            Heading("gaps");
            var most = Most(10);
            foreach (var gap in view.Gaps.Take(most))
                page.Add(gap.Article.Tag + Texts["colon"], TerminalStyle.Bold).Add(string.Join(Texts["list.semicolon"], view.Words(gap))).Fold(Indent, 6, Most(3));
            More(view.Gaps.Length - most, null);
        }

        private string Where(Evidence evidence)
        {
            var article = view[evidence.Article];
            return view.Time(article) is { } time ? article.Tag + Texts["list.comma"] + time : article.Tag;
        }

        private string InContext(Evidence evidence)
        {
            var (before, words, after) = view.InContext(evidence);
            return before + "[" + words + "]" + after;
        }

        private void Heading(string key) => page.Add(Texts[key].ToUpperInvariant(), TerminalStyle.Accent).Fold();

        private void More(int left, string? what, string indent = Indent)
        {
            if (left <= 0)
                return;
            var count = what is null ? Texts.Count("more", left) : Texts.Count("more." + what, left);
            page.Add(Texts.Fill("more.hint", count), TerminalStyle.Faint).Fold(indent, indent.Length);
            if (what == "point" && indent == Indent)
                page.Gap();
        }
    }
}
