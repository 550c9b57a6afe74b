using System.Text;
using SocialHub.Configuration;
using SocialHub.Functions.Http;

namespace SocialHub.Functions.Comments;

/// <summary>Asks once more before everything of an author goes, because nothing brings it back (RGAA 11.12).</summary>
/// <param name="hub">Its authority.</param>
/// <param name="site">Its site.</param>
/// <param name="authorKey">The key.</param>
internal sealed class EraseAuthorPage(HubConfiguration hub, string site, string authorKey) : Page(hub, 200)
{
    protected override string Title => In("Tout effacer ?", "Erase everything?");

    protected override void Write(StringBuilder html) => html
        .Append("<p>").Append(Encode(In(
            "Tout ce que vous avez écrit avec ce code sera effacé, et le code ne servira plus. Rien ne pourra être rétabli. Pour tout garder, quittez cette page.",
            "All that you wrote with this code will be erased, and the code will no longer work. This cannot be undone. To keep everything, leave this page."))).Append("</p>\n<form class=\"sh-form\" method=\"post\" action=\"/api/v1/sites/")
        .Append(Encode(site)).Append("/author/erase\">\n<input type=\"hidden\" name=\"authorKey\" value=\"").Append(Encode(authorKey)).Append("\">\n<input type=\"hidden\" name=\"confirm\" value=\"yes\">\n<button>")
        .Append(Encode(In("Oui, tout effacer", "Yes, erase everything"))).Append("</button>\n</form>\n");
}
