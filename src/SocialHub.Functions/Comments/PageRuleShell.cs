using Microsoft.AspNetCore.Http;
using SocialHub.Access;
using SocialHub.Comments;
using SocialHub.Comments.Pages;
using SocialHub.Configuration;
using SocialHub.Configuration.Settings;
using SocialHub.Functions.Http;
using SocialHub.Storage;

namespace SocialHub.Functions.Comments;

/// <summary>Between HTTP and what the team settles for one page: what holds there, where that comes from, and what is to hold instead.</summary>
public sealed class PageRuleShell(HubConfigurationSource configuration, Authoriser authoriser, CommentStore store, CommentThreads threads, SettingsStore settings, TimeProvider time)
{
    // Newest first: who has settled something of it.
    private const int MostChanges = 20;

    private static readonly string[] Changes = ["closed", "closes", "held", "policy", "released", "reopened"];

    /// <summary>What holds for a page now; nothing is opened or written by looking.</summary>
    internal async Task<IResult> ViewAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var allowed = await AllowedAsync(request, cancellationToken);
        if (allowed.Problem is { } problem)
            return Problems.Of(problem);
        var (hub, _) = allowed.Value;
        var asked = Place(hub, CommentShell.One(request.Query["site"]), CommentShell.One(request.Query["page"]));
        if (asked.Problem is { } wrong)
            return Problems.Of(PageRuleWords.Told(wrong, hub));
        var (site, page) = asked.Value;
        var body = await BodyAsync(hub, site, page, cancellationToken);
        return JsonAnswer.Of(body, ModerationWire.Default.PageRule, 200, body.Revision?.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>Closes, opens, holds or releases a page, or sets who reads first there.</summary>
    internal async Task<IResult> GovernAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var allowed = await AllowedAsync(request, cancellationToken);
        if (allowed.Problem is { } problem)
            return Problems.Of(problem);
        var (hub, caller) = allowed.Value;
        var body = await RequestBody.JsonAsync(request, ModerationWire.Default.ThreadRuleBody, cancellationToken);
        if (body.Problem is { } unreadable)
            return Problems.Of(unreadable);
        if (body.Value.Site is not { } site || !hub.Sites.TryGetValue(site, out var own))
            return Problems.Of(PageRuleWords.Told(NoSuchSite, hub));
        var page = PageAddress.Canonical(body.Value.Page, own);
        if (page.Problem is { } wrong)
            return Problems.Of(PageRuleWords.Told(wrong, hub));
        var isOfSite = body.Value.Policy == CommentThreads.AsSite;
        CommentPolicy? policy = PolicyWords.Read(body.Value.Policy);
        if (body.Value.Policy is not null && policy is null && !isOfSite)
            return Problems.Of(PageRuleWords.Told(new Problem(ProblemKind.Unprocessable, "policy-invalid", $"policy is a-priori, a-posteriori or first-then-trusted, or {CommentThreads.AsSite} for that of its site."), hub));
        var by = ModerationShell.By(caller, body.Value.By);
        if (by.Problem is { } nobody)
            return Problems.Of(nobody);
        var order = new ThreadOrder(body.Value.Closed, policy, body.Value.Held, body.Value.Until, body.Value.Closes, body.Value.RejectAtOnce) { IsPolicyOfSite = isOfSite };
        var thread = await threads.GovernAsync(site, page.Value, order, IfMatch.Of(request), by.Value, cancellationToken);
        return thread.Problem is { } refused
            ? Problems.Of(PageRuleWords.Told(refused, hub))
            : JsonAnswer.Of(RuleOf(thread.Value), ModerationWire.Default.ThreadRule, 200, thread.Value.Tag);
    }

    private static Problem NoSuchSite { get; } = new(ProblemKind.NotFound, "no-such-site", "This hub has no site of that name.");

