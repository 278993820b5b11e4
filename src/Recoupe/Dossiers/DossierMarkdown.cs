using System.Text;

using Recoupe.Articles;
using Recoupe.Discrepancies;
using Recoupe.Points;
using Recoupe.Text;

namespace Recoupe.Dossiers;

/// <summary>Writes dossiers as Markdown (CommonMark with GitHub's tables), everything that is not our own escaped.</summary>
public static class DossierMarkdown
{
    /// <summary>Writes all dossiers, one after the other.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="dossiers">In the order of output.</param>
    /// <param name="texts">The interface.</param>
    /// <param name="version">The version of the program that made them.</param>
    public static void Write(TextWriter output, IReadOnlyList<Dossier> dossiers, InterfaceTexts texts, string version)
    {
        if (dossiers.Count == 0)
            output.Write(texts["empty"] + "\n\n");
        foreach (var dossier in dossiers)
            new StoryWriter(output, new DossierView(dossier, texts)).Write();
        output.Write($"---\n\n{Escape(texts.Fill("version", version))}. {texts["rests"]}{(EmbeddingNote.Of(dossiers, texts) is { } note ? " " + Escape(note) : "")}\n");
    }

    /// <summary><paramref name="text"/> on one line, so that Markdown shows it as it is: no markup, no HTML, no link.</summary>
    internal static string Escape(string text)
    {
        var line = ShownText.Line(text, keepEnds: true);
        var escaped = new StringBuilder(line.Length + 8);
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (c is '<')
                escaped.Append("&lt;");
            else if (c is '>')
                escaped.Append("&gt;");
            else if (c is '&')
                escaped.Append("&amp;");
            else if (c is '\\' or '`' or '*' or '_' or '[' or ']' or '#' or '|' or '~' or '$' or '@' || (c == '!' && i + 1 < line.Length && line[i + 1] == '['))
                escaped.Append('\\').Append(c);
            else if (c is ':' && line.AsSpan(i).StartsWith("://"))
                escaped.Append("&#58;"); // a bare address would become a link
            else if (c is '.' or ')' && i > 0 && char.IsAsciiDigit(line[i - 1]) && line[..i].All(char.IsAsciiDigit))
                escaped.Append('\\').Append(c); // the line would become a list
            else if (i == 0 && c is '-' or '+' or '=' && i == 0)
                escaped.Append('\\').Append(c);
            else if (c == '.' && i >= 3 && line.AsSpan(i - 3, 3).Equals("www", StringComparison.OrdinalIgnoreCase))
                escaped.Append("&#46;");
            else
                escaped.Append(c);
        }

