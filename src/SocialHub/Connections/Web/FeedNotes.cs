namespace SocialHub.Connections.Web;

/// <summary>Collects notes while a feed is read: each kind once an item, a bounded number in all.</summary>
internal sealed class FeedNotes
{
    private const int Most = 400;
    private readonly HashSet<(string Code, int? Item)> _seen = [];
    private readonly List<FeedNote> _repairs = [];
    private readonly List<FeedNote> _refusals = [];

    public IReadOnlyList<FeedNote> Repairs => _repairs;

    public IReadOnlyList<FeedNote> Refusals => _refusals;

    public void Repaired(string code, int? item, string detail) => Add(_repairs, code, item, detail);

    public void Refused(string code, int? item, string detail) => Add(_refusals, code, item, detail);

    private void Add(List<FeedNote> list, string code, int? item, string detail)
    {
        if (list.Count < Most && _seen.Add((code, item)))
            list.Add(new FeedNote(code, item, OneLine(detail)));
    }

    private static string OneLine(string text)
    {
        var clean = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
        return clean.Length <= 200 ? clean : string.Concat(clean.AsSpan(0, char.IsHighSurrogate(clean[198]) ? 198 : 199), "…");
    }
}
