using Azure.Data.Tables;
using SocialHub.Moderation;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>What became of the other comments that were written with the code of one: numbers, and nothing of the person.</summary>
/// <param name="Published">On a page today.</param>
/// <param name="Refused">Refused, and not published since.</param>
/// <param name="Waiting">Without a decision.</param>
/// <param name="Withdrawn">Taken back by their author.</param>
/// <param name="IsPart">True when there are more than were counted (<see cref="AuthorRecords.Most"/>).</param>
public sealed record AuthorRecord(int Published, int Refused, int Waiting, int Withdrawn, bool IsPart)
{
    /// <summary>True when nothing else that is kept was written with this code.</summary>
    public bool IsFirst => Published + Refused + Waiting + Withdrawn == 0;

    /// <summary>The same in words. Publications and refusals are what a moderator looks for: they are said also where there are none.</summary>
    public Wording Words => IsFirst
        ? new("Premier commentaire avec ce code.", "First comment with this code.")
        : new(
            (IsPart ? $"Avec ce code, sur {AuthorRecords.Most} commentaires : " : "Avec ce code : ")
                + $"{Published} {(Published > 1 ? "publiés" : "publié")}, {Refused} {(Refused > 1 ? "refusés" : "refusé")}"
                + Also(Waiting, "en attente", "en attente") + Also(Withdrawn, "retiré par son auteur", "retirés par leur auteur") + ".",
            (IsPart ? $"With this code, of {AuthorRecords.Most} comments: " : "With this code: ")
                + $"{Published} published, {Refused} refused" + Also(Waiting, "waiting", "waiting") + Also(Withdrawn, "withdrawn by the author", "withdrawn by the author") + ".");

    private static string Also(int count, string one, string many) => count == 0 ? "" : $", {count} {(count > 1 ? many : one)}";
}

/// <summary>
/// Counts what was written with the code of a comment, for whoever decides about it. One for each answer or card: in a list the same author is counted once.
/// </summary>
public sealed class AuthorRecords(CommentStore store)
{
    /// <summary>How many comments of one author are looked at: a flood must not cost a read for each of its texts.</summary>
    public const int Most = 100;

    private const int AtOnce = 10;
    private readonly Dictionary<(string Site, string Author), (IReadOnlyDictionary<string, CommentState> States, bool IsPart)> _known = [];

    /// <summary>The others of its author; null where nobody has a code: an answer of the authority, or an erased comment.</summary>
    public async Task<AuthorRecord?> OfAsync(CommentRow comment, CancellationToken cancellationToken)
    {
        if (comment.Official || comment.AuthorHash is not { } author)
            return null;
        if (!_known.TryGetValue((comment.Site, author), out var found))
            _known[(comment.Site, author)] = found = await ReadAsync(comment.Site, author, cancellationToken).ConfigureAwait(false);
        var states = found.States.Where(other => other.Key != comment.Id).CountBy(other => other.Value).ToDictionary();
        int Of(CommentState state) => states.GetValueOrDefault(state);
        return new AuthorRecord(Of(CommentState.Published), Of(CommentState.Rejected), Of(CommentState.Received) + Of(CommentState.Held), Of(CommentState.Withdrawn), found.IsPart);
    }

    private async Task<(IReadOnlyDictionary<string, CommentState> States, bool IsPart)> ReadAsync(string site, string author, CancellationToken cancellationToken)
    {
        var range = Keys.CommentsOfAuthor(author);
        var ids = await store.KeysAsync(site, range, cancellationToken).Select(key => key[range.From.Length..]).Take(Most + 1).ToListAsync(cancellationToken).ConfigureAwait(false);
        var states = new Dictionary<string, CommentState>(StringComparer.Ordinal);
        foreach (var some in ids.Take(Most).Chunk(AtOnce))
        {
            foreach (var row in await Task.WhenAll(some.Select(id => store.Table.GetEntityIfExistsAsync<TableEntity>(site, Keys.Comment(id), ["RowKey", "State"], cancellationToken))).ConfigureAwait(false))
            {
                if (row.HasValue && Enum.TryParse<CommentState>(row.Value!.GetString("State"), out var state))
                    states[row.Value.RowKey[2..]] = state;
            }
        }

        return (states, ids.Count > Most);
    }
}
