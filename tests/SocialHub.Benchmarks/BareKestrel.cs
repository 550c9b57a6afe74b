using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using SocialHub.EndToEnd.Peers;

namespace SocialHub.Benchmarks;

/// <summary>Kestrel and nothing else: it answers every request on one port with the bytes and headers that the hub answered once.</summary>
internal static class BareKestrel
{
    private const string Listens = "Kestrel listens on ";

    /// <summary>The child's side: one port for each file, in their order. It ends when its standard input closes.</summary>
    public static async Task<int> MainAsync(string[] files)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            foreach (var _ in files)
                kestrel.Listen(IPAddress.Loopback, 0);
        });
        await using var application = builder.Build();
        var answers = new Dictionary<int, RecordedAnswer>();
        application.Run(context => answers[context.Connection.LocalPort].WriteAsync(context.Response));
        await application.StartAsync();
        var addresses = application.Urls.Select(url => new Uri(url)).ToList();
        for (var i = 0; i < files.Length; i++)
            answers[addresses[i].Port] = RecordedAnswer.Parse(await File.ReadAllBytesAsync(files[i]));
        Console.WriteLine(Listens + string.Join(' ', addresses.Select(a => a.GetLeftPart(UriPartial.Authority))));
        while (await Console.In.ReadLineAsync() is not null)
        {
        }

        await application.StopAsync();
        return 0;
    }

    /// <summary>Starts it with recorded answers.</summary>
    public static async Task<(ChildProcess Process, IReadOnlyList<Uri> Addresses)> StartAsync(string folder, IReadOnlyList<byte[]> answers)
    {
        var files = new List<string>();
        foreach (var answer in answers)
        {
            files.Add(Path.Combine(folder, files.Count.ToString(CultureInfo.InvariantCulture) + ".http"));
            await File.WriteAllBytesAsync(files[^1], answer);
        }

        var process = ChildProcess.Start("dotnet", [typeof(BareKestrel).Assembly.Location, "kestrel", .. files], [], folder);
        var line = await process.LineAsync(l => l.StartsWith(Listens, StringComparison.Ordinal), TimeSpan.FromSeconds(60));
        return (process, [.. line[Listens.Length..].Split(' ').Select(address => new Uri(address))]);
    }

    private sealed record RecordedAnswer(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body)
    {
        public static RecordedAnswer Parse(byte[] raw)
        {
            var end = raw.AsSpan().IndexOf("\r\n\r\n"u8);
            var lines = Encoding.ASCII.GetString(raw, 0, end).Split("\r\n");
            // Kestrel writes the date itself.
            var headers = lines[1..].Select(line => line.Split(": ", 2)).Where(h => !h[0].Equals("Date", StringComparison.OrdinalIgnoreCase)).Select(h => KeyValuePair.Create(h[0], h[1]));
            return new RecordedAnswer(int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture), [.. headers], raw.AsMemory(end + 4));
        }

        public Task WriteAsync(Microsoft.AspNetCore.Http.HttpResponse response)
        {
            response.StatusCode = Status;
            foreach (var (name, value) in Headers)
                response.Headers[name] = value;
            return Body.IsEmpty ? Task.CompletedTask : response.Body.WriteAsync(Body).AsTask();
        }
    }
}
