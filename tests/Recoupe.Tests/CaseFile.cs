namespace Recoupe.Tests;

/// <summary>A readable case: a title, a text, and what we expect of it.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Text">The lines quoted under it, as one text.</param>
/// <param name="Expected">The list items under the text, without their dash.</param>
/// <param name="Gap">Why the program is known not to read it so yet; null where it does. Such a case is skipped, by name and with the reason.</param>
public sealed record Case(string Title, string Text, IReadOnlyList<string> Expected, string? Gap = null)
{
    /// <summary>Skips the test of a case that is a known gap.</summary>
    public Case OrSkip()
    {
        Assert.SkipWhen(Gap is not null, "known gap: " + Gap);
        return this;
    }
}

/// <summary>
/// Reads the cases of <c>Cases/&lt;language&gt;/&lt;name&gt;.md</c>: each case is a heading <c>## title</c>, the text in lines that begin
/// with <c>&gt; </c> (a bare <c>&gt;</c> is an empty line), expectations as list items <c>- …</c>, and a known gap <c>? why</c>. Other lines are remarks.
/// </summary>
public static class CaseFile
{
    /// <summary>All cases of one file.</summary>
    public static IReadOnlyList<Case> Read(string language, string name)
    {
        var path = Path.Combine(Repository.Root, "tests", "Recoupe.Tests", "Cases", language, name + ".md");
        var cases = new List<Case>();
        string? title = null;
        var text = new List<string>();
        var expected = new List<string>();
        string? gap = null;
        foreach (var line in File.ReadLines(path).Append("## end"))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                if (title is not null)
                    cases.Add(new Case(title, string.Join('\n', text), [.. expected], gap));
                title = line[3..];
                text.Clear();
                expected.Clear();
                gap = null;
            }
            else if (line.StartsWith('>'))
            {
                text.Add(line.StartsWith("> ", StringComparison.Ordinal) ? line[2..] : line[1..]);
            }
            else if (line.StartsWith("? ", StringComparison.Ordinal))
            {
                gap = line[2..];
            }
            else if (line.StartsWith("- ", StringComparison.Ordinal))
            {
                expected.Add(line[2..]);
            }
        }

        return cases.Count > 0 ? cases : throw new InvalidDataException($"{path} holds no case");
    }
}
