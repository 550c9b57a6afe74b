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
    /// <param name="title">Of what is announced; null or empty: none.</param>
    /// <param name="text">What is sent.</param>
    /// <param name="alternatives">What its pictures are said to show: it is sent, too.</param>
    /// <param name="hub">hub.json with the team's settings.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal async Task<IReadOnlyList<string>?> OfAsync(string? title, string text, IEnumerable<string> alternatives, HubConfiguration hub, CancellationToken cancellationToken) =>
        OwnTexts.Reasons(await FindAsync(title, text, alternatives, hub, cancellationToken));

    /// <summary>The reasons of those alone that it does not leave with before a person says so; null: none.</summary>
    /// <param name="title">As above.</param>
    /// <param name="text">As above.</param>
    /// <param name="alternatives">As above.</param>
    /// <param name="hub">As above.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal async Task<IReadOnlyList<string>?> GraveAsync(string? title, string text, IEnumerable<string> alternatives, HubConfiguration hub, CancellationToken cancellationToken) =>
        OwnTexts.Reasons([.. (await FindAsync(title, text, alternatives, hub, cancellationToken)).Where(OwnTexts.IsGrave)]);

    /// <summary>The same of one as an editor sees it.</summary>
    /// <param name="view">It.</param>
    /// <param name="hub">As above.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal Task<IReadOnlyList<string>?> GraveAsync(PublicationView view, HubConfiguration hub, CancellationToken cancellationToken) =>
        GraveAsync(view.Title, view.Text, Alternatives(view), hub, cancellationToken);

    /// <summary>Why a person is asked about what nobody has written by hand: one of <see cref="AskReason"/>; null: as far as the rules know it may leave.</summary>
    /// <param name="title">As above.</param>
    /// <param name="text">As above.</param>
    /// <param name="alternatives">As above.</param>
    /// <param name="hub">As above.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal async Task<string?> WhyAskAsync(string? title, string text, IEnumerable<string> alternatives, HubConfiguration hub, CancellationToken cancellationToken)
    {
        var findings = await FindAsync(title, text, alternatives, hub, cancellationToken);
        return findings.Any(OwnTexts.IsGrave) ? AskReason.Remarks : findings.Any(OwnTexts.IsUnchecked) ? AskReason.Unchecked : null;
    }

    private Task<IReadOnlyList<Finding>> FindAsync(string? title, string text, IEnumerable<string> alternatives, HubConfiguration hub, CancellationToken cancellationToken) =>
        own.FindAsync(string.Join("\n\n", alternatives.Prepend(title is { Length: > 0 } ? $"{title}\n{text}" : text).Where(part => part.Length > 0)), hub, cancellationToken);

    private async Task<PublicationView> WithAsync(PublicationView view, HubConfiguration hub, CancellationToken cancellationToken) =>
        view.State == PublicationView.Word(PublicationState.Planned) && await OfAsync(view.Title, view.Text, Alternatives(view), hub, cancellationToken) is { } warnings ? view with { Warnings = warnings } : view;

    private static IEnumerable<string> Alternatives(PublicationView view) => view.Pictures is { Count: > 0 } chosen ? chosen.Select(picture => picture.Alt) : view.Illustration is { } own ? [own.Alt] : [];
}