        return escaped.ToString();
    }

    /// <summary>The target of a link, or null where it is no address of the web.</summary>
    internal static string? Target(string? url)
    {
        if (WebAddress.Safe(url) is not { } safe)
            return null;
        return "<" + safe.Replace("<", "%3C", StringComparison.Ordinal).Replace(">", "%3E", StringComparison.Ordinal)
            .Replace("\\", "%5C", StringComparison.Ordinal).Replace(" ", "%20", StringComparison.Ordinal) + ">";
    }

    private sealed class StoryWriter(TextWriter output, DossierView view)
    {
        private InterfaceTexts Texts => view.Texts;

        public void Write()
        {
            Line($"# {Escape(view.Title)}");
            Line($"**{string.Join(" · ", view.Head().Select(Escape))}**");
            var alerts = view.Alerts().Select(alert => Texts.Count(alert.Key, alert.Count)).ToList();
            if (alerts.Count > 0)
                Line(string.Join(" · ", alerts));
            WriteNotes();
            WritePoints();
            WriteCheck();
            WriteShares();
            WriteDiscrepancies();
            WriteOmissions();
            WriteSayings();
            WriteReuses();
            WriteTimeline();
            WriteStatements();
            WriteArticles();
            WriteGaps();
        }

        private void WriteNotes()
        {
            foreach (var note in view.Check?.Notes() ?? [])
                Line($"**{Escape(note)}**");
        }

        private void WriteCheck()
        {
            if (view.Check is not { } check)
                return;
            foreach (var (key, lines) in check.Sections)
            {
                Line($"## {Texts[key]}");
                foreach (var line in lines)
                    Item($"**{Escape(check.Before(line).TrimEnd())}** {Escape(check.Against(line) + Texts.Quoted(view.Quote(line.Words)))} {Source(line.Words)}");
                output.Write('\n');
            }

            if (check.Silent is { } silent)
                Line(Escape(silent));
        }

        private void WritePoints()
        {
            if (view.Points.Length == 0)
                return;
            Line($"## {Texts[view.Check is null ? "points" : "verdict"]}");
            foreach (var point in view.Points)
            {
                Line($"### {point.Number}. {Escape(Texts.Quoted(point.Text))}");
                var names = string.Join(Texts["list.semicolon"], view.OriginNames(point, int.MaxValue).Select(Escape));
                var byHand = view.Corrected(point) is { } corrected ? $" *({corrected})*" : "";
                Line($"**{view.GradeLine(point)}**{byHand}{(names.Length > 0 ? Texts["colon"] + names : "")}  \n{Source(point.Clearest)}");
                foreach (var group in point.Groups.Where(group => group.Stance == Stance.Affirms))
                    Item(Way(group));
                foreach (var loop in point.Sourced.Origins.Loops)
                    Item($"**{Texts["loop"]}**{Texts["colon"]}{string.Join(" ← ", loop.Select(Escape))} ({Texts["loop.means"]})");
                foreach (var group in point.Groups.Where(group => group.Stance != Stance.Affirms))
                {
                    var passage = group.Chains[0].Passage.Evidence;
                    Item($"**{Texts["against"]}** ({view.NameOf(group.Stance)}){Texts["colon"]}{Way(group)}{Texts["colon"]}{Escape(Texts.Quoted(view.Quote(passage)))} {Source(passage)}");
                }

                foreach (var dispute in view.Disputes(point))
                    Item($"**{Texts.Name("kind", dispute.Kind)}**{Texts["colon"]}{Escape(Texts.Quoted(view.Quote(dispute.A)))} {Source(dispute.A)} ≠ {Escape(Texts.Quoted(view.Quote(dispute.B)))} {Source(dispute.B)}");
                if (view.RestsOn(point) is { } rests)
                    Item(Escape(rests));
                if (view.HangsOn(point) is { } hangs)
                    Item(Escape(hangs));
                foreach (var merge in view.Merges(point))
                    Item($"{merge.Label}{Texts["colon"]}{Escape(merge.Pairs)} ({Escape(merge.Why)})");
                if (point.Sourced.Alone is { } outlet && view.Articles.Length > 1)
                    Item(Escape(Texts.Fill("alone", outlet)));
                output.Write('\n');
            }
        }

        private string Way(ChainGroup group)
        {
            var inferred = group.Inferred ? $" *({Texts["inferred"]})*" : "";
            return Escape(string.Join(Texts["list.comma"], view.ArticlesOf(group).Select(told => told.Article.Tag + (told.Inferred ? $" ({Texts["inferred"]})" : "")))) + Escape(view.Tail(group)) + inferred;
        }

        private void WriteShares()
        {
            if (view.Sources.Length < 2)
                return;
            Line($"## {Texts["shares"]}");
            foreach (var share in view.Sources)
                Item($"**{Escape(view.NameOf(share))}**{Escape(Texts["colon"] + view.Words(share))}");
            output.Write('\n');
        }

        private void WriteDiscrepancies()
        {
            if (view.Dossier.Discrepancies.Length == 0)
                return;
            Line($"## {Texts["discrepancies"]}");
            Row(Texts["reuse.kind"], Texts["discrepancy.earlier"], Texts["discrepancy.later"], Texts["discrepancy.rule"]);
            Row("---", "---", "---", "---");
            foreach (var discrepancy in view.Dossier.Discrepancies.OrderBy(discrepancy => discrepancy.Resolution))
            {
                var point = view.PointOf.GetValueOrDefault(discrepancy.Point) is { } known ? $", {Texts.Fill("point.reference", known.Number.ToString())}" : "";
                Row($"{Texts.Name("kind", discrepancy.Kind)}, {Texts.Name("resolution", discrepancy.Resolution)}{point}",
                    InContext(discrepancy.A), InContext(discrepancy.B), Escape(Texts.Why(discrepancy.Why)));
            }

            output.Write('\n');
        }

        private string InContext(Evidence evidence)
        {
            var (before, words, after) = view.InContext(evidence);
            return $"{Escape(before)}**{Escape(words.Trim())}**{Escape(after)} {Source(evidence)}";
        }

        private void WriteOmissions()
        {
            if (view.Omissions.Length == 0)
                return;
            Line($"## {Texts["omissions"]}");
            foreach (var (point, missing) in view.Omissions)
            {
                var from = Texts.Fill("omission.from", Texts.Join([.. missing.Select(article => article.Tag)]));
                var told = Texts.Fill("omission.told", point.Articles.Length.ToString(), view.Articles.Length.ToString());
                Item($"{point.Number}. {Escape(Texts.Quoted(point.Text))}{Texts["colon"]}**{Escape(from)}**, {told}");
            }

            output.Write('\n');
        }

        private void WriteReuses()
        {
            if (view.Reuses.Length == 0)
                return;
            Line($"## {Texts["reuses"]}");
            foreach (var reuse in view.Reuses)
            {
                var order = reuse.OrderKnown ? "" : $" ({Texts["reuse.order.unknown"]})";
                Item(Escape($"{view[reuse.To].Tag} {(reuse.OrderKnown ? '←' : '↔')} {view[reuse.From].Tag}{Texts["colon"]}{Texts.Reuse(reuse)}{order}"));
            }

            output.Write('\n');
        }

        private void WriteTimeline()
        {
            if (view.Timeline.Length == 0)
                return;
            Line($"## {Texts["timeline"]}");
            foreach (var (date, lines) in view.Timeline)
            {
                Item($"**{Escape(Texts.Date(date))}**");
                foreach (var line in lines)
                    output.Write($"  - {Escape(line.Text)} {Source(line.Passages[0])}\n");
            }

            output.Write('\n');
        }

        private void WriteSayings()
        {
            if (view.FoundAgain.IsEmpty)
                return;
            Line($"## {Texts["sayings"]}");
            foreach (var saying in view.FoundAgain)
            {
                Item($"{Escape(Texts.Quoted(saying.Fullest.Text))} {Source(saying.Fullest.Evidence)}");
                output.Write($"  - **{Escape(saying.Speaker ?? Texts["speaker.unknown"])}**{Escape(Texts["list.semicolon"] + view.WhereOf(saying))}\n");
                foreach (var (wording, places) in view.ByWording(saying))
                {
                    foreach (var place in places)
                    {
                        var other = place.Attributed is { } name ? $" ({Texts.Fill("saying.as", name)})" : "";
                        output.Write($"  - {wording}{Texts["colon"]}{Escape(place.Article.Tag + other)}{Texts["list.comma"]}{Escape(Texts.Quoted(place.Text))} {Source(place.Evidence)}\n");
                    }
                }
            }

            output.Write('\n');
        }

        private void WriteStatements()
        {
            if (view.Speakers.Length == 0)
                return;
            Line($"## {Texts["statements"]}");
            foreach (var speaker in view.Speakers)
            {
                var type = speaker.Type is { } known ? $" ({Texts.Name("type", known)})" : "";
                Item($"**{Escape(speaker.Name ?? Texts["speaker.unknown"])}**{type}");
                foreach (var saying in speaker.Sayings)
                {
                    var statement = saying.Fullest.Statement;
                    var tags = string.Join(Texts["list.comma"], saying.Places.Select(place => place.Article.Tag).Distinct());
                    output.Write($"  - {Texts.Name("act", statement.Act)}{Texts["colon"]}{Escape(Texts.Quoted(saying.Fullest.Text))} ({Escape(tags)}{(statement.Corrected ? $"; {Texts["corrected"]}" : "")})\n");
                }
            }

            output.Write('\n');
        }

        private void WriteArticles()
        {
            Line($"## {Texts[view.Articles.Length > 1 ? "spread" : "articles"]}");
            if (view.Articles.Length > 1 && !view.Published.FirstKnown)
                Line(Texts["spread.tied"]);
            foreach (var telling in view.Published.Tellings)
            {
                var article = view[telling.Article];
                var title = Escape(article.Article.Title ?? Texts["article.untitled"]);
                var linked = Target(article.Article.Url) is { } target ? $"[{title}]({target})" : title;
                var facts = new List<string> { view.Time(article) ?? Texts["spread.unknown"] };
                if (article.Article.Dated == Dating.Inferred)
                    facts.Add(Texts["time.inferred"]);
                if (telling.After is { } after && telling != view.Published.Tellings[0])
                    facts.Add(Texts.After(after, telling.ToTheDay));
                if (article.Article.Agencies.Length > 0)
                    facts.Add(Texts.Fill("credited", Texts.Join(article.Article.Agencies)));
                if (view.Corrected(article) is { } byHand)
                    facts.Add(byHand);
                Item($"**{Escape(article.Tag)}**{Texts["colon"]}{linked} ({Escape(string.Join(Texts["list.semicolon"], facts))})");
            }

            output.Write('\n');
        }

        private void WriteGaps()
        {
            if (view.Gaps.Length == 0)
                return;
            Line($"## {Texts["gaps"]}");
            foreach (var gap in view.Gaps)
                Item($"**{Escape(gap.Article.Tag)}**{Texts["colon"]}{Escape(string.Join(Texts["list.semicolon"], view.Words(gap)))}");
            output.Write('\n');
        }

        private string Source(Evidence evidence) => $"<sub>{Escape(view.Cite(evidence))}</sub>";

        private void Line(string text) => output.Write(text + "\n\n");

        private void Item(string text) => output.Write($"- {text}\n");

        private void Row(params string[] cells) => output.Write($"| {string.Join(" | ", cells)} |\n");
    }
}
