using System.Globalization;
using System.Text.Json.Nodes;

namespace SocialHub.Standalone.Demo;

/// <summary>
/// The town's account on an instance of Mastodon, as far as a hub reads one
/// (https://docs.joinmastodon.org/methods/accounts/): the hub gathers these posts as it would from any instance.
/// </summary>
internal static class MastodonStandIn
{
    public const string Name = "SaintExemple";
    private const string Id = "1";

    private static readonly (int HoursAgo, string Text, string? Article, string? Picture, string? Alt)[] Statuses =
    [
        (3, "Ce matin sur le marché, Odile et Marcel fêtent quarante ans d’étal. Merci à eux, et à celles et ceux qui sont venus le leur dire !", null, "marche-de-noel", "Dessin : des chalets de bois éclairés autour d’un grand sapin"),
        (19, "La piscine Jacques-Brel rouvre samedi à 10 h. Bassin neuf, nocturne le jeudi, entrée gratuite tout le week-end.", "piscine", null, null),
        (27, "Collecte des sapins : déposez-les aux points signalés à partir du 4 janvier. Ils deviendront le paillage du parc.", null, null, null),
        (50, "Vous avez été 312 à répondre à l’enquête sur les pistes cyclables. Les résultats seront présentés le 3 décembre à 18 h 30, salle des fêtes.", null, null, null),
    ];

    public static void Map(WebApplication app, DemoSite site, DateTimeOffset opened)
    {
        app.MapGet("/api/v1/accounts/lookup", context => context.Request.Query["acct"] == Name
            ? WriteAsync(context, Account(site))
            : WriteAsync(context, new JsonObject { ["error"] = "Record not found" }, 404));
        app.MapGet($"/api/v1/accounts/{Id}/statuses", context => WriteAsync(context, new JsonArray([.. Statuses.Select((status, i) => Status(site, opened, status, i))])));
        app.MapGet("/api/v2/instance", context => WriteAsync(context, new JsonObject
        {
            ["domain"] = new Uri(site.Origin).Authority,
            ["version"] = "4.5.0",
            ["configuration"] = new JsonObject
            {
                ["statuses"] = new JsonObject { ["max_characters"] = 500, ["max_media_attachments"] = 4, ["characters_reserved_per_url"] = 23 },
                ["media_attachments"] = new JsonObject { ["supported_mime_types"] = new JsonArray("image/jpeg", "image/png", "image/webp"), ["image_size_limit"] = 16_777_216, ["image_matrix_limit"] = 33_177_600, ["description_limit"] = 1500 },
            },
        }));
    }

    private static JsonObject Account(DemoSite site) => new()
    {
        ["id"] = Id,
        ["username"] = Name,
        ["acct"] = Name,
        ["display_name"] = "Ville de Saint-Exemple",
        ["url"] = $"{site.Origin}/@{Name}",
        ["followers_count"] = 1240,
        ["statuses_count"] = Statuses.Length,
    };

    private static JsonObject Status(DemoSite site, DateTimeOffset opened, (int HoursAgo, string Text, string? Article, string? Picture, string? Alt) status, int index)
    {
        var id = (1_000 - index).ToString(CultureInfo.InvariantCulture);
        var address = status.Article is null ? null : $"{site.Origin}/actualites/{status.Article}";
        var link = address is null ? "" : $" <a href=\"{address}\" rel=\"nofollow noopener\">{address}</a>";
        return new JsonObject
        {
            ["id"] = id,
            ["uri"] = $"{site.Origin}/users/{Name}/statuses/{id}",
            ["url"] = $"{site.Origin}/@{Name}/{id}",
            ["created_at"] = opened.AddHours(-status.HoursAgo).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            ["visibility"] = "public",
            ["language"] = "fr",
            ["sensitive"] = false,
            ["spoiler_text"] = "",
            ["content"] = $"<p>{System.Net.WebUtility.HtmlEncode(status.Text)}{link}</p>",
            ["mentions"] = new JsonArray(),
            ["tags"] = new JsonArray(),
            ["account"] = Account(site),
            ["media_attachments"] = status.Picture is null ? [] : new JsonArray(new JsonObject
            {
                ["id"] = id,
                ["type"] = "image",
                ["url"] = $"{site.Origin}/images/{status.Picture}.png",
                ["description"] = status.Alt,
                ["meta"] = new JsonObject { ["original"] = new JsonObject { ["width"] = DemoPicture.Width, ["height"] = DemoPicture.Height } },
            }),
        };
    }

    private static Task WriteAsync(HttpContext context, JsonNode body, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted);
    }
}