    private static ThreadRule RuleOf(ThreadRow thread) =>
        new(thread.Page, thread.Closed, thread.Policy is { } set ? PolicyWords.Of(set) : null, thread.Count, thread.Seq, thread.HeldUntil, thread.Closed ? null : thread.Closes, thread.RejectAtOnce);

    // Whoever pastes an address need not know which of the sites it is of.
    private static Answer<(string Site, string Page)> Place(HubConfiguration hub, string? site, string? page)
    {
        if (site is not null && !hub.Sites.ContainsKey(site))
            return NoSuchSite;
        Problem? wrong = null;
        foreach (var (id, own) in hub.Sites.Where(one => site is null || one.Key == site).OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            var canonical = PageAddress.Canonical(page?.Trim(), own);
            if (canonical.Succeeded)
                return (id, canonical.Value);
            wrong ??= canonical.Problem;
        }

        return wrong ?? NoSuchSite;
    }

    private async Task<PageRule> BodyAsync(HubConfiguration hub, string site, string page, CancellationToken cancellationToken)
    {
        var own = hub.Sites[site];
        ThreadRow? thread = null;
        // A page that moved goes on with what was settled under its earlier addresses, until something is settled anew.
        foreach (var key in PageAddress.KeysOf(page, own))
            thread ??= await store.FindThreadAsync(site, key, cancellationToken);
        var steps = thread is null ? [] : await store.ThreadHistoryAsync(site, thread.PageKey, cancellationToken).Where(row => Changes.Contains(row.What, StringComparer.Ordinal)).ToListAsync(cancellationToken);
        var team = await settings.CurrentAsync(cancellationToken);
        var now = time.GetUtcNow();
        var language = hub.Authority.Language;
        var policy = thread?.Policy ?? own.Policy;
        var isClosed = thread is { Closed: true } || thread?.Closes <= now;
        var shown = new PublicThread(page, thread?.Title ?? page, 0, !isClosed, thread?.Closes, policy, []);
        var freeze = isClosed ? null : team.Freeze.OfComments(site, now);
        var morning = team.Duty.NextWorkingMorning(now);
        return new PageRule(
            site,
            own.Name,
            page,
            thread?.Title ?? page,
            thread?.PageKey,
            thread is not null && thread.PageKey == Keys.Page(page) ? thread.Seq : null,
            thread?.Count ?? 0,
            isClosed,
            isClosed ? null : thread?.Closes,
            isClosed ? null : thread?.HeldUntil,
            PolicyWords.Of(policy),
            thread?.RejectAtOnce ?? own.RejectAtOnce,
            new PageRuleOrigins(
                thread?.Policy is not null,
                thread?.RejectAtOnce is not null,
                // Opened again, a page has no end but the one that somebody gives it.
                steps.Exists(step => step.What is "closes" or "reopened")),
            new SiteRule(PolicyWords.Of(own.Policy), own.RejectAtOnce, own.CloseAfterDays, own.TrustDays),
            freeze is null ? null : new PageFreeze(freeze.IsClosed, freeze.Until, freeze.Reason),
            isClosed ? WidgetWords.All["closed"].In(language) : WidgetWords.Notice(shown with { HeldUntil = thread?.HeldUntil, Freeze = freeze }, hub)?.In(language),
            morning,
            WidgetWords.Notice(shown with { HeldUntil = morning }, hub)!.In(language),
            WidgetWords.All["closed"].In(language),
            [.. steps.AsEnumerable().Reverse().Take(MostChanges).Select(step => new PageChange(step.What, step.At, step.Who, Actor.IsDeclared(step.WhoId) ? true : null))]);
    }

    private async Task<Answer<(HubConfiguration Hub, Caller Caller)>> AllowedAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var caller = await authoriser.RequireAsync(RequestCredentials.Of(request), Role.Moderator, cancellationToken);
        if (caller.Problem is { } problem)
            return problem;
        var usable = await configuration.UsableAsync(cancellationToken);
        return usable.Problem is { } unusable ? unusable : (usable.Value, caller.Value);
    }
}
