using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SocialHub.Access;
using SocialHub.Comments;
using SocialHub.Configuration;
using SocialHub.Functions.Http;
using SocialHub.Moderation;
using SocialHub.Storage;

namespace SocialHub.Functions.Comments;

/// <summary>Between HTTP and what the authority tells of its moderation.</summary>
public sealed class TransparencyShell(HubConfigurationSource configuration, Authoriser authoriser, Transparency transparency, Statements statements, Notices notices, PersonalDataMask mask)
{
    private const string Cache = "public, max-age=300";
    private const string Csv = "text/csv; charset=utf-8";

    internal async Task<IResult> FiguresAsync(string format, CancellationToken cancellationToken)
    {
        var hub = await configuration.UsableAsync(cancellationToken);
        if (hub.Problem is { } problem)
            return Problems.Of(problem);
        var sites = await transparency.ReadAsync(cancellationToken);
        if (format == "html")
            return new TransparencyPage(hub.Value, sites);
        var language = hub.Value.Authority.Language;
        var body = format == "csv"
            ? Table(sites)
            : JsonSerializer.SerializeToUtf8Bytes(new TransparencyBody(hub.Value.Authority.Name, language, RefusalReasons.All.ToDictionary(reason => reason.Code, reason => reason.Label.In(language), StringComparer.Ordinal), sites), TransparencyWire.Default.TransparencyBody);
        return new Representation(body, format == "csv" ? Csv : "application/json; charset=utf-8", Keys.Hash(body), Cache);
    }

    internal async Task<IResult> StatementsAsync(HttpRequest request, bool isCsv, CancellationToken cancellationToken)
    {
        var asked = await AskedAsync(request, cancellationToken);
        if (asked.Problem is { } problem)
            return Problems.Of(problem);
        var (hub, _, site, from, to) = asked.Value;
        var given = await statements.OfAsync(site, from, to, cancellationToken);
        var language = hub.Authority.Language;
        var list = new StatementList(site, from, to, [.. given.Select(one => Of(one, hub, language))]);
        if (!isCsv)
            return JsonAnswer.Of(list, TransparencyWire.Default.StatementList);
        var csv = new CsvText().Line("site", "comment", "decided", "decision", "ground", "reason", "label", "article", "version", "facts", "detected", "automated", "onNotice", "redress", "outcome", "outcomeAt");
        foreach (var row in list.Statements)
            csv.Line(row.Site, row.Comment, row.Decided, row.Decision, row.Ground, row.Reason, row.Label, row.Article, row.Version, string.Join(' ', row.Facts), row.Detected, row.Automated, row.OnNotice, row.Redress, row.Outcome, row.OutcomeAt);
        return Results.File(csv.ToBytes(), Csv, $"statements-{site}.csv");
    }

    internal async Task<IResult> NoticesAsync(HttpRequest request, bool isCsv, CancellationToken cancellationToken)
    {
        var asked = await AskedAsync(request, cancellationToken);
        if (asked.Problem is { } problem)
            return Problems.Of(problem);
        var (hub, caller, site, from, to) = asked.Value;
        // Whoever is shown who reported is written down first, as whoever asks for hidden data of a comment.
        var given = await (caller.IsWorkflow ? notices.OfAsync(site, from, to, cancellationToken) : notices.TakeAsync(site, from, to, new Actor(caller.Name, caller.Id), cancellationToken));
        var list = new NoticeList(site, from, to, [.. given.Select(one => Of(one, hub, !caller.IsWorkflow))]);
        if (!isCsv)
            return JsonAnswer.Of(list, TransparencyWire.Default.NoticeList);
        var csv = new CsvText().Line("site", "comment", "url", "received", "kind", "reason", "goodFaith", "name", "email", "outcome", "outcomeAt");
        foreach (var row in list.Notices)
            csv.Line(row.Site, row.Comment, row.Url, row.Received, row.Kind, row.Reason, row.GoodFaith, row.Name, row.Email, row.Outcome, row.OutcomeAt);
        return Results.File(csv.ToBytes(), Csv, $"notices-{site}.csv");
    }

