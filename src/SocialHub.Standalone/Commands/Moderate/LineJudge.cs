using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using SocialHub.Configuration;
using SocialHub.Moderation;
using SocialHub.Moderation.Markup;

namespace SocialHub.Standalone.Commands.Moderate;

/// <summary>One line in, one line out. Safe for use by many threads.</summary>
internal sealed class LineJudge(ModerationEngine engine, HubConfiguration configuration)
{
    /// <summary>Longest text or name that is judged, in UTF-16 units; a comment has at most 4,000.</summary>
    public const int LongestText = 100_000;

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private static readonly JsonReaderOptions Reading = new() { MaxDepth = 16 };

    /// <summary>Judges the JSON of <paramref name="line"/> and appends the answer with a line feed.</summary>
    /// <returns>False when the answer is an error.</returns>
    public bool Judge(ReadOnlySpan<byte> line, IBufferWriter<byte> output)
    {
        var judged = TryRead(line, out var subject, out var error);
        using (var writer = new Utf8JsonWriter(output, Writing))
        {
            if (judged) Write(writer, subject!);
            else WriteError(writer, error!);
        }

        output.Write("\n"u8);
        return judged;
    }

    /// <summary>Appends the answer to a line that was too long to be read.</summary>
    public static void TooLong(IBufferWriter<byte> output, int longest)
    {
        using (var writer = new Utf8JsonWriter(output, Writing)) WriteError(writer, $"The line is longer than {longest} bytes.");
        output.Write("\n"u8);
    }

    private static bool TryRead(ReadOnlySpan<byte> line, out ModerationSubject? subject, out string? error)
    {
        (subject, error) = (null, null);
        string? text = null, name = null, url = null;
        try
        {
            if (line.StartsWith("\uFEFF"u8)) line = line[3..];
            var reader = new Utf8JsonReader(line, Reading);
            if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
            {
                error = "The line is no JSON object.";
                return false;
            }

            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("text"u8)) text = Value(ref reader, "text", ref error);
                else if (reader.ValueTextEquals("name"u8)) name = Value(ref reader, "name", ref error);
                else if (reader.ValueTextEquals("url"u8)) url = Value(ref reader, "url", ref error);
                else reader.Skip();
            }

            // A second value after the object is an error too.
            if (reader.Read()) error ??= "The line holds more than one JSON object.";
        }
        catch (JsonException exception)
        {
            error = $"The line is no JSON: it cannot be read at byte {exception.BytePositionInLine + 1}.";
        }

        if (error is null && text is null) error = "The line has no \"text\".";
        if (error is not null) return false;
        subject = new(text!) { Name = name, Url = url };
        return true;
    }

    private static string? Value(ref Utf8JsonReader reader, string property, ref string? error)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.Null && property != "text") return null;
        if (reader.TokenType is not JsonTokenType.String)
        {
            error ??= $"\"{property}\" is no string.";
            reader.Skip();
            return null;
        }

        var value = JsonStrings.Read(ref reader);
        if (value is null) error ??= $"\"{property}\" is no UTF-8.";
        else if (value.Length > LongestText) error ??= $"\"{property}\" is longer than {LongestText} characters.";
        return value;
    }

    private static void WriteError(Utf8JsonWriter writer, string error)
    {
        writer.WriteStartObject();
        writer.WriteString("error"u8, error);
        writer.WriteEndObject();
    }

    private void Write(Utf8JsonWriter writer, ModerationSubject subject)
    {
        var judgement = engine.Judge(subject, configuration);
        writer.WriteStartObject();
        writer.WriteString("verdict"u8, judgement.Verdict switch { Verdict.Publish => "publish"u8, Verdict.Hold => "hold"u8, _ => "reject"u8 });
        writer.WriteStartArray("findings"u8);
        foreach (var finding in judgement.Findings)
        {
            writer.WriteStartObject();
            writer.WriteString("rule"u8, finding.Rule);
            writer.WriteString("class"u8, finding.Class);
            writer.WriteNumber("start"u8, finding.Start);
            writer.WriteNumber("length"u8, finding.Length);
            writer.WriteString("view"u8, finding.View);
            writer.WriteString("reason"u8, finding.Reason);
            if (finding.Code is { } code) writer.WriteString("code"u8, code);
            if (finding.Field != "text") writer.WriteString("field"u8, finding.Field);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (judgement.Total > judgement.Findings.Count) writer.WriteNumber("total"u8, judgement.Total);
        writer.WriteString("html"u8, CommentMarkup.Render(subject.Text));
        writer.WriteEndObject();
    }
}
