using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace SocialHub.EndToEnd.Peers.Mastodon;

/// <summary>
/// A Mastodon instance written from its documentation, and not a kind one: see <see cref="Habits"/>. It is itself tested with the npm client <c>masto</c>.
/// Everything it was sent is in <see cref="Received"/>.
/// </summary>
public sealed class MastodonDouble : IAsyncDisposable
{
    private readonly ConcurrentQueue<MastodonRequest> _received = new();
    private readonly ConcurrentDictionary<string, (DateTimeOffset Start, int Count)> _rates = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _applications = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, MastodonUser> _codes = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;
    private LocalServer? _server;
    private int _writes;

    private MastodonDouble(TimeProvider time)
    {
        _time = time;
        Instance = new MastodonInstance(Habits, time);
    }

    public Uri Address => _server!.Address;

    public MastodonHabits Habits { get; } = new();

    public MastodonInstance Instance { get; }

    public IReadOnlyList<MastodonRequest> Received => [.. _received];

    /// <param name="time">The instance's own clock; keys are forgotten and statuses listed by it.</param>
    public static async Task<MastodonDouble> StartAsync(TimeProvider? time = null)
    {
        var mastodon = new MastodonDouble(time ?? TimeProvider.System);
        mastodon._server = await LocalServer.StartAsync(mastodon.Map);
        return mastodon;
    }

    /// <summary>What the instance's page gives a browser after the user agreed: a code to exchange at <c>/oauth/token</c>.</summary>
    public string Authorise(MastodonUser user)
    {
        var code = Guid.NewGuid().ToString("N");
        _codes[code] = user;
        return code;
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private void Map(WebApplication application)
    {
        application.Use(RecordAsync);
        application.MapPost("/api/v1/apps", (MastodonForm form) =>
        {
            if (form["client_name"] is null || form["redirect_uris"] is null)
                return Error(422, "Validation failed: Name can't be blank, Redirect URI can't be blank");
            var (id, secret) = (Guid.NewGuid().ToString("N"), Guid.NewGuid().ToString("N"));
            _applications[id] = secret;
            return Results.Json(new { id = "1", name = form["client_name"], website = form["website"], redirect_uri = form["redirect_uris"], redirect_uris = form.All("redirect_uris"), scopes = form["scopes"]?.Split(' ') ?? ["read"], client_id = id, client_secret = secret });
        });
        application.MapPost("/oauth/token", (MastodonForm form) =>
        {
            if (form["client_id"] is not { } id || !_applications.TryGetValue(id, out var secret) || secret != form["client_secret"])
                return Results.Json(new { error = "invalid_client", error_description = "Client authentication failed due to unknown client" }, statusCode: 401);
            if (form["grant_type"] is "client_credentials")
                return Results.Json(new { access_token = "app-" + id, token_type = "Bearer", scope = form["scope"] ?? "read", created_at = _time.GetUtcNow().ToUnixTimeSeconds() });
            if (form["grant_type"] is not "authorization_code" || form["code"] is not { } code || !_codes.TryRemove(code, out var user))
                return Results.Json(new { error = "invalid_grant", error_description = "The provided authorization grant is invalid" }, statusCode: 400);
            return Results.Json(new { access_token = user.Token, token_type = "Bearer", scope = form["scope"] ?? "read", created_at = _time.GetUtcNow().ToUnixTimeSeconds() });
        });
        application.MapGet("/api/v2/instance", (HttpContext c) => Results.Json(MastodonEntities.Instance(Habits, Seen(c))));
        application.MapGet("/api/v1/accounts/verify_credentials", (HttpContext c, CancellationToken _) => AsUser(c, user => Task.FromResult(Results.Json(MastodonEntities.Account(user, Seen(c), Count(user))))));
        application.MapGet("/api/v1/accounts/lookup", (HttpContext c, string acct) =>
            ReaderRefused(c) ?? (Instance.Users.TryGetValue(acct.TrimStart('@').Split('@')[0], out var user) ? Results.Json(MastodonEntities.Account(user, Seen(c), Count(user))) : NotFound()));
        application.MapGet("/api/v1/accounts/{id}", (HttpContext c, string id) =>
            ById(id) is { } user ? Results.Json(MastodonEntities.Account(user, Seen(c), Count(user))) : NotFound());
        application.MapGet("/api/v1/accounts/{id}/statuses", List);
        application.MapPost("/api/v1/statuses", (HttpContext c, MastodonForm form) => AsUser(c, user => PostStatusAsync(c, form, user)));
        application.MapGet("/api/v1/statuses/{id}", (HttpContext c, string id) =>
            Instance.Statuses.FirstOrDefault(s => s.Id == id) is { } status ? Results.Json(MastodonEntities.Status(status, Seen(c), Count(status.Author))) : NotFound());
        application.MapDelete("/api/v1/statuses/{id}", (HttpContext c, string id) => AsUser(c, user =>
            Task.FromResult(Instance.Delete(user, id) ? Results.Json(new { id }) : NotFound())));
        application.MapPost("/api/v2/media", (HttpContext c, MastodonForm form) => AsUser(c, user => Task.FromResult(Upload(c, form, user))));
        application.MapGet("/api/v1/media/{id}", (HttpContext c, string id) => AsUser(c, user => Task.FromResult(
            Instance.Media(id) is { Status: null } media && media.Owner == user.Id
                ? Results.Json(MastodonEntities.Media(media, Seen(c), Instance.IsReady(media)), statusCode: Instance.IsReady(media) ? 200 : 206)
                : NotFound())));
        application.MapGet("/system/media_attachments/{id}", (string id) => Instance.Media(id) is { } media ? Results.Bytes(media.Bytes, media.ContentType) : NotFound());
        application.MapFallback((Delegate)NotFound);
    }

    private async Task RecordAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        request.EnableBuffering();
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        request.Body.Position = 0;
        _received.Enqueue(new MastodonRequest(request.Method, request.Path + request.QueryString, request.Headers["Idempotency-Key"].FirstOrDefault(), Token(context), request.ContentType ?? "", body.ToArray()));
        if (Habits.Down is { } status)
        {
            await Results.Content("<!DOCTYPE html><html><head><title>We're sorry, but something went wrong (500)</title></head><body></body></html>", "text/html", statusCode: status).ExecuteAsync(context);
            return;
        }
        if (!WithinRate(context))
        {
            await Error(429, "Too many requests").ExecuteAsync(context);
            return;
        }
        if (request.Method is "POST" && Habits.DropAnswerEvery > 0 && request.Path.StartsWithSegments("/api", StringComparison.Ordinal) && Interlocked.Increment(ref _writes) % Habits.DropAnswerEvery == 0)
        {
            // The work is done, its answer goes nowhere.
            context.Response.Body = Stream.Null;
            await next(context);
            context.Abort();
            return;
        }
        await next(context);
    }

