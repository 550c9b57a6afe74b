using System.Globalization;

namespace SocialHub.Standalone.Hosting;

/// <summary>The types that a route or query value may have; a small part of what the worker converts.</summary>
internal static class RequestValue
{
    public static bool Knows(Type type) =>
        type == typeof(string) || type == typeof(int) || type == typeof(long) || type == typeof(bool) || type == typeof(Guid);

    /// <summary>Converts <paramref name="text"/>; false when it is not of that type.</summary>
    public static bool TryParse(string text, Type type, out object? value)
    {
        (var parsed, value) = type switch
        {
            _ when type == typeof(string) => (true, text),
            _ when type == typeof(int) => (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number), (object)number),
            _ when type == typeof(long) => (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number), number),
            _ when type == typeof(bool) => (bool.TryParse(text, out var truth), truth),
            _ when type == typeof(Guid) => (Guid.TryParse(text, out var id), id),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Refused at start."),
        };
        return parsed;
    }
}
