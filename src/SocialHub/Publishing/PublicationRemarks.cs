using SocialHub.Configuration;
using SocialHub.Moderation;

namespace SocialHub.Publishing;

/// <summary>What the moderation rules see in a publication that has not left, beside it wherever an editor looks at it.</summary>
public sealed class PublicationRemarks(OwnTexts own, ReadTeam readTeam)
{
    /// <summary>The same with its warnings.</summary>
    public async Task<PublicationView> WithAsync(PublicationView view, CancellationToken cancellationToken) =>
        await WithAsync(view, (await readTeam(cancellationToken)).Configuration, cancellationToken);

    /// <summary>The same with those of each.</summary>
    public async Task<PublicationList> WithAsync(PublicationList list, CancellationToken cancellationToken)
    {
        var hub = (await readTeam(cancellationToken)).Configuration;
        var items = new List<PublicationView>(list.Items.Count);
        foreach (var view in list.Items)
            items.Add(await WithAsync(view, hub, cancellationToken));
        return list with { Items = items };
    }

    /// <summary>Reasons in words, each once; null: none.</summary>
    internal async Task<IReadOnlyList<string>?> OfAsync(string? title, string text, HubConfiguration hub, CancellationToken cancellationToken) =>
        OwnTexts.Reasons(await own.FindAsync(title is { Length: > 0 } ? $"{title}\n{text}" : text, hub, cancellationToken));

    private async Task<PublicationView> WithAsync(PublicationView view, HubConfiguration hub, CancellationToken cancellationToken) =>
        view.State == PublicationView.Word(PublicationState.Planned) && await OfAsync(view.Title, view.Text, hub, cancellationToken) is { } warnings ? view with { Warnings = warnings } : view;
}
