using SocialHub.Configuration.Settings;
using SocialHub.Connections;
using SocialHub.Media;

namespace SocialHub.Publishing;

/// <summary>Judges the pictures of a text that a person writes, while the person is still there to choose others.</summary>
public sealed class ChosenPictures(MediaStore media, PublishConnections connections)
{
    /// <summary>Most pictures of one publication; a network may take fewer.</summary>
    public const int Most = 4;

    /// <summary>
    /// Null: every account takes all of them, scaled where they are too large; each was touched, so that it is there when the publication names it.
    /// Else 422 that says what is wrong with which, and the limit.
    /// </summary>
    public async Task<Problem?> JudgeAsync(IReadOnlyList<string> accounts, IReadOnlyList<ChosenPicture> chosen, TeamSettings team, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(accounts);
        ArgumentNullException.ThrowIfNull(chosen);
        ArgumentNullException.ThrowIfNull(team);
        if (chosen.Count == 0)
            return null;
        if (chosen.Count > Most)
            return TooMany(Most, null);
        var smallest = int.MaxValue;
        foreach (var account in accounts.Distinct(StringComparer.Ordinal))
        {
            var configuration = team.Configuration.Accounts[account];
            var connection = connections.Find(configuration.Network)!;
            var rules = await connection.PictureRulesAsync(configuration, cancellationToken);
            if (chosen.Count > rules.Most)
                return TooMany(rules.Most, account);
            var longest = Math.Min(rules.LongestAlt, MediaStore.LongestAlt);
            for (var i = 0; i < chosen.Count; i++)
            {
                if (string.IsNullOrWhiteSpace(chosen[i].Alt))
                    return Refused(i, "alt-required", "Say in alt what the picture shows.", null);
                if (chosen[i].Alt.Length > MediaStore.LongestAlt || chosen[i].Alt.EnumerateRunes().Count() > longest)
                    return Refused(i, "alt-too-long", $"The text alternative is longer than {longest} characters, which is what \"{account}\" takes.", longest);
            }

            smallest = Math.Min(smallest, connection.MostPictureBytes);
        }

        for (var i = 0; i < chosen.Count; i++)
        {
            if (!await media.TouchAsync(chosen[i].Hash, cancellationToken) || await media.FindAsync(chosen[i].Hash, cancellationToken) is not { Succeeded: true } found)
                return Refused(i, "picture-unknown", $"There is no picture of this hash; upload it, and use it within {MediaStore.Untouched.TotalHours} hours.", null);
            if (Pictures.Encode(found.Value.Bytes, chosen[i].Alt, smallest) is null)
                return Refused(i, "picture-unusable", $"The picture cannot be made a JPEG of at most {smallest} bytes, which is what the chosen accounts take; choose another, of at most {Pictures.MostPixels / 1_000_000} million pixels.", smallest);
        }

        return null;
    }

    private static Problem TooMany(int most, string? account) =>
        new(ProblemKind.Unprocessable, "too-many-pictures", $"Choose at most {(most == 1 ? "one picture" : $"{most} pictures")}{(account is null ? "" : $": \"{account}\" takes no more")}.")
        {
            Extensions = new Dictionary<string, object?>(StringComparer.Ordinal) { ["most"] = most },
        };

    private static Problem Refused(int index, string code, string detail, int? most) =>
        new(ProblemKind.Unprocessable, code, $"Picture {index + 1}: {detail}")
        {
            Extensions = new Dictionary<string, object?>(StringComparer.Ordinal) { ["picture"] = index, ["most"] = most },
        };
}
