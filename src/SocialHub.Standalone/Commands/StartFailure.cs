using System.Text.RegularExpressions;
using Azure;
using Microsoft.Extensions.Options;
using SocialHub.Standalone.Hosting;
using SocialHub.Standalone.Storage;
using SocialHub.Storage;

namespace SocialHub.Standalone.Commands;

/// <summary>What keeps a hub from starting, in words for whoever starts it.</summary>
internal static partial class StartFailure
{
    /// <summary>A sentence for each thing to change, a line each; null for what nobody foresaw.</summary>
    public static string? Tell(Exception exception) => exception switch
    {
        OptionsValidationException wrong => string.Join(Environment.NewLine, wrong.Failures),
        AggregateException several when several.InnerExceptions.All(one => one is OptionsValidationException) => string.Join(Environment.NewLine, several.InnerExceptions.Select(Tell)),
        // What the binder says: "Failed to convert configuration value 'abc' at 'SocialHub:TrustedHops' to type 'System.Int32'."
        InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } => Colon().Replace(FirstLine(exception.Message), "__"),
        UnsupportedFunctionException or EmbeddedAzuriteException or InvalidDataException or UnauthorizedAccessException or IOException => exception.Message,
        RequestFailedException or AggregateException when StorageFailures.Is(exception) => $"The storage account (AzureWebJobsStorage, --storage) does not answer: {FirstLine(Innermost(exception).Message)}",
        RequestFailedException refused => $"The storage account (AzureWebJobsStorage, --storage) refuses the hub ({refused.Status} {refused.ErrorCode}): {FirstLine(refused.Message)}",
        _ when StorageFailures.Is(exception) => $"The storage account (AzureWebJobsStorage) cannot be asked: {FirstLine(exception.Message)}",
        _ => null,
    };

    private static string FirstLine(string text) => text.Split('\n')[0].TrimEnd();

    private static Exception Innermost(Exception exception) => exception switch
    {
        AggregateException several => Innermost(several.InnerExceptions[^1]),
        { InnerException: { } inner } => Innermost(inner),
        _ => exception,
    };

    [GeneratedRegex(@"(?<=\b(SocialHub|Standalone)[A-Za-z:]*):(?=[A-Za-z])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Colon();
}
