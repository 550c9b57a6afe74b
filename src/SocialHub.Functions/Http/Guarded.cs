using Microsoft.AspNetCore.Http;
using SocialHub.Access;

namespace SocialHub.Functions.Http;

/// <summary>What a request needs before it is done: who asks is judged first, then what was sent is read. A refusal of either becomes its answer here and nowhere else.</summary>
internal static class Guarded
{
    /// <summary>Does what a caller of at least this role asked for.</summary>
    public static Task<IResult> AsAsync(this Authoriser authoriser, HttpRequest request, Role role, Func<Caller, Task<IResult>> act, CancellationToken cancellationToken) =>
        authoriser.RequireAsync(RequestCredentials.Of(request), role, cancellationToken).AsTask().ThenAsync(act);

    /// <summary>Goes on with what came out well; a problem is the answer.</summary>
    public static async Task<IResult> ThenAsync<T>(this Task<Answer<T>> asked, Func<T, Task<IResult>> act)
    {
        var answer = await asked;
        return answer.Problem is { } problem ? Problems.Of(problem) : await act(answer.Value);
    }

    /// <summary>Answers with what came out well; a problem is the answer.</summary>
    public static Task<IResult> ThenAsync<T>(this Task<Answer<T>> asked, Func<T, IResult> answer) => asked.ThenAsync(value => Task.FromResult(answer(value)));
}
