using Microsoft.AspNetCore.Http;
using SocialHub.Functions.Http;
using SocialHub.Publishing;

namespace SocialHub.Functions;

/// <summary>Publications as answers; bodies carry the ETag too, because a script of another origin reads no header.</summary>
internal static class PublicationAnswers
{
    public static IResult Of(PublicationList list, int status = 200) => Results.Json(list, PublicationJson.Default.PublicationList, statusCode: status);

    public static IResult Of(Answer<PublicationView> answer) => answer.Problem is { } problem ? Problems.Of(problem) : new Tagged(answer.Value);

    private sealed class Tagged(PublicationView view) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.ETag = $"\"{view.ETag}\"";
            httpContext.Response.Headers.CacheControl = "no-store";
            return Results.Json(view, PublicationJson.Default.PublicationView).ExecuteAsync(httpContext);
        }
    }
}
