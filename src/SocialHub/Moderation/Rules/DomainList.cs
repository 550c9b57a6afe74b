using System.Collections.Frozen;
using SocialHub.Moderation.Matching;

namespace SocialHub.Moderation.Rules;

/// <summary>Domains of <c>domains.tsv</c> beside this file.</summary>
internal static class DomainList
{
    /// <summary>Those of one kind, as that file says what each is: <c>known</c>, <c>hiding</c>, <c>ending</c>, ...</summary>
    public static FrozenSet<string> Load(string kind) =>
        EmbeddedTable.Lines("Rules.domains.tsv").Where(line => line[0] == kind).SelectMany(line => line[1].Split(' ')).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>True for a host of the list and for what lies below it.</summary>
    public static bool Holds(FrozenSet<string> domains, string host)
    {
        for (var rest = host; ;)
        {
            if (domains.Contains(rest)) return true;
            var dot = rest.IndexOf('.');
            if (dot < 0) return false;
            rest = rest[(dot + 1)..];
        }
    }
}
