using System.Globalization;
using Azure.Data.Tables;

namespace SocialHub.EndToEnd.Crashes.Invariants;

/// <summary>
/// Each state has the promises that it needs, of their kind and no others: what was received its verdict, what waits for a person its entry in the queue and
/// its card or reminder, what was withdrawn or erased its purge, an open thread with an end its closing, an author who is being erased that, a publication
/// that is not final its next step. Every due or queue row is one that a living owner names, in the queue of those who can keep it.
/// </summary>
public sealed class PromisesHaveOwners : Invariant
{
    private static readonly Dictionary<string, string> Queues = new(StringComparer.Ordinal)
    {
        ["verdict"] = "comment-verdict",
        ["card"] = "moderation-card",
        ["reminder"] = "moderation-card",
        ["erase-rest"] = "comment-upkeep",
        ["erase-author"] = "comment-upkeep",
        ["thread"] = "comment-upkeep",
        ["calm"] = "comment-upkeep",
        ["again"] = "comment-upkeep",
        ["reopen"] = "comment-upkeep",
        ["turned"] = "moderation-card",
        ["reopened"] = "moderation-card",
        ["mail"] = "mail-send",
        ["digest"] = "moderation-card",
        ["digest-mail"] = "mail-send",
        ["digest-rest"] = "moderation-card",
        ["digest-mail-rest"] = "mail-send",
        ["hear"] = "mail-send",
        ["notice"] = "mail-send",
        ["turned-mail"] = "mail-send",
        ["reopened-mail"] = "mail-send",
        ["send"] = "publication-send",
    };

