using System.Collections.Immutable;
using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Origins;
using Recoupe.Sayings;
using Recoupe.Text;

namespace Recoupe.Dossiers;

/// <summary>Writes dossiers as JSON, spans in code points of the articles' texts.</summary>
public static class DossierJson
{
    /// <summary>Writes one object that holds all dossiers.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="dossiers">In the order of output.</param>
    /// <param name="version">The version of the program that made them.</param>
    public static void Write(Utf8JsonWriter json, IEnumerable<Dossier> dossiers, string version)
    {
        json.WriteStartObject();
        json.WriteString("version", version);
        ArticleJson.WriteArray(json, "stories", dossiers, dossier => new StoryWriter(json, dossier).Write());
        json.WriteEndObject();
    }

    private sealed class StoryWriter(Utf8JsonWriter json, Dossier dossier)
    {
        private readonly Dictionary<ArticleId, (CodePointOffsets Text, CodePointOffsets Title)> _offsets = dossier.Articles.ToDictionary(
            article => article.Id, article => (article.Article.TextOffsets, new CodePointOffsets(article.Article.Title ?? "")));

        private readonly Dictionary<ArticleId, AnnotatedArticle> _articles = dossier.Articles.ToDictionary(article => article.Id);

        private void WriteCheck(ClaimCheck check)
        {
            var claim = new CodePointOffsets(check.Text);
            json.WriteStartObject("claim");
            json.WriteString("text", check.Text);
            json.WriteString("language", check.Language);
            ArticleJson.WriteArray(json, "perhaps", check.Perhaps, passage =>
            {
                json.WriteStartObject();
                WriteEvidence("passage", passage.Evidence);
                json.WriteNumber("likelihood", Math.Round(passage.Likelihood, 3));
                json.WriteEndObject();
            });
            if (check.Doubt is { } doubt)
                json.WriteNumber("doubt", Math.Round(doubt, 3));
            else
                json.WriteNull("doubt");
            ArticleJson.WriteArray(json, "silent", check.Silent, article => json.WriteStringValue(article.Value));
            ArticleJson.WriteArray(json, "differences", check.Differences, difference =>
            {
                json.WriteStartObject();
                json.WriteString("kind", ArticleJson.Name(difference.Kind));
                ArticleJson.WriteSpan(json, "claimed", difference.Claimed, claim);
                WriteEvidence("told", difference.Told);
                json.WriteString("why", difference.Why);
                json.WriteEndObject();
            });
            ArticleJson.WriteArray(json, "missing", check.Missing, span => ArticleJson.WriteSpan(json, span, claim));
            json.WriteEndObject();
        }

        public void Write()
        {
            json.WriteStartObject();
            json.WriteString("id", dossier.Story.Id.Value);
            json.WriteString("title", dossier.Title);
            if (dossier.Check is { } check)
                WriteCheck(check);
            WriteEmbeddings();
            ArticleJson.WriteArray(json, "articles", dossier.Articles, article => WriteArticle(article.Article));
            ArticleJson.WriteArray(json, "points", dossier.Points, WritePoint);
            ArticleJson.WriteArray(json, "discrepancies", dossier.Discrepancies, discrepancy =>
            {
                json.WriteStartObject();
                json.WriteString("kind", ArticleJson.Name(discrepancy.Kind));
                json.WriteString("resolution", ArticleJson.Name(discrepancy.Resolution));
                json.WriteString("point", discrepancy.Point.Value);
                WriteEvidence("a", discrepancy.A);
                WriteEvidence("b", discrepancy.B);
                json.WriteString("why", discrepancy.Why);
                json.WriteEndObject();
            });
            ArticleJson.WriteArray(json, "omissions", dossier.Omissions, omission =>
            {
                json.WriteStartObject();
                json.WriteString("point", omission.Point.Value);
                json.WriteString("article", omission.Article.Value);
                json.WriteEndObject();
            });
            json.WriteStartArray("statements");
            foreach (var article in dossier.Articles)
            {
                foreach (var statement in article.Statements)
                {
                    json.WriteStartObject();
                    json.WriteString("article", article.Id.Value);
                    ArticleJson.WriteStatementFields(json, statement, OffsetsOf(article.Id, statement.InTitle));
                    json.WriteBoolean("corrected", statement.Corrected);
                    json.WriteEndObject();
                }
            }

            json.WriteEndArray();
            ArticleJson.WriteArray(json, "sources", SourceShare.Of(dossier), share =>
            {
                json.WriteStartObject();
                json.WriteString("name", share.Name);
                json.WriteString("type", share.Type is { } type ? ArticleJson.Name(type) : null);
                ArticleJson.WriteArray(json, "articles", share.Articles, article => json.WriteStringValue(article.Value));
                ArticleJson.WriteArray(json, "points", share.Points, point => json.WriteStringValue(point.Value));
                ArticleJson.WriteArray(json, "alone", share.Alone, point => json.WriteStringValue(point.Value));
                json.WriteEndObject();
            });
            WriteSayings();
            ArticleJson.WriteArray(json, "reuse", dossier.Reuses, reuse =>
            {
                json.WriteStartObject();
                json.WriteString("from", reuse.From.Value);
                json.WriteString("to", reuse.To.Value);
                json.WriteBoolean("order_known", reuse.OrderKnown);
                json.WriteString("order", ArticleJson.Name(reuse.Order));
                json.WriteString("agency", reuse.Agency);
                json.WriteNumber("share", Math.Round(reuse.Share, 4));
                json.WriteNumber("from_contained", Math.Round(reuse.FromContained, 4));
                json.WriteNumber("to_contained", Math.Round(reuse.ToContained, 4));
                json.WriteString("kind", ArticleJson.Name(reuse.Kind));
                ArticleJson.WriteArray(json, "passages", reuse.Passages, passage =>
                {
                    json.WriteStartObject();
                    ArticleJson.WriteSpan(json, "from", passage.From, OffsetsOf(reuse.From, inTitle: false));
                    ArticleJson.WriteSpan(json, "to", passage.To, OffsetsOf(reuse.To, inTitle: false));
                    json.WriteEndObject();
                });
                json.WriteEndObject();
            });
            ArticleJson.WriteArray(json, "timeline", dossier.Timeline, entry =>
            {
                json.WriteStartObject();
                json.WriteString("date", entry.Date);
                ArticleJson.WriteArray(json, "passages", entry.Passages, WriteEvidence);
                json.WriteEndObject();
            });
            json.WriteEndObject();
        }

