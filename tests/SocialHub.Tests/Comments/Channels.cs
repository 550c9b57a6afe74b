using System.Net;

namespace SocialHub.Tests.Comments;

/// <summary>The team's webhooks: what each was sent, and what it answers (202 unless a test says otherwise). Whatever else is asked for is a page.</summary>
internal sealed class Channels : HttpMessageHandler, IHttpClientFactory
{
    /// <summary>By host.</summary>
    public Dictionary<string, HttpStatusCode> Statuses { get; } = new(StringComparer.Ordinal);

    /// <summary>Host and body of each card that was taken.</summary>
    public List<(string Host, string Card)> Taken { get; } = [];

    /// <summary>What happens once, while the next card is on its way.</summary>
    public Func<Task>? Meanwhile { get; set; }

    /// <summary>How many were sent, taken or not.</summary>
    public int Sent { get; private set; }

    public HttpClient CreateClient(string name) => new(this, disposeHandler: false);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method != HttpMethod.Post)
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("<title>Budget</title>", System.Text.Encoding.UTF8, "text/html"), RequestMessage = request };
        Sent++;
        if (Meanwhile is { } meanwhile)
        {
            Meanwhile = null;
            await meanwhile();
        }

        var host = request.RequestUri!.Host;
        var status = Statuses.GetValueOrDefault(host, HttpStatusCode.Accepted);
        if (status == HttpStatusCode.Accepted)
            Taken.Add((host, await request.Content!.ReadAsStringAsync(cancellationToken)));
        return new HttpResponseMessage(status) { RequestMessage = request };
    }
}
