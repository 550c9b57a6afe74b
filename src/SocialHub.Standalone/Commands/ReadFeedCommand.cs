using System.CommandLine;
using System.Globalization;
using System.Text;
using SocialHub.Configuration;
using SocialHub.Connections;
using SocialHub.Connections.Web;

namespace SocialHub.Standalone.Commands;

/// <summary>
/// <c>read-feed</c>: what the hub sees in a web feed. JSON Feed 1.1 on standard output; on standard error one line for each repair and refusal:
/// <c>repair|refusal</c>, <c>feed</c> or <c>item N</c>, the code, a colon and the reason, separated by single spaces.
/// </summary>
internal static class ReadFeedCommand
{
    private static readonly Argument<string> Source = new("FILE-OR-ADDRESS") { Description = "A file, an http(s) address, or - for standard input." };
    private static readonly Option<string> Zone = new("--time-zone") { HelpName = "ZONE", Description = "IANA name of the zone of dates that name none.", DefaultValueFactory = _ => new AuthorityConfiguration().TimeZone };
    private static readonly Option<string[]> Site = new("--site") { HelpName = "ORIGIN", Description = "Origin on a private address, for example http://localhost:8080, that may be fetched all the same; may be repeated.", DefaultValueFactory = _ => [] };

    static ReadFeedCommand() => Zone.Validators.Add(result =>
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(result.GetValueOrDefault<string>() ?? "", out _))
            result.AddError("--time-zone is an IANA name, for example Europe/Paris.");
    });

    public static Command Create()
    {
        var command = new Command("read-feed", """
            Shows what the hub sees in an RSS, Atom or JSON feed.
            Standard output: JSON Feed 1.1; what JSON Feed has no place for is in _socialhub {links, pictures [{url, alt}]}.
            Standard error: one line for each repair and refusal, "repair item 3 date-unreadable: ..." or "refusal feed html-page: ...".
            Exit code: 0 a feed was read, even an empty one; 1 nothing could be read, or none of its items.
            """);
        command.Add(Source);
        command.Add(Zone);
        command.Add(Site);
        command.SetAction((result, cancellationToken) => CommandLine.WritingAsync(async () =>
        {
            // Letters stay letters whatever the terminal's own encoding is: programs read this.
            await using var output = new StreamWriter(CommandLine.StandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            return await RunAsync(result.GetValue(Source)!, result.GetValue(Zone)!, result.GetValue(Site)!, output, Console.Error, cancellationToken);
        }));
        return command;
    }

    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string source, string zone, IReadOnlyList<string> sites, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var origin = new WebFeedOrigin(null, null, TimeZoneInfo.FindSystemTimeZoneById(zone));
        ReadOnlyMemory<byte> bytes;
        if (Uri.TryCreate(source, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
        {
            var fetched = await FetchAsync(address, sites, cancellationToken);
            if (fetched.MovedTo is { } moved)
                await error.WriteLineAsync($"repair feed moved: The feed has moved for good to {moved.AbsoluteUri}.");
            if (!fetched.Succeeded)
            {
                await error.WriteLineAsync($"refusal feed not-fetched: {fetched.Error}");
                return 1;
            }
            (bytes, origin) = (fetched.Bytes, origin with { Address = fetched.Address, ContentType = fetched.ContentType });
        }
        else
        {
            var (read, reason) = await FileAsync(source, cancellationToken);
            if (reason is not null)
            {
                await error.WriteLineAsync($"refusal feed not-read: {reason}");
                return 1;
            }
            bytes = read;
        }

        var feed = WebFeedReader.Read(bytes.Span, origin);
        foreach (var repair in feed.Repairs)
            await error.WriteLineAsync(Line("repair", repair));
        foreach (var refusal in feed.Refusals)
            await error.WriteLineAsync(Line("refusal", refusal));
        if (!feed.IsFeed)
        {
            foreach (var link in FeedDiscovery.Find(bytes.Span, origin.ContentType, origin.Address))
                await error.WriteLineAsync($"refusal feed feed-named: The page names the feed {link.Address.AbsoluteUri}");
            return 1;
        }
        await output.WriteAsync(JsonFeedWriter.Write(feed, origin.Address));
        await output.FlushAsync(cancellationToken);
        return feed.Posts.Count == 0 && feed.Refusals.Count > 0 ? 1 : 0;
    }

    private static string Line(string kind, FeedNote note) =>
        $"{kind} {(note.Item is { } item ? "item " + item.ToString(CultureInfo.InvariantCulture) : "feed")} {note.Code}: {note.Detail}";

    private static async Task<Fetched> FetchAsync(Uri address, IReadOnlyList<string> sites, CancellationToken cancellationToken)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddOptions<HubOptions>().Configure(options => options.AllowedPrivateOrigins = string.Join(';', sites));
        services.AddHubConnections();
        await using var provider = services.BuildServiceProvider();
        return await provider.GetRequiredService<HubHttp>().GetAsync(address, FetchLimits.Feed, cancellationToken);
    }

    private static async Task<(byte[] Bytes, string? Reason)> FileAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var bytes = await CommandLine.ReadAsync(path, FetchLimits.Feed.Bytes, cancellationToken);
            return bytes.Length > FetchLimits.Feed.Bytes ? ([], $"{path} is larger than {FetchLimits.Feed.Bytes} bytes.") : (bytes, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return ([], $"{path} cannot be read.");
        }
    }
}
