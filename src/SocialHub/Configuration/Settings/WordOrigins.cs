using System.Text.Json;
using SocialHub.Storage;

namespace SocialHub.Configuration.Settings;

/// <summary>Since when a word or a name of the team is there, and by whom.</summary>
/// <param name="List"><c>hold</c>, <c>allow</c> or <c>names</c>.</param>
/// <param name="Word">As it was written.</param>
/// <param name="By">Who added it.</param>
/// <param name="At">When.</param>
public sealed record AddedWord(string List, string Word, string By, DateTimeOffset At);

/// <summary>
/// Who added each word or name of the setting, and when. It stands beside the value, where nobody can write it, and is made anew with each change:
/// what was there before keeps its origin. What hub.json names has none.
/// </summary>
internal sealed record WordOrigins
{
    /// <summary>Changes that are remembered: a binary property holds 64 KiB. What an older one added is in the setting's history alone.</summary>
    public const int MostChanges = 300;

    private const int Unknown = -1;

    /// <summary>Hash of the value that it stands beside: an older version of the app, which rewrites the row during an update, leaves it behind.</summary>
    public string Of { get; init; } = "";

    /// <summary>Those that added something which is still there, oldest first.</summary>
    public IReadOnlyList<WordChange> Changes { get; init; } = [];

    /// <summary>By place of a word in the list, the place of its change; -1: not known.</summary>
    public IReadOnlyList<int> Hold { get; init; } = [];

    /// <inheritdoc cref="Hold"/>
    public IReadOnlyList<int> Allow { get; init; } = [];

    /// <inheritdoc cref="Hold"/>
    public IReadOnlyList<int> Names { get; init; } = [];

    /// <summary>What is kept beside a new value.</summary>
    public static byte[] Follow(ReadOnlyMemory<byte> before, byte[]? kept, ReadOnlyMemory<byte> after, string by, DateTimeOffset at)
    {
        var known = Read(before, kept).ToDictionary(added => (added.List, added.Word), added => new WordChange(added.By, added.At));
        var (was, words) = (Lists(before), Lists(after));
        // To the second, as it is shown.
        var now = new WordChange(by, at.AddTicks(-(at.Ticks % TimeSpan.TicksPerSecond)));
        var (hold, allow, names) = (Origins("hold", was.Hold, words.Hold), Origins("allow", was.Allow, words.Allow), Origins("names", was.Names, words.Names));
        var changes = hold.Concat(allow).Concat(names).OfType<WordChange>().Distinct().OrderBy(change => change.At).TakeLast(MostChanges).ToList();
        var places = changes.Index().ToDictionary(change => change.Item, change => change.Index);
        var origins = new WordOrigins { Of = Keys.Hash(after.Span), Changes = changes, Hold = Places(hold), Allow = Places(allow), Names = Places(names) };
        return JsonSerializer.SerializeToUtf8Bytes(origins, SettingsJson.Compact.WordOrigins);

        WordChange?[] Origins(string list, IReadOnlyList<string> earlier, IReadOnlyList<string> later)
        {
            var there = earlier.ToHashSet(StringComparer.Ordinal);
            return [.. later.Select(word => known.GetValueOrDefault((list, word)) ?? (there.Contains(word) ? null : now))];
        }

        int[] Places(WordChange?[] origins) => [.. origins.Select(origin => origin is not null && places.TryGetValue(origin, out var place) ? place : Unknown)];
    }

    /// <summary>The same without who made changes before a moment; null where nobody is named there.</summary>
    public static byte[]? Forget(byte[] kept, DateTimeOffset before)
    {
        if (JsonSerializer.Deserialize(kept, SettingsJson.Compact.WordOrigins) is not { } origins || !origins.Changes.Any(IsOver))
            return null;
        // Its place stays: those of later changes are counted from there.
        return JsonSerializer.SerializeToUtf8Bytes(origins with { Changes = [.. origins.Changes.Select(change => IsOver(change) ? change with { By = "" } : change)] }, SettingsJson.Compact.WordOrigins);

        bool IsOver(WordChange change) => change.By.Length > 0 && change.At < before;
    }

    /// <summary>The words whose origin is known.</summary>
    public static IReadOnlyList<AddedWord> Read(ReadOnlyMemory<byte> value, byte[]? kept)
    {
        if (kept is null || JsonSerializer.Deserialize(kept, SettingsJson.Compact.WordOrigins) is not { } origins || origins.Of != Keys.Hash(value.Span))
            return [];
        var words = Lists(value);
        return [.. Added("hold", words.Hold, origins.Hold), .. Added("allow", words.Allow, origins.Allow), .. Added("names", words.Names, origins.Names)];

        IEnumerable<AddedWord> Added(string list, IReadOnlyList<string> those, IReadOnlyList<int> places) =>
            those.Zip(places).Where(pair => pair.Second >= 0 && pair.Second < origins.Changes.Count && origins.Changes[pair.Second].By.Length > 0).Select(pair => new AddedWord(list, pair.First, origins.Changes[pair.Second].By, origins.Changes[pair.Second].At));
    }

    // Of a value that this hub wrote itself, or an older one, which knew no ends.
    private static (IReadOnlyList<string> Hold, IReadOnlyList<string> Allow, IReadOnlyList<string> Names) Lists(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return (List("hold"), List("allow"), List("names"));

        IReadOnlyList<string> List(string name) => document.RootElement.TryGetProperty(name, out var list) ? [.. list.EnumerateArray().Select(word => word.GetString() ?? "")] : [];
    }
}

/// <summary>One change of the words.</summary>
/// <param name="By">Whose; empty once the name is kept no longer.</param>
/// <param name="At">When.</param>
internal sealed record WordChange(string By, DateTimeOffset At);