    private bool WithinRate(HttpContext context)
    {
        var now = _time.GetUtcNow();
        var window = _rates.AddOrUpdate(Token(context) ?? "", (now, 1), (_, w) => w.Start + TimeSpan.FromMinutes(5) <= now ? (now, 1) : (w.Start, w.Count + 1));
        context.Response.Headers["X-RateLimit-Limit"] = Habits.RequestsPer5Minutes.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers["X-RateLimit-Remaining"] = Math.Max(0, Habits.RequestsPer5Minutes - window.Count).ToString(CultureInfo.InvariantCulture);
        // Its Date is of the clock that its other times are of.
        context.Response.Headers.Date = now.ToString("R", CultureInfo.InvariantCulture);
        context.Response.Headers["X-RateLimit-Reset"] = MastodonEntities.Time(window.Start + TimeSpan.FromMinutes(5));
        return window.Count <= Habits.RequestsPer5Minutes;
    }

    // authorize_if_got_token!: what anyone may read is refused to a token that is none any more.
    private IResult? ReaderRefused(HttpContext context)
    {
        var token = Token(context);
        if (token is null ? !Habits.RequiresToken : token.StartsWith("app-", StringComparison.Ordinal))
            return null;
        return token is null ? Error(401, "This method requires an authenticated user")
            : Instance.Users.Values.Any(u => u.Token == token && !u.TokenRevoked) ? null : Error(401, "The access token was revoked");
    }