    // What an export asks for, and who asks.
    private async Task<Answer<(HubConfiguration Hub, Caller Caller, string Site, DateTimeOffset From, DateTimeOffset To)>> AskedAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var caller = await authoriser.RequireAsync(RequestCredentials.Of(request), Role.Moderator, cancellationToken);
        if (caller.Problem is { } problem)
            return problem;
        var hub = await configuration.UsableAsync(cancellationToken);
        if (hub.Problem is { } unusable)
            return unusable;
        if (CommentShell.One(request.Query["site"]) is not { } site || !hub.Value.Sites.ContainsKey(site))
            return new Problem(ProblemKind.NotFound, "no-such-site", "This hub has no site of that name; send it as site.");
        var zone = TimeZoneInfo.FindSystemTimeZoneById(hub.Value.Authority.TimeZone);
        if (Day(request, "from", zone, 0) is not { } from || Day(request, "to", zone, 1) is not { } to || to <= from || to - from > Statements.LongestPeriod + TimeSpan.FromHours(1))
            return new Problem(ProblemKind.Invalid, "period-invalid", "from and to are the first and the last day of a period of at most 366 days, as in from=2026-01-01&to=2026-12-31.");
        return (hub.Value, caller.Value, site, from, to);
    }

    // A workflow puts what it reads into a channel: who reported is for people.
    private ExportedNotice Of(GivenNotice given, HubConfiguration hub, bool isNamed)
    {
        var notice = given.Notice;
        return new ExportedNotice(
            given.Site, given.Comment, given.Url, given.At, notice.Kind switch { NoticeKind.Illegal => "illegal", NoticeKind.ChildAbuse => "child-abuse", _ => "charter" }, mask.Of(notice.Reason, given.Site, hub), notice.GoodFaith,
            isNamed ? notice.Name : null, isNamed ? notice.Email : null, given.Outcome, given.OutcomeAt);
    }

    private static ExportedStatement Of(GivenStatement given, HubConfiguration hub, string language)
    {
        var statement = given.Statement;
        return new ExportedStatement(
            given.Site, given.Comment, statement.At, statement.Decision, statement.Ground, statement.Reason, statement.Label.In(language), statement.Cited?.Article, statement.Cited?.Version, statement.Classes,
            statement.Detected, statement.ByRules, statement.OnNotice, statement.Redress(hub.Authority.TimeZone, hub.Retention.RefusedDays).In(language), given.Outcome, given.OutcomeAt);
    }

    private static DateTimeOffset? Day(HttpRequest request, string name, TimeZoneInfo zone, int after)
    {
        if (!DateTime.TryParseExact(CommentShell.One(request.Query[name]), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || day.Year is < 2000 or > 3000)
            return null;
        day = day.AddDays(after);
        return new DateTimeOffset(day, zone.GetUtcOffset(day));
    }

    private static byte[] Table(IReadOnlyList<SiteFigures> sites)
    {
        var csv = new CsvText().Line(["site", "month", "received", "published", "refused", .. RefusalReasons.All.Select(reason => $"refused-{reason.Code}"), "refusedByRules", "refusedChanges", "withdrawn", "reports", "legalNotices", "objections", "reversed", "upheld", "byAnother", "decided", "medianMinutes", "p90Minutes", "decidedByPeople", "peopleMedianMinutes", "peopleP90Minutes", "expired", "reportsDecided", "reportMedianMinutes", "reportP90Minutes"]);
        foreach (var site in sites)
        {
            foreach (var month in site.Months)
            {
                csv.Line([site.Site, month.Month, month.Received, month.Published, month.Refused.Values.Sum(), .. RefusalReasons.All.Select(reason => (object)month.Refused.GetValueOrDefault(reason.Code)),
                    month.RefusedByRules, month.RefusedChanges, month.Withdrawn, month.Reports, month.LegalNotices, month.Objections, month.Reversed, month.Upheld, month.ByAnother, month.Decided, month.MedianMinutes, month.P90Minutes, month.DecidedByPeople, month.PeopleMedianMinutes, month.PeopleP90Minutes,
                    month.Expired, month.ReportsDecided, month.ReportMedianMinutes, month.ReportP90Minutes]);
            }
        }

        return csv.ToBytes();
    }
}
