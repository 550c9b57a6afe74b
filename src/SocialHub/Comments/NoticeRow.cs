using Azure.Data.Tables;
using SocialHub.Storage;

namespace SocialHub.Comments;

/// <summary>A report of a reader or an objection of the author, with what they said.</summary>
internal sealed class NoticeRow(TableEntity entity) : Row(entity)
{
    /// <summary>In the writer's own words.</summary>
    public string Reason => Text("Reason") ?? "";

    public DateTimeOffset? At => Time("At");
}
