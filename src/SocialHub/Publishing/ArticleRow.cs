using Azure.Data.Tables;
using SocialHub.Storage;

namespace SocialHub.Publishing;

/// <summary>What became of an article when it was found.</summary>
public enum ArticleDecision
{
    /// <summary>It was there before, or is old: known, and not announced.</summary>
    Seen,

    /// <summary>It is announced.</summary>
    Announce,

    /// <summary>It is announced when a person agrees.</summary>
    Ask,
}

/// <summary>Row <c>a.{articleId}</c>: one page of a site found in an article feed.</summary>
public sealed class ArticleRow(TableEntity entity) : Row(entity)
{
    public string Id => Key[2..];

    /// <summary>When it was found.</summary>
    public DateTimeOffset FoundAt => Keys.ParseTime(Id.AsSpan(0, 9));

    public string Title
    {
        get => Text("Title") ?? "";
        set => Set("Title", value);
    }

    public string Url
    {
        get => Text("Url") ?? "";
        set => Set("Url", value);
    }

    /// <summary>It has no page of its own: <see cref="Url"/> is its site's.</summary>
    public bool HasNoPage
    {
        get => Flag("HasNoPage");
        set => Set("HasNoPage", value);
    }

    public string Summary
    {
        get => Text("Summary") ?? "";
        set => Set("Summary", value);
    }

    public string? Picture
    {
        get => Text("Picture");
        set => Set("Picture", value);
    }

    public string Alt
    {
        get => Text("Alt") ?? "";
        set => Set("Alt", value);
    }

    public DateTimeOffset? Published
    {
        get => Time("Published");
        set => Set("Published", value);
    }

    public ArticleDecision Decision
    {
        get => Choice("Decision", ArticleDecision.Seen);
        set => Set("Decision", value);
    }

    /// <summary>Hash of what an announcement shows of it.</summary>
    public string Hash
    {
        get => Text("Hash") ?? "";
        set => Set("Hash", value);
    }

    public int Seq
    {
        get => Number("Seq");
        set => Set("Seq", value);
    }

    /// <summary>The look that found it.</summary>
    public string Look => Text("Look") ?? "";

    /// <summary>Its publications.</summary>
    public IReadOnlyList<string> Publications
    {
        get => (Text("Publications") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        set => Set("Publications", string.Join(' ', value));
    }

    /// <summary>Key of the feed row that found it.</summary>
    public string Feed => Text("Feed") ?? "";

    /// <summary>Keys of the rows of other feeds that found it too, each of which has planned its publications on its own accounts.</summary>
    public IReadOnlyList<string> AlsoIn
    {
        get => (Text("AlsoIn") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        set => Set("AlsoIn", string.Join(' ', value));
    }

    public static ArticleRow New(string id, string look, string feed) =>
        new(new TableEntity(Keys.PublishingPartition, Keys.Article(id)) { ["Look"] = look, ["Feed"] = feed });
}
