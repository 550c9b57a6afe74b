using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using SocialHub.Configuration;

namespace SocialHub.Publishing;

/// <summary>A publication as the team sees it.</summary>
public sealed record PublicationView(string Id, string Account, string Network, string State, string Text, DateTimeOffset At, DateTimeOffset PublishBy, int Revision)
{
    /// <summary>A person has to agree before it is sent.</summary>
    public bool AwaitsApproval { get; init; }

    /// <summary>Why, one of <see cref="AskReason"/>.</summary>
    public string? AskedFor { get; init; }

    public string? Page { get; init; }

    public string? Title { get; init; }

    /// <summary>Those that a person chose; null: none.</summary>
    public IReadOnlyList<ChosenPicture>? Pictures { get; init; }

    /// <summary>The article's own picture, which goes with it unless it cannot be had; null: none.</summary>
    public ArticlePicture? Illustration { get; init; }

    /// <summary>Not before.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Where the post is.</summary>
    public string? Url { get; init; }

    /// <summary>Why it waits, failed or ended; of an expired one what it last waited for.</summary>
    public string? Why { get; init; }

    /// <summary>How it came to its final state: <c>published</c>, <c>expired</c>, <c>refused</c>, <c>article-gone</c>, <c>account-removed</c>, <c>cancelled</c> (by a person) and other words of its log.</summary>
    public string? Ended { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What the moderation rules see in a text that has not left, in words; null: nothing. It goes all the same, once it was agreed to.</summary>
    public IReadOnlyList<string>? Warnings { get; init; }

    /// <summary>The request that a dry run would have sent.</summary>
    public string? DryRun { get; init; }

    public bool? Deleted { get; init; }

    /// <summary>What If-Match has to hold: it changes with the text, the approval and the state.</summary>
    [JsonPropertyName("etag")]
    public string ETag => $"{Revision}-{State}";

    public static PublicationView Of(PublicationRow row) => new(
        row.Id, row.Account, row.Network, Word(row.State), row.Body, row.At.ToUniversalTime(), row.PublishBy.ToUniversalTime(), row.Revision)
    {
        AwaitsApproval = row is { State: PublicationState.Planned, Approval: Approval.Awaiting },
        AskedFor = row is { State: PublicationState.Planned, Approval: Approval.Awaiting } ? row.AskedFor : null,
        Illustration = row is { Picture: { } picture, WithoutPicture: false, Pictures.Count: 0 } ? new ArticlePicture(picture, row.Alt) : null,
        Page = row.Page,
        Title = row.Title.Length > 0 ? row.Title : null,
        Pictures = row.Pictures is { Count: > 0 } pictures ? pictures : null,
        NotBefore = row.State == PublicationState.Planned ? row.NotBefore.ToUniversalTime() : null,
        Url = row.Url,
        Why = row.Why,
        Ended = row.Ended,
        EndedAt = row.EndedAt?.ToUniversalTime(),
        DryRun = row.Shown,
        Deleted = row.IsDeleted ? true : null,
    };

    /// <summary>A state as texts and queries write it.</summary>
    public static string Word(PublicationState state) => state.ToString().ToLowerInvariant();
}

/// <summary>The calendar.</summary>
/// <param name="Items">By time.</param>
/// <param name="Next">Ask again from here; null: that is all.</param>
public sealed record PublicationList(IReadOnlyList<PublicationView> Items, DateTimeOffset? Next);

/// <summary>The picture of an article, where its site has it.</summary>
/// <param name="Url">Its address.</param>
/// <param name="Alt">What it shows, as the site says; empty: it says nothing.</param>
public sealed record ArticlePicture(string Url, string Alt);

/// <summary>An uploaded picture of a publication.</summary>
/// <param name="Hash">Its content address, as the upload told it.</param>
/// <param name="Alt">What it shows, in words; never empty.</param>
public sealed record ChosenPicture(string Hash, string Alt);

/// <summary>A text written by hand, for several accounts at once.</summary>
/// <param name="Accounts">Account ids.</param>
/// <param name="Text">The same text everywhere; links in full.</param>
public sealed record WrittenPublication(IReadOnlyList<string> Accounts, string Text)
{
    /// <summary>The page that the link card shows; it has to stand in the text or is added to it.</summary>
    public string? Page { get; init; }

    /// <summary>Title of the link card, where the client makes it.</summary>
    public string? Title { get; init; }

    /// <summary>At most four, uploaded before by <c>POST api/v1/media</c>; where a network shows pictures or a link card, these go.</summary>
    public IReadOnlyList<ChosenPicture>? Pictures { get; init; }

    /// <summary>Not before; null: now.</summary>
    [JsonConverter(typeof(InstantConverter))]
    public DateTimeOffset? At { get; init; }

    /// <summary>Nothing leaves after this; null: the authority's hours.</summary>
    [JsonConverter(typeof(InstantConverter))]
    public DateTimeOffset? PublishBy { get; init; }

    /// <summary>True: it is to leave although the moderation rules see a threat, hate, an insult or personal data in it; said by somebody who was told so.</summary>
    public bool? Despite { get; init; }
}

/// <summary>A change before it is sent; what is left out stays.</summary>
public sealed record PublicationChange
{
    public string? Text { get; init; }

    /// <summary>All of them; an empty list takes them away.</summary>
    public IReadOnlyList<ChosenPicture>? Pictures { get; init; }

    [JsonConverter(typeof(InstantConverter))]
    public DateTimeOffset? At { get; init; }

    [JsonConverter(typeof(InstantConverter))]
    public DateTimeOffset? PublishBy { get; init; }

    /// <summary>True: it is to leave although the moderation rules see a threat, hate, an insult or personal data in it; said by somebody who was told so.</summary>
    public bool? Despite { get; init; }
}

/// <summary>A person's word that a publication may leave.</summary>
public sealed record PublicationApproval
{
    /// <summary>True: it is to leave although the moderation rules see a threat, hate, an insult or personal data in it; said by somebody who was told so.</summary>
    public bool? Despite { get; init; }
}

/// <summary>A person's word that a publication is there.</summary>
/// <param name="Url">Where.</param>
public sealed record PublicationConfirmation(string? Url);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PublicationView))]
[JsonSerializable(typeof(PublicationList))]
[JsonSerializable(typeof(WrittenPublication))]
[JsonSerializable(typeof(PublicationChange))]
[JsonSerializable(typeof(PublicationApproval))]
[JsonSerializable(typeof(PublicationConfirmation))]
[JsonSerializable(typeof(ChosenPicture[]), TypeInfoPropertyName = "ChosenPictures")]
public sealed partial class PublicationJson : JsonSerializerContext
{
    /// <summary>For table columns: letters of all scripts as they are, an accent is no six characters.</summary>
    internal static PublicationJson Stored { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) });
}
