using System.Text.Json;
using System.Text.Json.Serialization;
using SocialHub.Comments;

namespace SocialHub.Functions.Comments;

/// <summary>Counts per site and month; <paramref name="Reasons"/> names the codes of <c>refused</c> in words.</summary>
internal sealed record TransparencyBody(string Authority, string Language, IReadOnlyDictionary<string, string> Reasons, IReadOnlyList<SiteFigures> Sites);

/// <summary>
/// One statement of reasons. <paramref name="Facts"/> are the classes of what the rules had found; <paramref name="Outcome"/> is taken-back, reversed or upheld,
/// as far as it fell into the period; <paramref name="OnNotice"/> is true where readers had reported the text.
/// </summary>
internal sealed record ExportedStatement(string Site, string Comment, DateTimeOffset Decided, string Decision, string Ground, string Reason, string Label, string? Article, int? Version, IReadOnlyList<string> Facts, bool Detected, bool Automated, bool OnNotice, string Redress, string? Outcome, DateTimeOffset? OutcomeAt);

internal sealed record StatementList(string Site, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<ExportedStatement> Statements);

/// <summary>
/// One notice of a reader. <paramref name="Kind"/> is charter, illegal or child-abuse; personal data in <paramref name="Reason"/> are hidden;
/// <paramref name="Name"/> and <paramref name="Email"/> are of who reported, as long as they are kept, and for signed-in moderators alone;
/// <paramref name="Outcome"/> is kept, removed or withdrawn, absent as long as it waits.
/// </summary>
internal sealed record ExportedNotice(string Site, string Comment, string? Url, DateTimeOffset Received, string Kind, string Reason, bool GoodFaith, string? Name, string? Email, string? Outcome, DateTimeOffset? OutcomeAt);

internal sealed record NoticeList(string Site, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<ExportedNotice> Notices);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TransparencyBody))]
[JsonSerializable(typeof(StatementList))]
[JsonSerializable(typeof(NoticeList))]
internal sealed partial class TransparencyWire : JsonSerializerContext;
