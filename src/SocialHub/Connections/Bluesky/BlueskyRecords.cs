using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace SocialHub.Connections.Bluesky;

/// <summary>A stored picture as records refer to it.</summary>
internal sealed record BlueskyBlob(string Link, string MimeType, long Size);

/// <summary>Writes the body of <c>com.atproto.repo.putRecord</c> for a post. The same item gives the same bytes.</summary>
internal static class BlueskyRecords
{
    public const string Collection = "app.bsky.feed.post";

    /// <summary><c>app.bsky.embed.images</c>; the app stops at 2,000 characters of a text alternative, the lexicon does not.</summary>
    public static PictureRules PictureRules { get; } = new(4, 2000);

    // Bluesky's app shows about this much of a card's description.
    private const int LongestDescription = 300;
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static byte[] Put(string repository, PublishItem item, IReadOnlyList<BlueskyBlob> blobs)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body, Options))
        {
            json.WriteStartObject();
            json.WriteString("repo", repository);
            json.WriteString("collection", Collection);
            json.WriteString("rkey", item.Key);
            // Create only: a second call with this key is answered InvalidSwap and changes nothing.
            json.WriteNull("swapRecord");
            json.WritePropertyName("record");
            Record(json, item, blobs);
            json.WriteEndObject();
        }

        return body.ToArray();
    }

    /// <summary>The link of a blob with these bytes: a CIDv1 of raw bytes under SHA-256, in lower-case base32 (https://atproto.com/specs/data-model).</summary>
    public static string LinkOf(ReadOnlySpan<byte> bytes)
    {
        Span<byte> cid = stackalloc byte[36];
        (cid[0], cid[1], cid[2], cid[3]) = (0x01, 0x55, 0x12, 0x20);
        SHA256.HashData(bytes, cid[4..]);
        const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";
        var text = new System.Text.StringBuilder("b");
        var (buffer, bits) = (0, 0);
        foreach (var one in cid)
        {
            (buffer, bits) = ((buffer << 8) | one, bits + 8);
            for (; bits >= 5; bits -= 5)
                text.Append(Alphabet[(buffer >> (bits - 5)) & 31]);
            buffer &= (1 << bits) - 1;
        }

        if (bits > 0)
            text.Append(Alphabet[(buffer << (5 - bits)) & 31]);
        return text.ToString();
    }

    private static void Record(Utf8JsonWriter json, PublishItem item, IReadOnlyList<BlueskyBlob> blobs)
    {
        var shown = BlueskyTextRules.Show(item.Text);
        json.WriteStartObject();
        json.WriteString("$type", Collection);
        json.WriteString("text", shown.Text);
        json.WriteString("createdAt", AtIdentifiers.DateTime(item.Created));
        json.WriteStartArray("langs");
        json.WriteStringValue(item.Language);
        json.WriteEndArray();
        if (shown.Facets.Count > 0)
        {
            json.WriteStartArray("facets");
            foreach (var facet in shown.Facets)
                Facet(json, facet);
            json.WriteEndArray();
        }

        if (item.Card is { } card)
            External(json, card, blobs.Count > 0 ? blobs[0] : null);
        else if (blobs.Count > 0)
            Images(json, item.Pictures, blobs);
        json.WriteEndObject();
    }

    private static void Facet(Utf8JsonWriter json, BlueskyFacet facet)
    {
        json.WriteStartObject();
        json.WriteStartObject("index");
        json.WriteNumber("byteStart", facet.ByteStart);
        json.WriteNumber("byteEnd", facet.ByteEnd);
        json.WriteEndObject();
        json.WriteStartArray("features");
        json.WriteStartObject();
        json.WriteString("$type", facet.Link is null ? "app.bsky.richtext.facet#tag" : "app.bsky.richtext.facet#link");
        json.WriteString(facet.Link is null ? "tag" : "uri", facet.Link ?? facet.Tag);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void External(Utf8JsonWriter json, PublishCard card, BlueskyBlob? blob)
    {
        json.WriteStartObject("embed");
        json.WriteString("$type", "app.bsky.embed.external");
        json.WriteStartObject("external");
        json.WriteString("uri", card.Url);
        json.WriteString("title", card.Title);
        json.WriteString("description", Cut(card.Description));
        if (blob is not null)
            Blob(json, "thumb", blob);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Images(Utf8JsonWriter json, IReadOnlyList<PublishPicture> pictures, IReadOnlyList<BlueskyBlob> blobs)
    {
        json.WriteStartObject("embed");
        json.WriteString("$type", "app.bsky.embed.images");
        json.WriteStartArray("images");
        foreach (var (picture, blob) in pictures.Zip(blobs))
        {
            json.WriteStartObject();
            Blob(json, "image", blob);
            json.WriteString("alt", picture.Alt);
            json.WriteStartObject("aspectRatio");
            json.WriteNumber("width", picture.Width);
            json.WriteNumber("height", picture.Height);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Blob(Utf8JsonWriter json, string name, BlueskyBlob blob)
    {
        json.WriteStartObject(name);
        json.WriteString("$type", "blob");
        json.WriteStartObject("ref");
        json.WriteString("$link", blob.Link);
        json.WriteEndObject();
        json.WriteString("mimeType", blob.MimeType);
        json.WriteNumber("size", blob.Size);
        json.WriteEndObject();
    }

    /// <summary>As much of a description as a card shows.</summary>
    public static string Cut(string text)
    {
        var info = new System.Globalization.StringInfo(text);
        return info.LengthInTextElements <= LongestDescription ? text : info.SubstringByTextElements(0, LongestDescription - 1) + "…";
    }
}
