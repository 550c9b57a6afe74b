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

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TransparencyBody))]
[JsonSerializable(typeof(StatementList))]
internal sealed partial class TransparencyWire : JsonSerializerContext;
