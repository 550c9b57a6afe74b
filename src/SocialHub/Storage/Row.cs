using Azure;
using Azure.Data.Tables;

namespace SocialHub.Storage;

/// <summary>
/// A typed view of one entity. It keeps what it does not know, so that an older version of the app that rewrites a row
/// drops nothing a newer one put there.
/// </summary>
public abstract class Row(TableEntity entity)
{
    private const int LongestWords = 1000;
    private const int LongestAddress = 4000;

    /// <summary>The entity itself, unknown properties included.</summary>
    public TableEntity Entity { get; } = entity;

    public string Partition => Entity.PartitionKey;

    public string Key => Entity.RowKey;

    /// <summary>What a guarded write compares.</summary>
    public ETag ETag => Entity.ETag;

    protected string? Text(string name) => Entity.GetString(name);

    protected int Number(string name) => Entity.GetInt32(name) ?? 0;

    protected bool Flag(string name) => Entity.GetBoolean(name) ?? false;

    protected DateTimeOffset? Time(string name) => Entity.GetDateTimeOffset(name);

    protected TEnum Choice<TEnum>(string name, TEnum otherwise)
        where TEnum : struct, Enum => Enum.TryParse<TEnum>(Entity.GetString(name), out var value) ? value : otherwise;

    /// <summary>
    /// Sets words that came from outside, cut to what a person reads: a property takes 32,768 characters, and what cannot be written could never be known.
    /// </summary>
    protected void SetWords(string name, string? words) =>
        Set(name, words is { Length: > LongestWords } ? words[..(char.IsHighSurrogate(words[LongestWords - 2]) ? LongestWords - 2 : LongestWords - 1)] + "…" : words);

    /// <summary>Sets an address or a value that is no use when cut; beyond <see cref="LongestAddress"/> it is left out.</summary>
    protected void SetWhole(string name, string? value) => Set(name, value is { Length: > LongestAddress } ? null : value);

    /// <summary>Sets a property; null removes it.</summary>
    protected void Set(string name, object? value)
    {
        if (value is null)
            Entity.Remove(name);
        else
            Entity[name] = value is Enum choice ? choice.ToString() : value;
    }
}
