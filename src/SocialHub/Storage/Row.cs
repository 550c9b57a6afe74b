using Azure;
using Azure.Data.Tables;

namespace SocialHub.Storage;

/// <summary>
/// A typed view of one entity. It keeps what it does not know, so that an older version of the app that rewrites a row
/// drops nothing a newer one put there.
/// </summary>
public abstract class Row(TableEntity entity)
{
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

    /// <summary>Sets a property; null removes it.</summary>
    protected void Set(string name, object? value)
    {
        if (value is null)
            Entity.Remove(name);
        else
            Entity[name] = value is Enum choice ? choice.ToString() : value;
    }
}
