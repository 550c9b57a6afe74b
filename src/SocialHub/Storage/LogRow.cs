using Azure.Data.Tables;

namespace SocialHub.Storage;

/// <summary>One transition as it is remembered: who, what, why, and which writer made it.</summary>
public sealed class LogRow(TableEntity entity) : Row(entity)
{
    /// <summary>In <see cref="Who"/>: a person whose name is kept no longer.</summary>
    public const string Forgotten = "forgotten";

    /// <summary>Names the one write that made this row; what an uncertain writer looks for.</summary>
    public string WriteId => Text("WriteId") ?? "";

    /// <summary>What happened, kebab-case: <c>received</c>, <c>published</c>, <c>withdrawn</c>, ...</summary>
    public string What => Text("What") ?? "";

    /// <summary>A person's name, <c>rules</c>, <c>author</c>, <c>clock</c>.</summary>
    public string Who => Text("Who") ?? "";

    /// <summary>Stable id of who, when there is one.</summary>
    public string? WhoId => Text("WhoId");

    /// <summary>A reason code or words without personal data.</summary>
    public string? Why => Text("Why");

    /// <summary>State after the transition: the owner's state is the fold of its log.</summary>
    public string State => Text("State") ?? "";

    public int Seq => Number("Seq");

    public int Revision => Number("Revision");

    public int Round => Number("Round");

    public DateTimeOffset At => Time("At") ?? default;

    /// <summary>A new log row; its transition gives it its <see cref="WriteId"/>.</summary>
    public static LogRow New(string partition, string ownerId, int seq, DateTimeOffset at, string what, string state, string who, string? whoId = null, string? why = null) =>
        new(new TableEntity(partition, Keys.Log(ownerId, seq))
        {
            ["Seq"] = seq,
            ["At"] = at,
            ["What"] = what,
            ["State"] = state,
            ["Who"] = who,
            ["WhoId"] = whoId,
            ["Why"] = why,
        });
}
