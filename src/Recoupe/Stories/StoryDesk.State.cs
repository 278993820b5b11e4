using System.Text;

using Recoupe.Articles;

namespace Recoupe.Stories;

/// <content>The state as a value, and what it drops.</content>
public sealed partial class StoryDesk
{
    private const uint StateMagic = 0x31534452; // "RDS1"

    /// <summary>Drops all that has left memory: placements go on as if it were there, <see cref="Stories"/> and <see cref="History"/> no longer tell of it.</summary>
    /// <remarks>Costs as much as is in memory: to be called when about as much has left.</remarks>
    /// <exception cref="InvalidOperationException">Articles have vectors of a model outside the engine, which are not dropped with them.</exception>
    public void Prune()
    {
        if (_sketches.Exists(sketch => sketch?.Vector is not null))
            throw new InvalidOperationException("a desk whose articles have vectors cannot be pruned or saved");
        int[] kept = [.. Enumerable.Range(0, _ids.Count).Where(_isHeld)];
        var renumbered = new int[_ids.Count];
        for (var i = 0; i < kept.Length; i++)
            renumbered[kept[i]] = i + 1;
        _index.Renumber(kept.Length + 1, article => article < renumbered.Length ? renumbered[article] : 0);

        // What the index still names of the articles that left is the article 0, which nobody holds.
        Replace(_sketches, null, kept);
        Replace(_ids, default, kept);
        Replace(_storyOf, -1, kept);
        Replace(_arrivals, 0, kept);
        Replace(_namings, (byte)0, kept);
        var oldest = 1;
        foreach (var article in kept)
            oldest += article < _oldest ? 1 : 0;
        _oldest = oldest;
        for (var left = _resting.Count; left > 0; left--)
            _resting.Enqueue(renumbered[_resting.Dequeue()]);
        foreach (var story in _stories.Values.ToList())
            Renumber(story, renumbered);
        foreach (var story in _stories.Values)
            story.Saga = NamerOf(story);
        _filled.Clear();
        _history.Clear();
        _vectorsById = null;
    }

    /// <summary>The state, after <see cref="Prune"/>.</summary>
    /// <exception cref="InvalidOperationException">As for <see cref="Prune"/>.</exception>
    public DeskState Save()
    {
        Prune();
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(StateMagic);
            foreach (var number in new[] { _came, _opened, _changes, _oldest, _held, _clockCount })
                writer.Write(number);
            foreach (var time in _clock)
                writer.Write(time);
            WriteArticles(writer);
            WriteStories(writer);
            writer.Write(_resting.Count);
            foreach (var article in _resting)
                writer.Write(article);
            _index.Write(writer);
            _statistics.Write(writer);
        }

        return new DeskState(bytes.ToArray());
    }

    /// <summary>The desk that goes on where <paramref name="state"/> was saved.</summary>
    /// <exception cref="InvalidDataException">It is no such state, or one of another version.</exception>
    public static StoryDesk Restore(DeskState state, StoryOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(state);
        var desk = new StoryDesk(options);
        try
        {
            using var reader = new BinaryReader(new MemoryStream(state.Bytes.ToArray(), writable: false));
            desk.Read(reader);
        }
        catch (Exception failure) when (failure is EndOfStreamException or ArgumentException or KeyNotFoundException or FormatException)
        {
            throw new InvalidDataException("the state of the stories is damaged", failure);
        }

        return desk;
    }

    private void Read(BinaryReader reader)
    {
        if (reader.ReadUInt32() != StateMagic)
            throw new InvalidDataException("not the state of the stories, or that of another version");
        (_came, _opened, _changes) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        (_oldest, _held, _clockCount) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        foreach (ref var time in _clock.AsSpan())
            time = reader.ReadDouble();
        ReadArticles(reader);
        ReadStories(reader);
        for (var left = reader.ReadInt32(); left > 0; left--)
            _resting.Enqueue(reader.ReadInt32());
        _index.Read(reader);
        _statistics.Read(reader);
    }

    private static void Replace<T>(List<T> all, T nobody, int[] kept)
    {
        var left = kept.Select(article => all[article]).ToList();
        all.Clear();
        all.Add(nobody);
        all.AddRange(left);
    }

    private void Renumber(Draft story, int[] renumbered)
    {
        story.Pruned += story.Left.Count;
        story.Left.Clear();
        for (var i = 0; i < story.Articles.Count; i++)
            story.Articles[i] = renumbered[story.Articles[i]];
        story.Founder = story.Founder >= 0 && renumbered[story.Founder] > 0 ? renumbered[story.Founder] : -1;
        if (story.Articles.Count == 0)
            _stories.Remove(story.Number);
    }

    // The next story that names the saga: one of which nothing is in memory is never linked again, and is left out unless it is the last.
    private static Draft NamerOf(Draft story)
    {
        var namer = story.Saga.Living;
        for (var steps = 0; steps < MostSagaSteps && namer != story && namer.Articles.Count == 0 && namer.Saga.Living != namer; steps++)
            namer = namer.Saga.Living;
        return namer;
    }

    private void WriteArticles(BinaryWriter writer)
    {
        writer.Write(_ids.Count - 1);
        for (var article = 1; article < _ids.Count; article++)
        {
            writer.Write(_ids[article].Value);
            writer.Write(_storyOf[article]);
            writer.Write(_arrivals[article]);
            writer.Write(_namings[article]);
            writer.Write(_sketches[article] is not null);
            _sketches[article]?.Write(writer);
        }
    }

    private void ReadArticles(BinaryReader reader)
    {
        _sketches.Add(null);
        _ids.Add(default);
        _storyOf.Add(-1);
        _arrivals.Add(0);
        _namings.Add(0);
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            _ids.Add(new ArticleId(reader.ReadString()));
            _storyOf.Add(reader.ReadInt32());
            _arrivals.Add(reader.ReadDouble());
            _namings.Add(reader.ReadByte());
            _sketches.Add(reader.ReadBoolean() ? ArticleSketch.Read(reader) : null);
        }
    }

    private void WriteStories(BinaryWriter writer)
    {
        // A saga may be named by a story of which nothing is left.
        var stories = _stories.Values.Concat(_stories.Values.Select(story => story.Saga)).Distinct().OrderBy(story => story.Number).ToList();
        writer.Write(stories.Count);
        foreach (var story in stories)
        {
            foreach (var number in new[] { story.Number, story.Founder, story.Pruned, story.RecheckAt, story.Articles.Count == 0 ? story.Number : story.Saga.Number, story.Articles.Count })
                writer.Write(number);
            writer.Write(story.Name.Value);
            foreach (var article in story.Articles)
                writer.Write(article);
        }
    }

    private void ReadStories(BinaryReader reader)
    {
        var all = new Dictionary<int, Draft>();
        var sagas = new List<(Draft Story, int Saga)>();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var (number, founder, pruned) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
            var (recheckAt, saga, count) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
            var story = all[number] = new Draft(number, new StoryId(reader.ReadString()), founder) { Pruned = pruned, RecheckAt = recheckAt };
            for (; count > 0; count--)
            {
                var article = reader.ReadInt32();
                (_sketches[article] is null ? story.Left : story.Articles).Add(article);
            }

            sagas.Add((story, saga));
            if (story.Articles.Count > 0)
                _stories[number] = story;
        }

        foreach (var (story, saga) in sagas)
            story.Saga = all[saga];
    }
}