        // Only where a model had a part: without one the output is what it always was.
        private void WriteEmbeddings()
        {
            if (dossier.Story.Embeddings is not { } use)
                return;
            json.WriteStartObject("embeddings");
            json.WriteString("model", use.Model);
            ArticleJson.WriteArray(json, "without", use.Without, article => json.WriteStringValue(article.Value));
            json.WriteEndObject();
        }

        // What several articles give; the index is that of the statement in "statements".
        private void WriteSayings()
        {
            var from = new Dictionary<ArticleId, int>();
            var count = 0;
            foreach (var article in dossier.Articles)
            {
                from.Add(article.Id, count);
                count += article.Statements.Length;
            }

            ArticleJson.WriteArray(json, "sayings", dossier.Sayings.Where(saying => saying.Articles > 1), saying =>
            {
                var giving = saying.Renderings.Select(rendering => rendering.Article).ToHashSet();
                json.WriteStartObject();
                WriteSpeaker(saying.Speaker);
                json.WriteNumber("fullest", saying.Fullest);
                json.WriteBoolean("first_known", Spread.Of(dossier.Articles.Where(article => giving.Contains(article.Id))).FirstKnown);
                ArticleJson.WriteArray(json, "renderings", saying.Renderings, rendering =>
                {
                    json.WriteStartObject();
                    json.WriteString("article", rendering.Article.Value);
                    json.WriteNumber("statement", from[rendering.Article] + rendering.Statement);
                    json.WriteString("wording", ArticleJson.Name(rendering.Wording));
                    WriteSpeaker(rendering.Speaker);
                    json.WriteEndObject();
                });
                json.WriteEndObject();
            });
        }

        private void WriteSpeaker(StorySpeaker speaker)
        {
            json.WriteStartObject("speaker");
            json.WriteString("name", speaker.Name);
            json.WriteString("type", speaker.Type is { } type ? ArticleJson.Name(type) : null);
            json.WriteEndObject();
        }

        private void WriteArticle(Article article)
        {
            json.WriteStartObject();
            json.WriteString("id", article.Id.Value);
            json.WriteString("outlet", article.Outlet);
            ArticleJson.WriteArray(json, "agencies", article.Agencies, json.WriteStringValue);
            json.WriteString("title", article.Title);
            json.WriteString("url", article.Url);
            json.WriteString("published", article.Published?.ToString());
            json.WriteString("dated", article.Dated == Dating.Unknown ? null : ArticleJson.Name(article.Dated));
            ArticleJson.WriteArray(json, "dated_by", article.DatedBy, WriteEvidence);
            json.WriteString("published_from", article.PublishedFrom);
            json.WriteString("outlet_from", article.OutletFrom);
            json.WriteString("modified", article.Modified?.ToString());
            json.WriteString("captured", article.Captured?.ToString());
            json.WriteString("language", article.Language);
            json.WriteBoolean("partial", article.Partial);
            json.WriteString("text", article.ShownText);
            ArticleJson.WriteArray(json, "notes", article.Notes, json.WriteStringValue);
            json.WriteEndObject();
        }

