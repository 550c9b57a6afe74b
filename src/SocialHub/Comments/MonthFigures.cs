using System.Text.Json.Serialization;

namespace SocialHub.Comments;

/// <summary>What became of the comments of one site in one month: counts alone, nothing of anybody.</summary>
/// <param name="Month"><c>yyyy-MM</c>, by the authority's clock.</param>
/// <param name="Received">Comments that arrived.</param>
/// <param name="Published">Comments that were published for the first time, also after an objection.</param>
/// <param name="Refused">Refusals of comments by the code of the reason; those taken back by a moderator are not counted, those reversed after an objection are.</param>
/// <param name="RefusedByRules">Those among them that no person decided.</param>
/// <param name="RefusedChanges">Changes of public comments that were refused.</param>
/// <param name="Withdrawn">Comments that their authors took back.</param>
/// <param name="Reports">Reports of readers.</param>
/// <param name="LegalNotices">Those among them that name the law.</param>
/// <param name="Objections">Objections to refusals, of comments and of changes.</param>
/// <param name="Reversed">Objections that led to publication.</param>
/// <param name="Upheld">Objections after which the refusal stands.</param>
/// <param name="ByAnother">Objections that another moderator decided than the one who had refused.</param>
/// <param name="Decided">Comments on which a first decision was taken.</param>
/// <param name="MedianMinutes">From arrival to that decision, without what an author took for other words where that was over; null: none was taken.</param>
/// <param name="P90Minutes">Nine of ten were decided within this.</param>
/// <param name="DecidedByPeople">Those among these comments whose first decision a person took: the rules decide in no time. Null: stored by a version of the hub that did not count them.</param>
/// <param name="PeopleMedianMinutes">The median delay of these alone; null: there were none.</param>
/// <param name="PeopleP90Minutes">Nine of ten of these alone were decided within this.</param>
/// <param name="Expired">Comments that were erased because nobody had decided about them in time; null: stored by a version of the hub that did not count them, nor what follows.</param>
/// <param name="ReportsDecided">How often reports of a comment were decided, or ended because the comment went.</param>
/// <param name="ReportMedianMinutes">From the first of these reports to that; null: there were none.</param>
/// <param name="ReportP90Minutes">Nine of ten ended within this.</param>
public sealed record MonthFigures(
    string Month,
    int Received,
    int Published,
    IReadOnlyDictionary<string, int> Refused,
    int RefusedByRules,
    int RefusedChanges,
    int Withdrawn,
    int Reports,
    int LegalNotices,
    int Objections,
    int Reversed,
    int Upheld,
    int ByAnother,
    int Decided,
    int? MedianMinutes,
    int? P90Minutes,
    int? DecidedByPeople = null,
    int? PeopleMedianMinutes = null,
    int? PeopleP90Minutes = null,
    int? Expired = null,
    int? ReportsDecided = null,
    int? ReportMedianMinutes = null,
    int? ReportP90Minutes = null);

/// <summary>How stored months are written.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(MonthFigures))]
internal sealed partial class MonthFiguresJson : JsonSerializerContext;
