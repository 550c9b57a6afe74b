using System.Text.Json;
using Azure.Data.Tables;
using SocialHub.Connections;
using SocialHub.Storage;

namespace SocialHub.Publishing;

/// <summary>Row <c>p.{publicationId}</c>: one article, or one hand-written text, on one account.</summary>
public sealed class PublicationRow(TableEntity entity) : Row(entity)
{
    public string Id => Key[2..];

    public string Account => Text("Account") ?? "";

    public string Network => Text("Network") ?? "";

    /// <summary>The article it announces; null: written by hand.</summary>
    public string? Article => Text("Article");

    /// <summary>The look that found its article.</summary>
    public string? Look => Text("Look");

    public PublicationState State
    {
        get => Choice("State", PublicationState.Planned);
        set => Set("State", value);
    }

    /// <summary>Number of its last log row.</summary>
    public int Seq
    {
        get => Number("Seq");
        set => Set("Seq", value);
    }

    /// <summary>Counts changes of what a person sees: text and approval. What If-Match compares.</summary>
    public int Revision
    {
        get => Number("Revision");
        set => Set("Revision", value);
    }

    public DateTimeOffset PlannedAt => Time("PlannedAt") ?? default;

    /// <summary>Where it stands in the calendar: its planned time, then the time it was sent.</summary>
    public DateTimeOffset At
    {
        get => Time("At") ?? PlannedAt;
        set => Set("At", value);
    }

    /// <summary>Not before.</summary>
    public DateTimeOffset NotBefore
    {
        get => Time("NotBefore") ?? PlannedAt;
        set => Set("NotBefore", value);
    }

    /// <summary>Nothing leaves after this.</summary>
    public DateTimeOffset PublishBy
    {
        get => Time("PublishBy") ?? default;
        set => Set("PublishBy", value);
    }

    public Approval Approval
    {
        get => Choice("Approval", Approval.NotNeeded);
        set => Set("Approval", value);
    }

    /// <summary>Why a person is asked, one of <see cref="AskReason"/>; null: nobody is, or it was planned before this was written down.</summary>
    public string? AskedFor
    {
        get => Text("AskedFor");
        set => Set("AskedFor", value);
    }

    /// <summary>Its due row makes the card that asks for approval, one for its whole look.</summary>
    public bool OwesCard
    {
        get => Flag("OwesCard");
        set => Set("OwesCard", value);
    }

    /// <summary>What is posted, links in full.</summary>
    public string Body
    {
        get => Text("Body") ?? "";
        set => Set("Body", value);
    }

    /// <summary>The tracked link; a template may leave it to the link card alone. Null: it has none.</summary>
    public string? Link
    {
        get => Text("Link");
        set => Set("Link", value);
    }

    /// <summary>The page it is about; null: it has none of its own.</summary>
    public string? Page
    {
        get => Text("Page");
        set => Set("Page", value);
    }

    public string Title
    {
        get => Text("Title") ?? "";
        set => Set("Title", value);
    }

