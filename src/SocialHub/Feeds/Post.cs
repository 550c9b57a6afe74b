using System.Text.Json.Serialization;

namespace SocialHub.Feeds;

/// <summary>One item of a source, as a connection read it.</summary>
/// <param name="NativeId">The source's own identity of it; the same item has the same id at each read.</param>
/// <param name="Url">Where a reader finds it; absolute http(s).</param>
public sealed record Post(string NativeId, string Url)
{
    public string? Title { get; init; }

    /// <summary>Sanitised HTML, at most 30,000 characters; links absolute.</summary>
    public string Html { get; init; } = "";

    /// <summary>The same as plain text.</summary>
    public string Text { get; init; } = "";

    /// <summary>
    /// What the source itself says shortly beside <see cref="Text"/>, plain text, at most 2,000 characters; null: nothing. Announcements begin with it. A feed of the hub
    /// shows the text, so it is not stored with the post.
    /// </summary>
    [JsonIgnore]
    public string? Summary { get; init; }

    /// <summary>Null: the source gave none, or none that can be read; the time it was first seen is used then.</summary>
    public DateTimeOffset? Published { get; init; }

    public DateTimeOffset? Updated { get; init; }

    /// <summary>The source says only when it was last changed: that stands in <see cref="Published"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsDateOfChange { get; init; }

    /// <summary>BCP 47 when the source says it.</summary>
    public string? Language { get; init; }

    public string? Author { get; init; }

    /// <summary>Pages that the post links to: what tells that two posts announce the same article.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    public IReadOnlyList<string> Tags { get; init; } = [];

    public IReadOnlyList<PostPicture> Pictures { get; init; } = [];

    /// <summary>The item has no address of its own: <see cref="Url"/> is its site's, and names no item.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsAddressOfSite { get; init; }

    /// <summary>True when the guid is meant to be unique beyond its feed (absolute URL, <c>tag:</c>, <c>urn:</c>).</summary>
    public bool IdIsGlobal { get; init; }
}

/// <summary>A picture of a post.</summary>
/// <param name="Url">Where the source has it; never shown to a visitor.</param>
/// <param name="Alt">Its text alternative; null: the source gives none.</param>
public sealed record PostPicture(string Url, string? Alt)
{
    public int? Width { get; init; }

    public int? Height { get; init; }

    /// <summary>Content address in the hub's media, once fetched; null: not fetched, not shown.</summary>
    public string? Media { get; init; }
}