    public override async Task CheckAsync(CrashRun run)
    {
        var comments = await StoredRows.AllAsync(run, "Comments");
        List<Promise> owned = [];
        foreach (var comment in Of(comments, "c."))
        {
            List<Promise> named = [.. (comment.GetString("Owned") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(key => new Promise(comment.PartitionKey, key))];
            // What an author and readers are still to hear is a matter of time.
            Assert.Equal(Needed(comment).Order(StringComparer.Ordinal), named.Select(promise => promise.Word).Where(word => !word.StartsWith("d hear ", StringComparison.Ordinal) && !word.StartsWith("d notice ", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
            Assert.All(named, promise => Assert.Equal(comment.RowKey[2..], promise.Owner));
            owned.AddRange(named);
        }

        foreach (var thread in Of(comments, "t."))
        {
            // A person may have closed it before its day; the clock's closing then finds it closed.
            if (thread.GetDateTimeOffset("Closes") is { } closes && thread.GetBoolean("Closed") is not true)
                Assert.Equal($"d.{closes.UtcDateTime.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture)}.thread.{thread.RowKey[2..]}.-", thread.GetString("DueKey"));
            if (thread.GetDateTimeOffset("Closes") is null)
                Assert.Null(thread.GetString("DueKey"));
            Own(thread, "thread");
            owned.AddRange(OfDebate(thread).Select(key => new Promise(thread.PartitionKey, key)));
        }

        // Whatever somebody has to look at is found by one range.
        Assert.Equal(Of(comments, "t.").Where(IsWatched).Select(thread => (thread.PartitionKey, "w." + thread.RowKey[2..])).Order(), Of(comments, "w.").Select(row => (row.PartitionKey, row.RowKey)).Order());

        foreach (var author in Of(comments, "a.").Where(row => row.RowKey.Split('.').Length == 2))
        {
            Assert.True(author.GetString("DueKey") is null || author.GetDateTimeOffset("ErasingSince") is not null, $"{author.RowKey} is erased without a wish.");
            // Once the promise is kept, nothing of the author's is left to be kept.
            if (author.GetDateTimeOffset("ErasingSince") is not null && author.GetString("DueKey") is null)
                Assert.DoesNotContain(comments, row => row.PartitionKey == author.PartitionKey && row.RowKey.StartsWith(author.RowKey + ".", StringComparison.Ordinal));
            Own(author, "erase-author");
        }

        foreach (var digest in Of(comments, "g."))
            owned.AddRange((digest.GetString("Owned") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(key => new Promise(digest.PartitionKey, key)));
        AreThose(owned, comments);
        owned.Clear();
        var publishing = await StoredRows.AllAsync(run, "Publishing");
        foreach (var publication in Of(publishing, "p."))
        {
            var state = publication.GetString("State");
            Assert.True(state is "Published" or "Failed" or "Cancelled" or "Expired" == publication.GetString("DueKey") is null, $"{publication.RowKey} is {state} and due {publication.GetString("DueKey") ?? "never"}.");
            Own(publication, "send");
            // What is planned must not be forgotten beyond the time in which it may leave; what may have left, not beyond that either.
            if (state is "Planned" or "Sending")
                Assert.True(owned[^1].Due <= publication.GetDateTimeOffset("PublishBy") || owned[^1].Due <= publication.GetDateTimeOffset("LeaseUntil"), $"{publication.RowKey} is {state} until {publication.GetDateTimeOffset("PublishBy")} and due {owned[^1].Due}.");
        }

        AreThose(owned, publishing);
        var sending = Of(publishing, "p.").Where(row => row.GetString("State") == "Sending").Select(row => (row.GetString("Account"), row.RowKey[2..])).ToHashSet();
        Assert.All(Of(publishing, "n."), account => Assert.True(account.GetString("InFlight") is not { } id || sending.Contains((account.RowKey[2..], id)), $"{account.RowKey} waits for {account.GetString("InFlight")}."));
        Assert.All(sending, one => Assert.Equal(one.Item2, Of(publishing, "n.").Single(account => account.RowKey[2..] == one.Item1).GetString("InFlight")));

        void Own(TableEntity owner, string kind)
        {
            if (owner.GetString("DueKey") is not { } key)
                return;
            var promise = new Promise(owner.PartitionKey, key);
            Assert.Equal(($"d {kind} -", owner.RowKey[2..]), (promise.Word, promise.Owner));
            owned.Add(promise);
        }
    }

    private static bool IsWatched(TableEntity thread) =>
        thread.GetDateTimeOffset("HeldUntil") is not null || (thread.GetString("Heat") is not null && thread.GetString("TurnChoice") is null);

    /// <summary>What a thread promises of its debate, which must be what its state needs: one that is held its reopening, one that turned its calming down.</summary>
    private static List<string> OfDebate(TableEntity thread)
    {
        var isHeld = thread.GetDateTimeOffset("HeldUntil") is not null;
        var named = (thread.GetString("Owned") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(IsWatched(thread), named.Contains("w." + thread.RowKey[2..], StringComparer.Ordinal));
        List<string> due = [.. named.Where(key => key.StartsWith("d.", StringComparison.Ordinal))];
        string[] needed = isHeld ? ["reopen"] : thread.GetString("Heat") is not null ? ["calm"] : [];
        // At rest every card is delivered. That an alarm which nobody answers rings again is a matter of time.
        Assert.Equal(needed, due.Select(key => key.Split('.')[2]).Where(kind => kind != "again"));
        Assert.All(due, key => Assert.Equal(thread.RowKey[2..], key.Split('.')[3]));
        return due;
    }

    /// <summary>What a comment has to promise in its state: letter, kind and subject.</summary>
    private static string[] Needed(TableEntity comment)
    {
        var named = (comment.GetString("Owned") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var proposal = comment.GetString("ProposalState") ?? "None";
        var state = comment.GetString("State");
        Assert.True(state == "Published" || (proposal is "None" or "Rejected" && (comment.GetInt32("Reports") ?? 0) == 0), $"{comment.RowKey} is {state}, with a proposal or reports.");
        Assert.True(proposal == "None" || state is not ("Withdrawn" or "Erased"), $"{comment.RowKey} is {state}, with a proposal.");
        Assert.True(state == "Held" || comment.GetBoolean("Objected") is not true, $"{comment.RowKey} is {state}, with an objection.");
        return state switch
        {
            "Received" => ["d verdict comment"],
            "Held" => Waiting(comment.GetBoolean("Objected") is true ? "objection" : "comment"),
            "Published" => [.. proposal switch { "Received" => ["d verdict proposal"], "Held" => Waiting("proposal"), _ => [] }, .. (comment.GetInt32("Reports") ?? 0) > 0 ? Waiting("report") : []],
            "Rejected" => [],
            // The purge is due at once: at rest it is done, and what it is about is gone.
            _ => comment.GetString("FingerprintKey") is null ? [] : ["d erase-rest comment"],
        };

        // One of the two, and which is a matter of time.
        string[] Waiting(string subject) => ["q - " + subject, named.Any(key => key.Contains(".card.", StringComparison.Ordinal) && key.EndsWith("." + subject, StringComparison.Ordinal)) ? "d card " + subject : "d reminder " + subject];
    }

    private static void AreThose(IEnumerable<Promise> owned, IReadOnlyList<TableEntity> rows)
    {
        var stored = Of(rows, "d.").Concat(Of(rows, "q.")).ToList();
        Assert.Equal(owned.Select(promise => (promise.Partition, promise.Key)).Order(), stored.Select(row => (row.PartitionKey, row.RowKey)).Order());
        foreach (var row in Of(stored, "d."))
            Assert.Equal(Queues[row.RowKey.Split('.')[2]], row.GetString("Queue"));
    }

    private static IEnumerable<TableEntity> Of(IEnumerable<TableEntity> rows, string prefix) => rows.Where(row => row.RowKey.StartsWith(prefix, StringComparison.Ordinal));

    private sealed record Promise(string Partition, string Key)
    {
        private readonly string[] _parts = Key.Split('.');

        public string Owner => _parts[0] == "q" ? _parts[2] : _parts[3];

        public string Word => _parts[0] == "q" ? $"q - {_parts[3]}" : $"d {_parts[2]} {_parts[4]}";

        public DateTimeOffset Due => DateTimeOffset.ParseExact(_parts[1], "yyyyMMddHHmmssfff", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
    }
}
