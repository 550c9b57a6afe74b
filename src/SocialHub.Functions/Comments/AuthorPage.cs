using System.Text;
using SocialHub.Configuration;
using SocialHub.Functions.Http;

namespace SocialHub.Functions.Comments;

/// <summary>Where an author gives the code that was noted, to find what was written with it.</summary>
/// <param name="hub">Its authority.</param>
/// <param name="site">Its site.</param>
internal sealed class AuthorPage(HubConfiguration hub, string site) : Page(hub, 200)
{
    protected override string Title => In("Retrouver mes commentaires", "Find my comments");

    protected override void Write(StringBuilder html) => html
        .Append("<p>").Append(Encode(In(
            "Saisissez le code qui vous a été donné à l’envoi de votre commentaire. Vous pourrez revoir, modifier ou retirer ce que vous avez écrit avec ce code, et contester un refus.",
            "Type the code that you were given when you sent your comment. You can then see, edit or withdraw what you wrote with this code, and object to a refusal.")))
        .Append("</p>\n<form class=\"sh-form\" method=\"post\" action=\"/api/v1/sites/").Append(Encode(site)).Append("/author/export\">\n<p class=\"field\"><label for=\"code\">")
        .Append(Encode(In("Votre code (22 caractères, obligatoire)", "Your code (22 characters, required)")))
        .Append("</label>\n<input id=\"code\" name=\"authorKey\" required autocomplete=\"off\" autocapitalize=\"none\" spellcheck=\"false\"></p>\n<button class=\"main\">")
        .Append(Encode(In("Retrouver mes commentaires", "Find my comments"))).Append("</button>\n</form>\n");
}
