using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace SocialHub.EndToEnd.Peers.Mastodon;

/// <summary>Parameters of a call: the API takes JSON and both kinds of form alike.</summary>
internal sealed class MastodonForm
{
    private readonly Dictionary<string, List<string>> _values = new(StringComparer.Ordinal);

    public (byte[] Bytes, string ContentType)? File { get; private set; }

    public string? this[string name] => _values.TryGetValue(name, out var values) ? values[0] : null;

    public IReadOnlyList<string> All(string name) => _values.GetValueOrDefault(name) ?? [];

    /// <summary>Called by the framework for each route that has such a parameter.</summary>
    public static async ValueTask<MastodonForm> BindAsync(HttpContext context)
    {
        var request = context.Request;
        var form = new MastodonForm();
        if (request.HasJsonContentType())
        {
            using var json = await JsonDocument.ParseAsync(request.Body);
            foreach (var property in json.RootElement.EnumerateObject())
            {
                foreach (var value in property.Value.ValueKind == JsonValueKind.Array ? [.. property.Value.EnumerateArray()] : (JsonElement[])[property.Value])
                    form.Add(property.Name, value.ValueKind == JsonValueKind.Null ? null : value.ToString());
            }
        }
        else if (request.HasFormContentType)
        {
            var read = await request.ReadFormAsync();
            foreach (var (name, values) in read)
            {
                foreach (var value in values)
                    form.Add(name.TrimEnd(']').TrimEnd('['), value);
            }
            if (read.Files.GetFile("file") is { } file)
            {
                using var bytes = new MemoryStream();
                await file.CopyToAsync(bytes);
                form.File = (bytes.ToArray(), file.ContentType);
            }
        }
        return form;
    }

    private void Add(string name, string? value)
    {
        if (value is null)
            return;
        if (!_values.TryGetValue(name, out var list))
            _values[name] = list = [];
        list.Add(value);
    }
}
