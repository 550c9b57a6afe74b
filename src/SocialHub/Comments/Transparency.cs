using System.Globalization;
using System.Text.Json;
using Azure.Data.Tables;
using SocialHub.Configuration;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>The months of one site, the newest first.</summary>
/// <param name="Site">Its id in hub.json.</param>
/// <param name="Name">Its name.</param>
/// <param name="Months">The last of them may go on.</param>
public sealed record SiteFigures(string Site, string Name, IReadOnlyList<MonthFigures> Months);

/// <summary>
/// What the authority tells the public of its moderation, month by month, counted from the short log by time. A month that is over is counted once and
/// stored (row <c>y.</c>); the present one is remembered for some minutes. So a request costs at most one range of stored months, however long the log is.
/// </summary>
public sealed class Transparency(CommentStore store, HubConfigurationSource configuration, TimeProvider timeProvider) : IDisposable
{
    /// <summary>How many months are told, the present one included.</summary>
    public const int Months = 13;

    private const string Format = "yyyy-MM";
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    // An instance whose clock goes behind still writes into the month that is over.
    private static readonly TimeSpan Settled = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim _one = new(1);
    private (HubConfiguration Hub, long At, IReadOnlyList<SiteFigures> Figures)? _known;

    /// <summary>All sites of hub.json.</summary>
    public async Task<IReadOnlyList<SiteFigures>> ReadAsync(CancellationToken cancellationToken)
    {
        var hub = await configuration.CurrentAsync(cancellationToken).ConfigureAwait(false);
        // Many who ask at once are one counting.
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_known is { } known && ReferenceEquals(known.Hub, hub) && timeProvider.GetElapsedTime(known.At) < Fresh)
                return known.Figures;
            var at = timeProvider.GetTimestamp();
            var figures = new List<SiteFigures>();
            foreach (var (site, settings) in hub.Sites.OrderBy(site => site.Key, StringComparer.Ordinal))
                figures.Add(new SiteFigures(site, settings.Name, await OfAsync(site, TimeZoneInfo.FindSystemTimeZoneById(hub.Authority.TimeZone), cancellationToken).ConfigureAwait(false)));
            _known = (hub, at, figures);
            return figures;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<IReadOnlyList<MonthFigures>> OfAsync(string site, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        var present = FirstOf(TimeZoneInfo.ConvertTime(now, zone).Date);
        if (await FirstAsync(site, cancellationToken).ConfigureAwait(false) is not { } began)
            return [];
        var first = FirstOf(TimeZoneInfo.ConvertTime(began, zone).Date);
        var oldest = present.AddMonths(1 - Months);
        first = first < oldest ? oldest : first;
        var stored = await store.RangeAsync(site, Keys.MonthsFrom(Name(first)), cancellationToken)
            .Select(row => JsonSerializer.Deserialize(row.GetString("Figures") ?? "null", MonthFiguresJson.Default.MonthFigures)).OfType<MonthFigures>()
            .ToDictionaryAsync(month => month.Month, StringComparer.Ordinal, cancellationToken).ConfigureAwait(false);
        var months = new List<MonthFigures>();
        for (var month = present; month >= first; month = month.AddMonths(-1))
        {
            var name = Name(month);
            // Of a month that an older version of the hub stored, what it did not count is added; what was told stays told.
            if (stored.TryGetValue(name, out var known) && known is { DecidedByPeople: not null, Expired: not null })
            {
                months.Add(known);
                continue;
            }

            var (from, to) = (Start(month, zone), Start(month.AddMonths(1), zone));
            var counted = await CountAsync(site, name, from, to, cancellationToken).ConfigureAwait(false);
            if (known is not null)
            {
                var people = known.DecidedByPeople is null ? counted : known;
                counted = known with
                {
                    DecidedByPeople = people.DecidedByPeople,
                    PeopleMedianMinutes = people.PeopleMedianMinutes,
                    PeopleP90Minutes = people.PeopleP90Minutes,
                    Expired = counted.Expired,
                    ReportsDecided = counted.ReportsDecided,
                    ReportMedianMinutes = counted.ReportMedianMinutes,
                    ReportP90Minutes = counted.ReportP90Minutes,
                };
            }

            // Two instances count the same, so either may store it.
            if (to + Settled <= now)
                await store.Table.UpsertEntityAsync(new TableEntity(site, Keys.Month(name)) { ["Figures"] = JsonSerializer.Serialize(counted, MonthFiguresJson.Default.MonthFigures) }, TableUpdateMode.Replace, cancellationToken).ConfigureAwait(false);
            months.Add(counted);
        }

        return months;
    }

    private async Task<MonthFigures> CountAsync(string site, string name, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var count = new MonthCount();
        var filter = DueWork.Range(site, Keys.MomentsUntil(from), Keys.MomentsUntil(to));
        await foreach (var entity in store.Table.QueryAsync<TableEntity>(filter, select: Moment.Properties, cancellationToken: cancellationToken).ConfigureAwait(false))
            count.Add(new Moment(entity));
        return count.ToFigures(name);
    }

    // Before its first comment a site has no months to tell of.
    private async Task<DateTimeOffset?> FirstAsync(string site, CancellationToken cancellationToken)
    {
        var (from, before) = Keys.AllMoments;
        var first = await store.Table.QueryAsync<TableEntity>(DueWork.Range(site, from, before), 1, ["RowKey"], cancellationToken).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        return first is null ? null : Keys.ParseUtc(first.RowKey.Split('.')[1]);
    }

    private static DateTime FirstOf(DateTime day) => new(day.Year, day.Month, 1, 0, 0, 0, DateTimeKind.Unspecified);

    private static DateTimeOffset Start(DateTime month, TimeZoneInfo zone) => new(month, zone.GetUtcOffset(month));

    private static string Name(DateTime month) => month.ToString(Format, CultureInfo.InvariantCulture);
}