    public string Description
    {
        get => Text("Description") ?? "";
        set => Set("Description", value);
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

    /// <summary>Pictures that a person chose; they go instead of an article's own, and the text does not go without them.</summary>
    public IReadOnlyList<ChosenPicture> Pictures
    {
        get => Text(nameof(Pictures)) is { } json ? JsonSerializer.Deserialize(json, PublicationJson.Stored.ChosenPictures) ?? [] : [];
        set => Set(nameof(Pictures), value.Count == 0 ? null : JsonSerializer.Serialize([.. value], PublicationJson.Stored.ChosenPictures));
    }

    /// <summary>A person wrote the text: it is not composed again.</summary>
    public bool IsByHand
    {
        get => Flag("IsByHand");
        set => Set("IsByHand", value);
    }

    public string Language => Text("Language") ?? "fr";

    /// <summary>The key under which the network knows a repeat.</summary>
    public string NetworkKey => Text("NetworkKey") ?? "";

    /// <summary>The request as it left, byte for byte.</summary>
    public byte[]? Frozen
    {
        get => Entity.GetBinary("Frozen");
        set => Set("Frozen", value);
    }

    public string? FrozenPath
    {
        get => Text("FrozenPath");
        set => Set("FrozenPath", value);
    }

    /// <summary>Names the one attempt whose worker may POST.</summary>
    public string? Attempt
    {
        get => Text("Attempt");
        set => Set("Attempt", value);
    }

    public int Attempts
    {
        get => Number("Attempts");
        set => Set("Attempts", value);
    }

    public DateTimeOffset? FirstSentAt
    {
        get => Time("FirstSentAt");
        set => Set("FirstSentAt", value);
    }

    public DateTimeOffset? LeaseUntil
    {
        get => Time("LeaseUntil");
        set => Set("LeaseUntil", value);
    }

    /// <summary>A person said "send again" of an uncertain one.</summary>
    public bool SendAgain
    {
        get => Flag("SendAgain");
        set => Set("SendAgain", value);
    }

    /// <summary>How often its preparation could not be done and was put off.</summary>
    public int PutOff
    {
        get => Number("PutOff");
        set => Set("PutOff", value);
    }

    /// <summary>Since when every look at its article's page was answered 404; null: the last one was not.</summary>
    public DateTimeOffset? MissingSince
    {
        get => Time("MissingSince");
        set => Set("MissingSince", value);
    }

    /// <summary>How often its picture was the reason for that.</summary>
    public int PictureWaits
    {
        get => Number("PictureWaits");
        set => Set("PictureWaits", value);
    }

    /// <summary>How often in a row a look for it, or a card about it, came to nothing: the waits grow with it.</summary>
    public int InVain
    {
        get => Number("InVain");
        set => Set("InVain", value);
    }

    /// <summary>Its picture could not be had: it goes without.</summary>
    public bool WithoutPicture
    {
        get => Flag("WithoutPicture");
        set => Set("WithoutPicture", value);
    }

    /// <summary>What a dry run would have sent.</summary>
    public string? Shown
    {
        get => Text("Shown");
        set => Set("Shown", value);
    }

    public string? Url
    {
        get => Text("Url");
        set => SetWhole("Url", value);
    }

    public string? NativeId
    {
        get => Text("NativeId");
        set => SetWhole("NativeId", value);
    }

    /// <summary>Why it waits, failed or ended, in words, at most 1,000 characters.</summary>
    public string? Why
    {
        get => Text("Why");
        set => SetWords("Why", value);
    }

    /// <summary>The word of the log by which it came to its final state; null: it has none, or had it before this was written down.</summary>
    public string? Ended
    {
        get => Text("Ended");
        set => Set("Ended", value);
    }

    /// <summary>When it came to its final state.</summary>
    public DateTimeOffset? EndedAt
    {
        get => Time("EndedAt");
        set => Set("EndedAt", value);
    }

    /// <summary>Deleted on the network by a person.</summary>
    public bool IsDeleted
    {
        get => Flag("IsDeleted");
        set => Set("IsDeleted", value);
    }

    /// <summary>Key of its due row; null: none.</summary>
    public string? DueKey
    {
        get => Text("DueKey");
        set => Set("DueKey", value);
    }

    public string? By => Text("By");

    public bool IsFinal => State is PublicationState.Published or PublicationState.Failed or PublicationState.Cancelled or PublicationState.Expired;

    /// <summary>What of its text a network's post is known by; null: the whole text.</summary>
    public string? LinkMark => Link is { } link && Body.Contains(link, StringComparison.Ordinal) ? Composition.TrackedLink.MarkOf(Id) : null;

    public FrozenRequest? Request => Frozen is { } bytes && FrozenPath is { } path ? new FrozenRequest(path, bytes, NetworkKey) : null;

    /// <summary>A new one; <see cref="PublicationMove.Plan"/> gives its other rows.</summary>
    public static PublicationRow New(string id, string account, string network, string networkKey, DateTimeOffset plannedAt, DateTimeOffset publishBy, string language, string? article, string? look, string by) =>
        new(new TableEntity(Keys.PublishingPartition, Keys.Publication(id))
        {
            ["Account"] = account,
            ["Network"] = network,
            ["NetworkKey"] = networkKey,
            ["PlannedAt"] = plannedAt,
            ["At"] = plannedAt,
            ["NotBefore"] = plannedAt,
            ["PublishBy"] = publishBy,
            ["Language"] = language,
            ["Article"] = article,
            ["Look"] = look,
            ["By"] = by,
            ["State"] = nameof(PublicationState.Planned),
        });
}
