using System.Reflection;
using NCrontab;
using SocialHub.Standalone.Triggers;

namespace SocialHub.Standalone.Hosting;

/// <summary>A method with <c>[Function]</c> and all that is needed to call it.</summary>
/// <param name="Name">Unique in the application.</param>
/// <param name="Method">Public, on a class whose constructor is filled by injection.</param>
/// <param name="Arguments">One per parameter, in order.</param>
internal abstract record FunctionDescription(string Name, MethodInfo Method, IReadOnlyList<FunctionArgument> Arguments);

internal sealed record HttpFunction(string Name, MethodInfo Method, IReadOnlyList<FunctionArgument> Arguments, string Route, IReadOnlyList<string> Methods)
    : FunctionDescription(Name, Method, Arguments);

internal sealed record QueueFunction(string Name, MethodInfo Method, IReadOnlyList<FunctionArgument> Arguments, string Queue)
    : FunctionDescription(Name, Method, Arguments);

internal sealed record TimerFunction(string Name, MethodInfo Method, IReadOnlyList<FunctionArgument> Arguments, CrontabSchedule Schedule)
    : FunctionDescription(Name, Method, Arguments);

/// <summary>Where the value of one parameter comes from.</summary>
internal abstract record FunctionArgument
{
    /// <summary>The request, the message's text or the <see cref="TimerInfo"/>.</summary>
    public sealed record Trigger : FunctionArgument;

    public sealed record Cancellation : FunctionArgument;

    /// <param name="Name">Of the route or query value.</param>
    /// <param name="Type">A type that <see cref="RequestValue"/> knows, without its nullability.</param>
    /// <param name="Optional">False: the route always has it.</param>
    public sealed record Value(string Name, Type Type, bool Optional) : FunctionArgument;
}
