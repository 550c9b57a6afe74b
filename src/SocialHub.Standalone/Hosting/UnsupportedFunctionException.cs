namespace SocialHub.Standalone.Hosting;

/// <summary>Functions that this runtime would not run as Azure does; it does not start with them.</summary>
/// <param name="errors">One sentence for each, beginning with the function's name.</param>
public sealed class UnsupportedFunctionException(IReadOnlyList<string> errors)
    : Exception("This runtime cannot run these functions:" + Environment.NewLine + string.Join(Environment.NewLine, errors.Select(error => "- " + error)))
{
    public IReadOnlyList<string> Errors { get; } = errors;
}
