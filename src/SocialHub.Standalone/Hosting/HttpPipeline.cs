using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing.Patterns;
using SocialHub.Functions.Http;

namespace SocialHub.Standalone.Hosting;

/// <summary>HTTP as the Functions host does it: routes, the paths it reserves, CORS without credentials, 404 for a method that nobody takes.</summary>
internal static class HttpPipeline
{
    /// <summary>Largest body, bytes: the worker's own Kestrel stops there.</summary>
    public const long MaxBody = 30_000_000;

    public static void Use(WebApplication application, FunctionCatalog catalog, HostSettings settings)
    {
        var logger = application.Services.GetRequiredService<ILoggerFactory>().CreateLogger("SocialHub.Standalone.Http");
        application.Use((context, next) => AnswerAsync(context, next, logger));
        application.UseCors(policy => policy.AllowAnyOrigin().AllowAnyMethod().AllowAnyHeader());
        application.UseRouting();
        foreach (var function in catalog.Http)
            Map(application, function, settings.RoutePrefix);
    }

    private static void Map(WebApplication application, HttpFunction function, string prefix)
    {
        var pattern = RoutePatternFactory.Parse(prefix.Length == 0 ? function.Route : $"{prefix}/{function.Route}");
        var invoker = new FunctionInvoker(function);
        application.MapMethods(pattern.RawText!, function.Methods, async context =>
        {
            if (Arguments(function, context) is not { } arguments)
            {
                await NotFound.ExecuteAsync(context);
                return;
            }

            var result = await invoker.AnswerAsync(context.RequestServices, arguments);
            await result.ExecuteAsync(context);
        }).WithDisplayName(function.Name);
    }

    private static object?[]? Arguments(HttpFunction function, HttpContext context)
    {
        var arguments = new object?[function.Arguments.Count];
        for (var i = 0; i < arguments.Length; i++)
        {
            switch (function.Arguments[i])
            {
                case FunctionArgument.Trigger:
                    arguments[i] = context.Request;
                    break;
                case FunctionArgument.Cancellation:
                    arguments[i] = context.RequestAborted;
                    break;
                case FunctionArgument.Value value:
                    var text = context.Request.RouteValues.TryGetValue(value.Name, out var routed) ? routed as string
                        : context.Request.Query.TryGetValue(value.Name, out var asked) ? asked.ToString() : null;
                    if (text is null && value.Optional)
                        break;
                    if (text is null || !RequestValue.TryParse(text, value.Type, out arguments[i]))
                        return null;
                    break;
            }
        }

        return arguments;
    }

    private static async Task AnswerAsync(HttpContext context, RequestDelegate next, ILogger logger)
    {
        try
        {
            if (IsReserved(context))
            {
                await NotFound.ExecuteAsync(context);
                return;
            }

            await next(context);

            // The host's router treats the method as one more constraint of a route, so a method that nobody takes is 404.
            if (!context.Response.HasStarted && context.Response.StatusCode is 404 or 405 && context.Response.ContentLength is null && context.Response.ContentType is null)
            {
                context.Response.Headers.Remove("Allow");
                await NotFound.ExecuteAsync(context);
            }
        }
        catch (Exception e) when (!context.Response.HasStarted || context.RequestAborted.IsCancellationRequested)
        {
            if (FailedRequests.Answer(context, e, context.GetEndpoint()?.DisplayName, logger) is not { } answer || context.Response.HasStarted)
                return;
            context.Response.Clear();
            await answer.ExecuteAsync(context);
        }
    }

    private static readonly IResult NotFound = Problems.Of(new Problem(ProblemKind.NotFound, "no-such-address", "There is nothing at this address for this method."));

    private static bool IsReserved(HttpContext context)
    {
        var path = context.Request.Path;
        if (path.StartsWithSegments("/admin", StringComparison.OrdinalIgnoreCase) || path.StartsWithSegments("/runtime", StringComparison.OrdinalIgnoreCase))
            return true;
        // Kestrel decodes all of a path but an encoded slash, so one that stands in the raw target stands here too (as may a %252f, which is none).
        if (path.Value?.Contains("%2f", StringComparison.OrdinalIgnoreCase) != true)
            return false;
        var raw = (context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "").AsSpan();
        var query = raw.IndexOf('?');
        return (query < 0 ? raw : raw[..query]).Contains("%2f", StringComparison.OrdinalIgnoreCase);
    }
}
