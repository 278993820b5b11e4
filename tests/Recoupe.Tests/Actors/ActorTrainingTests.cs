using System.Text.Json;

using Recoupe.Text;
using Recoupe.Training;

namespace Recoupe.Tests.Actors;

public sealed class ActorTrainingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("actors").FullName;

    [Fact]
    public void The_command_trains_a_model_that_can_be_read_back()
    {
        var set = Path.Combine(_folder, "set.jsonl");
        File.WriteAllLines(set, Enumerable.Range(0, 6).Select(Line));
        using var log = new StringWriter();
        Assert.Equal(0, ActorTraining.Run([_folder, set], log));
        using var file = File.OpenRead(Path.Combine(_folder, "actors.model"));
        Assert.True(TreeModel.Read(file).Trees > 0);
    }

    [Fact]
    public void What_two_sets_tell_of_an_article_is_put_together_and_what_is_linked_is_counted()
    {
        var (set, marks) = (Path.Combine(_folder, "set.jsonl"), Path.Combine(_folder, "marks.jsonl"));
        File.WriteAllLines(set, Enumerable.Range(0, 6).Select(Line));
        File.WriteAllLines(marks, Enumerable.Range(0, 6).Select(n => JsonSerializer.Serialize(new
        {
            id = $"affair{n % 2}_{n}",
            language = "fr",
            text = TextOf(n),
            mentions = new[] { new object[] { TextOf(n).IndexOf("-t-il", StringComparison.Ordinal) + 3, TextOf(n).IndexOf("-t-il", StringComparison.Ordinal) + 5, "Paul Ferrand" } },
        })));
        using var alone = new StringWriter();
        Assert.Equal(0, ActorTraining.Run([_folder, marks], alone));
        using var together = new StringWriter();
        Assert.Equal(0, ActorTraining.Run([_folder, "--check", _folder, set, marks], together));
        Assert.Contains("pairs", alone.ToString(), StringComparison.Ordinal);
        Assert.Contains("pronouns: ", together.ToString(), StringComparison.Ordinal);
        Assert.Equal(6, File.ReadAllLines(Path.Combine(_folder, "set.out")).Length);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string TextOf(int n) => $"Paul Ferrand a parlé à Orvane. Anne Morvan a écouté. « La digue tiendra », a-t-il dit {n} fois.";

    private static string Line(int n)
    {
        var text = TextOf(n);
        var at = text.IndexOf("-t-il", StringComparison.Ordinal);
        var content = text.IndexOf("La digue", StringComparison.Ordinal);
        return JsonSerializer.Serialize(new
        {
            id = $"affair{n % 2}_{n}",
            language = "fr",
            text,
            statements = new[] { new { content = new[] { new[] { content, content + 16 } }, speaker = new { mention = new[] { at + 3, at + 5 }, name = "Paul Ferrand", type = "person" } } },
        });
    }
}
