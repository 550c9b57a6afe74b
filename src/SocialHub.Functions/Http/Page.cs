using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using SocialHub.Configuration;
using SocialHub.Web;

namespace SocialHub.Functions.Http;

/// <summary>A whole page of the hub for a visitor without script: no script of its own, nothing from elsewhere.</summary>
internal abstract class Page(HubConfiguration hub, int status) : IResult
{
    /// <summary>What the page may do (Content-Security-Policy).</summary>
    protected virtual string Policy => "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Addresses of its style sheets.</summary>
    protected virtual IEnumerable<string> Styles => [WebFiles.Find("desk.css")!.Address];

    protected HubConfiguration Hub { get; } = hub;

    protected bool English => Hub.Authority.Language.StartsWith("en", StringComparison.OrdinalIgnoreCase);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var html = new StringBuilder(2_000);
        html.Append("<!doctype html>\n<html lang=\"").Append(English ? "en" : "fr").Append("\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"robots\" content=\"noindex\">\n<title>")
            .Append(Encode(Title == Hub.Authority.Name || Hub.Authority.Name.Length == 0 ? Title : $"{Title} - {Hub.Authority.Name}")).Append("</title>\n");
        foreach (var style in Styles)
            html.Append("<link rel=\"stylesheet\" href=\"").Append(style).Append("\">\n");
        html.Append("</head>\n<body>\n<header><p class=\"brand\">").Append(Encode(Hub.Authority.Name)).Append("</p></header>\n<main>\n<h1>").Append(Encode(Title)).Append("</h1>\n");
        Write(html);
        html.Append("</main>\n</body>\n</html>\n");
        var body = Encoding.UTF8.GetBytes(html.ToString());
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers["Referrer-Policy"] = "same-origin";
        if (!HttpMethods.IsHead(httpContext.Request.Method))
            await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }

    /// <summary>True where a person opens a page of the hub, who reads no problem details: whatever ends in <c>.html</c>, the root, the team's pages and where links of mails lead.</summary>
    public static bool Is(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && request.Path.Value is { Length: > 0 } path
        && (path.EndsWith(".html", StringComparison.Ordinal) || path.TrimEnd('/') is "" or "/moderation" or "/moderation/decide" || path.Contains("/unsubscribe/", StringComparison.Ordinal) || path.Contains("/objection/", StringComparison.Ordinal));

    protected abstract string Title { get; }

    protected abstract void Write(StringBuilder html);

    protected string In(string french, string english) => English ? english : french;

    protected static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
