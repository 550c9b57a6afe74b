using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using SocialHub.Media;

namespace SocialHub.Functions.Http;

/// <summary>A picture and its text alternative, as a browser's form sends them (<c>multipart/form-data</c>: <c>picture</c>, <c>alt</c>).</summary>
/// <param name="Picture">The file's bytes; what they are is judged by them alone.</param>
/// <param name="Alt">Null: none was sent.</param>
internal sealed record PictureForm(ReadOnlyMemory<byte> Picture, string? Alt)
{
    // A form holds its two fields, their headers and its boundaries besides the picture.
    private const int Form = 32 * 1024;
    private const int MostFields = 10;

    /// <summary>Reads the form; 400 when it is malformed or has no picture, 413, 415 when it is no such form.</summary>
    public static async Task<Answer<PictureForm>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 and <= 200 } boundary)
            return new Problem(ProblemKind.UnsupportedMediaType, "not-a-picture-form", "Send the body as multipart/form-data with the file as picture and its text alternative as alt.");
        var body = await RequestBody.BytesAsync(request, MediaStore.Limit + Form, cancellationToken);
        if (body.Problem is { } problem)
            return problem;
        try
        {
            ReadOnlyMemory<byte>? picture = null;
            string? alt = null;
            using var stream = new MemoryStream(body.Value.ToArray());
            var reader = new MultipartReader(boundary.ToString(), stream);
            for (var fields = 0; await reader.ReadNextSectionAsync(cancellationToken) is { } section; fields++)
            {
                if (fields == MostFields || !ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var place))
                    return Malformed();
                using var value = new MemoryStream();
                await section.Body.CopyToAsync(value, cancellationToken);
                switch (HeaderUtilities.RemoveQuotes(place.Name).Value)
                {
                    case "picture":
                        picture = value.ToArray();
                        break;
                    case "alt":
                        alt = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(value.GetBuffer(), 0, (int)value.Length);
                        break;
                }
            }

            return picture is { } bytes ? new PictureForm(bytes, alt) : new Problem(ProblemKind.Invalid, "picture-missing", "The form has no file named picture.");
        }
        catch (Exception e) when (e is IOException or InvalidDataException or DecoderFallbackException)
        {
            return Malformed();
        }
    }

    private static Problem Malformed() => new(ProblemKind.Invalid, "malformed-form", "The body is no whole multipart/form-data form in UTF-8.");
}
