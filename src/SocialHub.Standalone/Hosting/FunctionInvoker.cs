using System.Reflection;
using SocialHub.Standalone.Triggers;

namespace SocialHub.Standalone.Hosting;

/// <summary>Calls one function: a new instance in a scope of its own, as the worker does, so that a missing dependency shows.</summary>
internal sealed class FunctionInvoker
{
    private readonly FunctionDescription _function;
    private readonly ObjectFactory _create;
    private readonly MethodInvoker _call;

    public FunctionInvoker(FunctionDescription function)
    {
        _function = function;
        _create = ActivatorUtilities.CreateFactory(function.Method.DeclaringType!, []);
        _call = MethodInvoker.Create(function.Method);
    }

    /// <summary>Calls a queue or timer function.</summary>
    /// <param name="services">Of the application; a scope is made for the call.</param>
    /// <param name="trigger">The message's text or the <see cref="TimerInfo"/>.</param>
    /// <param name="cancellationToken">Given to the function: cancelled when the process may wait no longer.</param>
    public async Task RunAsync(IServiceProvider services, object trigger, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        var arguments = _function.Arguments.Select(argument => argument is FunctionArgument.Trigger ? (object?)trigger : cancellationToken).ToArray();
        await (Task)_call.Invoke(_create(scope.ServiceProvider, null), arguments.AsSpan())!;
    }

    /// <summary>Calls an HTTP function.</summary>
    /// <param name="services">Of the request.</param>
    /// <param name="arguments">One per parameter.</param>
    public async Task<IResult> AnswerAsync(IServiceProvider services, object?[] arguments)
    {
        var returned = _call.Invoke(_create(services, null), arguments.AsSpan());
        return returned switch
        {
            IResult result => result,
            Task<IResult> task => await task,
            Task task => await ResultOfAsync(task),
            _ => throw new InvalidOperationException($"{_function.Name} answered nothing."),
        };
    }

    // Task<Ok<T>> and the like: not covariant, so its result is only reached by its own type.
    private static async Task<IResult> ResultOfAsync(Task task)
    {
        await task;
        return (IResult)task.GetType().GetProperty("Result")!.GetValue(task)!;
    }
}
