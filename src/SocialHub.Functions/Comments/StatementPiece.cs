using System.Text.Encodings.Web;
using SocialHub.Comments;
using SocialHub.Configuration;
using SocialHub.Moderation;

namespace SocialHub.Functions.Comments;

/// <summary>What every refusal says besides its reason, ready to be shown: the article with its link, by which means, and how to object.</summary>
internal static class StatementPiece
{
    /// <summary>Safe HTML of one paragraph, with nothing of the author in it.</summary>
    /// <param name="statement">Of the refusal.</param>
    /// <param name="hub">Whose.</param>
    /// <param name="language">Of the reader.</param>
    /// <param name="byLink">True for whoever has a link that lets them object without the code.</param>
    public static string Html(StatementOfReasons statement, HubConfiguration hub, string language, bool byLink = false)
    {
        // A version of the hub that kept no article cited the whole.
        var citation = statement.Citation ?? new Wording("Règles des commentaires", "Rules for comments");
        return $"<a href=\"{Encode(hub.Authority.PublicAddress + statement.CharterPath)}\">{Encode(citation.In(language))}</a>. {Encode(statement.Means.In(language))} {Encode(statement.Redress(hub.Authority.TimeZone, hub.Retention.RefusedDays, byLink).In(language))}";
    }

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