    private async Task<IResult> AsUser(HttpContext context, Func<MastodonUser, Task<IResult>> answer)
    {
        var token = Token(context);
        var user = token is null ? null : Instance.Users.Values.FirstOrDefault(u => u.Token == token);
        if (user is null || user.TokenRevoked)
            return Error(401, "The access token is invalid");
        return user.Disabled ? Error(403, "Your login is currently disabled") : await answer(user);
    }

    private async Task<IResult> PostStatusAsync(HttpContext context, MastodonForm form, MastodonUser user)
    {
        var key = context.Request.Headers["Idempotency-Key"].FirstOrDefault();
        if (Instance.Remembered(user, key) is { } earlier)
        {
            if (!Habits.FailNextRepeat)
                return Results.Json(MastodonEntities.Status(earlier, Seen(context), Count(user)));
            Habits.FailNextRepeat = false;
            return Error(500, "Something went wrong");
        }
        var (text, spoiler, media) = (form["status"] ?? "", form["spoiler_text"] ?? "", form.All("media_ids"));
        if (Instance.Refusal(user, text, spoiler, media) is { } refusal)
            return Error(422, refusal);
        await Habits.Work();
        var status = Instance.Post(user, text, spoiler, form["visibility"] ?? "public", form["language"], form["in_reply_to_id"], media, key);
        return Results.Json(MastodonEntities.Status(status, Seen(context), Count(user)));
    }

    private IResult Upload(HttpContext context, MastodonForm form, MastodonUser user)
    {
        if (form.File is not { } file)
            return Error(422, "Validation failed: File can't be blank");
        if (!file.ContentType.StartsWith("image/", StringComparison.Ordinal))
            return Error(422, "Validation failed: File content type is invalid");
        if (file.Bytes.Length > Habits.ImageSizeLimit)
            return Error(422, $"Validation failed: File file size must be less than {Habits.ImageSizeLimit} bytes");
        var description = form["description"];
        if (description?.EnumerateRunes().Count() > Habits.DescriptionLimit)
            return Error(422, $"Validation failed: Description is too long (maximum is {Habits.DescriptionLimit} characters)");
        var media = Instance.AddMedia(user, file.Bytes, file.ContentType, description);
        var ready = Instance.IsReady(media);
        return Results.Json(MastodonEntities.Media(media, Seen(context), ready), statusCode: ready ? 200 : 202);
    }

    private IResult List(HttpContext context, string id)
    {
        if (ReaderRefused(context) is { } refused)
            return refused;
        if (ById(id) is not { } user)
            return NotFound();
        var query = context.Request.Query;
        var limit = Math.Clamp(int.TryParse(query["limit"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : 20, 1, 40);
        var (page, more) = Instance.List(user, limit, query["max_id"].FirstOrDefault(), query["min_id"].FirstOrDefault(), query["since_id"].FirstOrDefault());
        var self = $"{MastodonEntities.Origin(Seen(context))}/api/v1/accounts/{id}/statuses?limit={limit}";
        List<string> links = [];
        if (more)
            links.Add($"<{self}&max_id={page[^1].Id}>; rel=\"next\"");
        if (page.Count > 0)
        {
            links.Add($"<{self}&min_id={page[0].Id}>; rel=\"prev\"");
            context.Response.Headers.Link = string.Join(", ", links);
        }
        return Results.Json(page.Select(s => MastodonEntities.Status(s, Seen(context), Count(user))));
    }

    private MastodonUser? ById(string id) => Instance.Users.Values.FirstOrDefault(u => u.Id == id);

    private int Count(MastodonUser user) => Instance.Statuses.Count(s => s.Author == user);

    // The address that the caller used: behind a proxy that is not ours.
    private static Uri Seen(HttpContext context) => new($"{context.Request.Scheme}://{context.Request.Host}");

    private static string? Token(HttpContext context) =>
        context.Request.Headers.Authorization.FirstOrDefault() is { } value && value.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? value["Bearer ".Length..] : null;

    private static IResult NotFound() => Error(404, "Record not found");

    private static IResult Error(int status, string error) => Results.Json(new { error }, statusCode: status);
}
