using SocialHub.Configuration;
using SocialHub.Connections;

namespace SocialHub.Comments.Pages;

/// <summary>What was seen of a page.</summary>
/// <param name="Title">Its title; null when none was seen.</param>
/// <param name="Unseen">Why it could not be looked at, a word for the log; null when it was, or when hub.json lists it.</param>
public sealed record PageLook(string? Title, string? Unseen);

/// <summary>
/// Looks once at a page before its first comment: threads open only where the site wants them, not at every address that somebody invents.
/// </summary>
public sealed class PageOpening(HubHttp http, HubConfigurationSource configuration)
{
    /// <summary>The element that a page carries where it takes comments.</summary>
    public const string Element = "comment-thread";

    /// <summary>Or this in its head: <c>&lt;meta name="socialhub" content="comments"&gt;</c>.</summary>
    public const string Meta = "socialhub";

    /// <summary>Looks at a canonical page.</summary>
    /// <returns>404 when the page is not there (404, 410) or takes no comments.</returns>
    public async Task<Answer<PageLook>> LookAsync(string site, string page, CancellationToken cancellationToken)
    {
        var hub = await configuration.CurrentAsync(cancellationToken).ConfigureAwait(false);
        if (!hub.Sites.TryGetValue(site, out var settings))
            return new Problem(ProblemKind.NotFound, "no-such-site", "This hub has no site of that name.");
        var address = new Uri(page);
        var isListed = PageAddress.Matches(address.AbsolutePath, settings.OpenPaths);
        var fetched = await http.GetAsync(address, FetchLimits.Page, cancellationToken).ConfigureAwait(false);
        if (fetched.Status is 404 or 410)
            return new Problem(ProblemKind.NotFound, "page-gone", "The site says that this page is not there.");
        // Larger than the limit is no failure here: the element may stand in what fitted, and a head is at the front.
        if (fetched.Failure is not null and not FetchFailure.TooLarge)
            return new PageLook(null, isListed ? null : Word(fetched));
        // Redirected to a stranger: what was seen is not the site's page.
        if (!settings.Origins.Contains(WebAddresses.Origin(fetched.Address) ?? "", StringComparer.OrdinalIgnoreCase))
            return new PageLook(null, isListed ? null : "redirected-elsewhere");
        var marks = PageMarks.Read(PageMarks.Decode(fetched.Bytes.Span));
        if (isListed || marks.Takes)
            return new PageLook(marks.Title, null);
        return fetched.Failure is FetchFailure.TooLarge
            ? new PageLook(marks.Title, "too-large")
            : new Problem(ProblemKind.NotFound, "page-not-open", "This page takes no comments: it carries no <comment-thread> element, and hub.json does not list its path.");
    }

    private static string Word(Fetched fetched) => fetched.Failure switch
    {
        FetchFailure.Status => $"status-{fetched.Status.ToString(System.Globalization.CultureInfo.InvariantCulture)}",
        FetchFailure.TimedOut => "timed-out",
        FetchFailure.RefusedAddress => "address-refused",
        _ => "unreachable",
    };
}
