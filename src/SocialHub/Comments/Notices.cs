using System.Globalization;
using Azure.Data.Tables;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>A notice of a reader (article 16 of the Digital Services Act), and what became of it.</summary>
/// <param name="Site">Its site.</param>
/// <param name="Comment">What it is about.</param>
/// <param name="Url">The exact place, as its receipt told; null: by a version of the hub that did not keep it.</param>
/// <param name="At">When it arrived.</param>
/// <param name="Notice">What was said, and by whom.</param>
/// <param name="Outcome"><c>kept</c> or <c>removed</c> by the decision about it that was not taken back, <c>withdrawn</c> by the comment's author; null: it waits. What an objection made of a removal stands in <see cref="Statements"/>.</param>
/// <param name="OutcomeAt">When.</param>
public sealed record GivenNotice(string Site, string Comment, string? Url, DateTimeOffset At, ReaderNotice Notice, string? Outcome, DateTimeOffset? OutcomeAt);

/// <summary>All notices of a period, for whoever has to account for them: as long as the comments that they are about are kept.</summary>
public sealed class Notices(CommentStore store, TimeProvider timeProvider)
{
    // Of the log of a site's exports.
    internal const string Exports = "exports";

    /// <summary>
    /// Those of one site, oldest first, for somebody who is shown who reported: that they take them is written into the site's log of exports, and nobody gets
    /// any before that is written.
    /// </summary>
    /// <param name="site">Its site.</param>
    /// <param name="from">First moment.</param>
    /// <param name="to">The moment behind the last.</param>
    /// <param name="by">Who takes them.</param>
    /// <param name="cancellationToken">Ends it before the note.</param>
    public async Task<IReadOnlyList<GivenNotice>> TakeAsync(string site, DateTimeOffset from, DateTimeOffset to, Actor by, CancellationToken cancellationToken)
    {
        var period = string.Create(CultureInfo.InvariantCulture, $"{from:yyyy-MM-dd}/{to.AddDays(-1):yyyy-MM-dd}");
        while (true)
        {
            var noted = await store.EntityAsync(site, Keys.Exports, cancellationToken).ConfigureAwait(false);
            var row = new ExportsRow(noted ?? new TableEntity(site, Keys.Exports));
            // A version of the hub that notes no number may have logged some since.
            var last = await store.KeysAsync(site, Keys.LogFrom(Exports, row.Seq), cancellationToken).LastOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            row.Seq = last is not null ? int.Parse(last[(last.LastIndexOf('.') + 1)..], CultureInfo.InvariantCulture) + 1 : noted is null ? 0 : row.Seq + 1;
            var log = LogRow.New(site, Exports, row.Seq, timeProvider.GetUtcNow(), "notices-exported", "Exported", by.Name, by.Id, period);
            var transition = new Transition(store.Table, log, timeProvider);
            if (await (noted is null ? transition.Add(row) : transition.Replace(row)).CommitAsync(cancellationToken).ConfigureAwait(false) == Commit.Applied)
                break;
            await store.JitterAsync(cancellationToken).ConfigureAwait(false);
        }

        return await OfAsync(site, from, to, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Those of one site, oldest first.</summary>
    /// <param name="site">Its site.</param>
    /// <param name="from">First moment.</param>
    /// <param name="to">The moment behind the last.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<GivenNotice>> OfAsync(string site, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var rows = new List<(string Comment, NoticeRow Row)>();
        // r.{comment}.{round}.{reporter}
        await foreach (var entity in store.RangeAsync(site, Keys.AllReports, cancellationToken).ConfigureAwait(false))
        {
            var row = new NoticeRow(entity);
            if (row.At >= from && row.At < to)
                rows.Add((entity.RowKey.Split('.')[1], row));
        }

        var given = new List<GivenNotice>();
        foreach (var of in rows.GroupBy(row => row.Comment, StringComparer.Ordinal))
        {
            var history = CommentId.TryParse(of.Key, out var id) ? await store.HistoryAsync(site, id, cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false) : [];
            foreach (var (comment, row) in of)
            {
                var (outcome, at) = OutcomeOf(history, row);
                given.Add(new GivenNotice(site, comment, row.Url, row.At!.Value, new ReaderNotice(row.Reason, row.Email) { Kind = row.Kind, Name = row.Name, GoodFaith = row.GoodFaith }, outcome, at));
            }
        }

        return [.. given.OrderBy(one => one.At)];
    }

    private sealed class ExportsRow(TableEntity entity) : Row(entity)
    {
        public int Seq
        {
            get => Number("Seq");
            set => Set("Seq", value);
        }
    }

    // The first decision after it answers it; taken back, the next one does, which is about the round that follows.
    private static (string? Outcome, DateTimeOffset? At) OutcomeOf(IReadOnlyList<LogRow> history, NoticeRow notice)
    {
        LogRow? decided = null;
        foreach (var step in history.Where(step => step.At >= notice.At && step.Round >= (notice.Round ?? 0)))
        {
            if (step.What == "reopened" && decided?.Round == step.Round - 1)
                decided = null;
            else if (decided is null && step.What is ("kept" or "published" or "rejected" or "withdrawn"))
                decided = step;
        }

        return decided is null ? (null, null) : (decided.What switch { "rejected" => "removed", "withdrawn" => "withdrawn", _ => "kept" }, decided.At);
    }
}