        private void WritePoint(SourcedPoint sourced)
        {
            json.WriteStartObject();
            json.WriteString("id", sourced.Point.Id.Value);
            json.WriteString("text", Quote(sourced.Point.Clearest.Evidence));
            json.WriteString("grade", ArticleJson.Name(sourced.Grade));
            json.WriteString("alone", sourced.Alone);
            json.WriteBoolean("corrected", sourced.Point.Corrected);
            json.WriteBoolean("background", sourced.Point.Background);
            json.WriteStartObject("origins");
            json.WriteNumber("fewest", sourced.Origins.Fewest);
            json.WriteNumber("most", sourced.Origins.Most);
            ArticleJson.WriteArray(json, "list", sourced.Origins.Origins, WriteOrigin);
            ArticleJson.WriteArray(json, "against", sourced.Origins.Against, WriteOrigin);
            ArticleJson.WriteArray(json, "loops", sourced.Origins.Loops, loop => WriteNames(loop));
            ArticleJson.WriteArray(json, "merged", sourced.Origins.Merged, merge =>
            {
                json.WriteStartObject();
                json.WriteString("a", merge.A);
                json.WriteString("b", merge.B);
                json.WriteNumber("rule", merge.Rule);
                json.WriteBoolean("certain", merge.Certain);
                json.WriteString("why", merge.Why);
                json.WriteEndObject();
            });
            ArticleJson.WriteArray(json, "hangs_on", WeakTies.Of(sourced), article => json.WriteStringValue(article.Value));
            ArticleJson.WriteArray(json, "rests_on", sourced.Origins.RestsOn, origin =>
            {
                json.WriteStartObject();
                json.WriteString("name", origin.Name);
                WritePlace(origin.Words);
                json.WriteEndObject();
            });
            json.WriteEndObject();
            ArticleJson.WriteArray(json, "passages", sourced.Chains, chain =>
            {
                json.WriteStartObject();
                WritePlace(chain.Passage.Evidence);
                json.WriteString("stance", ArticleJson.Name(chain.Passage.Stance));
                json.WritePropertyName("chain");
                WriteNames(chain.Hops);
                json.WriteBoolean("stated", chain.Stated);
                json.WriteNumber("rule", chain.Rule);
                if (chain.Passage.Likelihood is { } likelihood)
                    json.WriteNumber("likelihood", Math.Round(likelihood, 2));
                else
                    json.WriteNull("likelihood");
                json.WriteEndObject();
            });
            ArticleJson.WriteArray(json, "history", sourced.History, step =>
            {
                json.WriteStartObject();
                json.WriteString("at", step.At.ToString());
                json.WriteString("article", step.Article.Value);
                json.WriteString("grade", ArticleJson.Name(step.Grade));
                json.WriteNumber("fewest", step.Fewest);
                json.WriteNumber("most", step.Most);
                json.WriteEndObject();
            });
            var spread = Spread.Of(sourced.Point, dossier.Articles);
            json.WriteBoolean("first_known", spread.FirstKnown);
            ArticleJson.WriteArray(json, "spread", spread.Tellings, telling =>
            {
                json.WriteStartObject();
                json.WriteString("article", telling.Article.Value);
                json.WriteString("at", telling.At?.ToString());
                json.WritePropertyName("after");
                if (telling.After is { } after)
                    json.WriteNumberValue((long)after.TotalMinutes);
                else
                    json.WriteNullValue();
                json.WriteEndObject();
            });
            json.WriteEndObject();
        }

        private void WriteOrigin(Origin origin)
        {
            json.WriteStartObject();
            json.WriteString("name", origin.Name);
            json.WriteString("type", origin.Type is { } type ? ArticleJson.Name(type) : null);
            ArticleJson.WriteArray(json, "via", origin.Via, json.WriteStringValue);
            json.WriteBoolean("stated", origin.Stated);
            ArticleJson.WriteArray(json, "evidence", origin.Evidence, WriteEvidence);
            json.WriteEndObject();
        }

        private void WriteNames(ImmutableArray<string> names)
        {
            json.WriteStartArray();
            foreach (var name in names)
                json.WriteStringValue(name);
            json.WriteEndArray();
        }

        private void WriteEvidence(string name, Evidence evidence)
        {
            json.WritePropertyName(name);
            WriteEvidence(evidence);
        }

        private void WriteEvidence(Evidence evidence)
        {
            json.WriteStartObject();
            WritePlace(evidence);
            json.WriteEndObject();
        }

        private void WritePlace(Evidence evidence)
        {
            json.WriteString("article", evidence.Article.Value);
            if (evidence.InTitle)
                json.WriteString("in", "title");
            if (evidence.InDocument)
                json.WriteString("in", "document");
            ArticleJson.WriteSpan(
                json, "span", evidence.Span,
                evidence.InDocument ? _articles[evidence.Article].Article.DocumentOffsets : OffsetsOf(evidence.Article, evidence.InTitle));
        }

        private string Quote(Evidence evidence) =>
            evidence.Span.Quote(_articles[evidence.Article].TextOf(evidence.InTitle).Text);

        private CodePointOffsets OffsetsOf(ArticleId article, bool inTitle) => inTitle ? _offsets[article].Title : _offsets[article].Text;
    }
}
