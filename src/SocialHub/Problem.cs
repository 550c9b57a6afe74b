namespace SocialHub;

/// <summary>What kind of refusal an operation met; the HTTP shell maps each to one status.</summary>
public enum ProblemKind
{
    /// <summary>400: the request cannot be understood.</summary>
    Invalid,

    /// <summary>401: nobody is known to ask.</summary>
    Unauthenticated,

    /// <summary>403: somebody is known, and may not.</summary>
    Forbidden,

    /// <summary>404: nothing of that name.</summary>
    NotFound,

    /// <summary>409: today's state does not allow it.</summary>
    Conflict,

    /// <summary>410: it was there and is gone for good.</summary>
    Gone,

    /// <summary>412: it changed since the caller read it.</summary>
    Changed,

    /// <summary>413: larger than the limit.</summary>
    TooLarge,

    /// <summary>415: a media type that is not accepted here.</summary>
    UnsupportedMediaType,

    /// <summary>422: understood, and refused for what it says.</summary>
    Unprocessable,

    /// <summary>428: a revision or ETag must be sent.</summary>
    PreconditionRequired,

    /// <summary>429: too many; <see cref="Problem.RetryAfter"/> says when to come back.</summary>
    TooMany,

    /// <summary>503: cannot answer now; the caller may try again.</summary>
    Unavailable,
}

/// <summary>A refusal that the caller can act on: the core's form of RFC 9457 problem details.</summary>
/// <param name="Kind">Decides the HTTP status.</param>
/// <param name="Code">A stable word for programs, kebab-case, for example <c>text-too-long</c>; becomes the problem's <c>type</c>.</param>
/// <param name="Detail">One sentence that says what to change. Never holds a secret, an address or an author key.</param>
public sealed record Problem(ProblemKind Kind, string Code, string Detail)
{
    /// <summary>When it makes sense to try again; set with <see cref="ProblemKind.TooMany"/> and <see cref="ProblemKind.Unavailable"/>.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>More members for the body: today's state, the length on each network, every error with its path.</summary>
    public IReadOnlyDictionary<string, object?>? Extensions { get; init; }
}

/// <summary>The value that was asked for, or the problem that stands in its way. An expected failure is no exception.</summary>
/// <typeparam name="T">What a success carries.</typeparam>
public sealed class Answer<T>
{
    private readonly T? _value;

    private Answer(T? value, Problem? problem) => (_value, Problem) = (value, problem);

    /// <summary>Why it was refused; null when it succeeded.</summary>
    public Problem? Problem { get; }

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">The answer is a problem.</exception>
    public T Value => Problem is null ? _value! : throw new InvalidOperationException($"No value: {Problem.Code}.");

    /// <summary>True when there is a value.</summary>
    public bool Succeeded => Problem is null;

    public static implicit operator Answer<T>(T value) => new(value, null);

    public static implicit operator Answer<T>(Problem problem) => new(default, problem);
}
