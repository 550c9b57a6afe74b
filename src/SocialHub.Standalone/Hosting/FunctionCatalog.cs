using System.Reflection;
using Microsoft.AspNetCore.Routing.Patterns;
using NCrontab;
using SocialHub.Standalone.Triggers;

namespace SocialHub.Standalone.Hosting;

/// <summary>All functions of the application. What it does not know it refuses by name, so that nothing runs here in another way than on Azure, or not at all.</summary>
internal sealed class FunctionCatalog
{
    // "The host reserves"; see Azure Functions, HTTP trigger, "Customize the HTTP endpoint".
    private static readonly string[] ReservedPaths = ["admin", "runtime"];

    private readonly List<FunctionDescription> _functions = [];
    private readonly List<string> _errors = [];
    private readonly Settings _settings;

    private FunctionCatalog(Settings settings) => _settings = settings;

    public IReadOnlyList<FunctionDescription> Functions => _functions;

    public IEnumerable<HttpFunction> Http => _functions.OfType<HttpFunction>();

    public IEnumerable<QueueFunction> Queues => _functions.OfType<QueueFunction>();

    public IEnumerable<TimerFunction> Timers => _functions.OfType<TimerFunction>();

    /// <summary>Finds every method with <c>[Function]</c> among <paramref name="types"/>.</summary>
    /// <param name="types">The classes to look at.</param>
    /// <param name="configuration">Where <c>%Name%</c> is looked up.</param>
    /// <exception cref="UnsupportedFunctionException">Some function uses what this runtime does not know; all such are named.</exception>
    public static FunctionCatalog Of(IEnumerable<Type> types, IConfiguration configuration)
    {
        var catalog = new FunctionCatalog(new Settings(configuration));
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        foreach (var method in types.SelectMany(type => type.GetMethods(All)))
        {
            if (method.GetCustomAttribute<FunctionAttribute>() is { } function)
                catalog.Add(function.Name, method);
        }

        foreach (var twice in catalog._functions.GroupBy(function => function.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
            catalog._errors.Add($"{twice.Key}: the name is given to {string.Join(" and ", twice.Select(function => $"{function.Method.DeclaringType!.Name}.{function.Method.Name}"))}.");
        catalog._errors.AddRange(RouteOverlap.Find([.. catalog.Http]));
        return catalog._errors.Count == 0 ? catalog : throw new UnsupportedFunctionException(catalog._errors);
    }

    private void Add(string name, MethodInfo method)
    {
        var before = _errors.Count;
        void Refuse(string why) => _errors.Add($"{name}: {why}");

        if (!method.IsPublic || method.IsStatic || method.IsGenericMethod || method.DeclaringType is not { IsVisible: true, IsAbstract: false, IsGenericType: false } type)
        {
            Refuse($"{method.DeclaringType!.Name}.{method.Name} must be a public instance method, not generic, of a public class.");
            return;
        }

        if (type.GetConstructors().Length != 1)
            Refuse($"{type.Name} must have exactly one public constructor.");

        var triggers = method.GetParameters().Where(parameter => Trigger(parameter) is not null).ToList();
        if (triggers.Count != 1)
        {
            Refuse($"it must have exactly one parameter with a trigger, and has {triggers.Count}.");
            return;
        }

        foreach (var parameter in method.GetParameters())
        {
            foreach (var binding in parameter.GetCustomAttributes().Where(IsUnknownBinding))
                Refuse($"parameter {parameter.Name} has [{binding.GetType().Name}], which this runtime does not know.");
        }

        FunctionDescription? function = Trigger(triggers[0]) switch
        {
            HttpTriggerAttribute http => Describe(name, method, triggers[0], http, Refuse),
            QueueTriggerAttribute queue => Describe(name, method, triggers[0], queue, Refuse),
            TimerTriggerAttribute timer => Describe(name, method, triggers[0], timer, Refuse),
            _ => null,
        };
        if (function is not null && _errors.Count == before)
            _functions.Add(function);
    }

    private HttpFunction? Describe(string name, MethodInfo method, ParameterInfo trigger, HttpTriggerAttribute http, Action<string> refuse)
    {
        if (trigger.ParameterType != typeof(HttpRequest))
            refuse($"parameter {trigger.Name} of [HttpTrigger] must be an HttpRequest, not {trigger.ParameterType.Name}.");
        if (!ReturnsResult(method.ReturnType))
            refuse($"it must return IResult or Task<IResult>, not {Display(method.ReturnType)}.");
        if (http.AuthLevel != AuthorizationLevel.Anonymous)
            refuse($"AuthorizationLevel.{http.AuthLevel} is a key check of Azure's host; use Anonymous and the authoriser.");
        if (http.Methods.Count == 0)
            refuse("[HttpTrigger] must name its methods.");

        var route = _settings.Resolve(http.Route ?? name, refuse);
        if (route is null)
            return null;
        RoutePattern pattern;
        try
        {
            pattern = RoutePatternFactory.Parse(route);
        }
        catch (RoutePatternException e)
        {
            refuse($"route '{route}': {e.Message}");
            return null;
        }

        if (pattern.PathSegments.Count == 0)
            refuse("the empty route never triggers on Azure; the root is '{ignored:maxlength(0)?}'.");
        else if (pattern.PathSegments[0] is { IsSimple: true } first && first.Parts[0] is RoutePatternLiteralPart literal && ReservedPaths.Contains(literal.Content, StringComparer.OrdinalIgnoreCase))
            refuse($"route '{route}': the host keeps /{literal.Content} for itself.");

        var arguments = method.GetParameters().Select(parameter => Argument(parameter, trigger, pattern, refuse)).ToList();
        return new HttpFunction(name, method, arguments, route, [.. http.Methods.Select(verb => verb.ToUpperInvariant())]);
    }

    private QueueFunction? Describe(string name, MethodInfo method, ParameterInfo trigger, QueueTriggerAttribute queue, Action<string> refuse)
    {
        if (trigger.ParameterType != typeof(string))
            refuse($"parameter {trigger.Name} of [QueueTrigger] must be a string, not {trigger.ParameterType.Name}.");
        if (queue.Connection is not null)
            refuse($"[QueueTrigger] Connection = \"{queue.Connection}\": only the default connection is known.");
        var queueName = _settings.Resolve(queue.QueueName, refuse);
        return Background(method, trigger, refuse) is { } arguments && queueName is not null ? new QueueFunction(name, method, arguments, queueName) : null;
    }

    private TimerFunction? Describe(string name, MethodInfo method, ParameterInfo trigger, TimerTriggerAttribute timer, Action<string> refuse)
    {
        if (trigger.ParameterType != typeof(TimerInfo))
            refuse($"parameter {trigger.Name} of [TimerTrigger] must be a TimerInfo, not {trigger.ParameterType.Name}.");
        if (timer.RunOnStartup)
            refuse("[TimerTrigger] RunOnStartup is not known: every cold start would run it.");
        if (!timer.UseMonitor)
            refuse("[TimerTrigger] UseMonitor = false is not known: a missed run would be lost.");
        var arguments = Background(method, trigger, refuse);
        if (_settings.Resolve(timer.Schedule, refuse) is not { } text)
            return null;
        if (CrontabSchedule.TryParse(text, new CrontabSchedule.ParseOptions { IncludingSeconds = true }) is not { } schedule)
        {
            refuse($"schedule '{text}' is not six fields of NCrontab (second minute hour day month weekday).");
            return null;
        }

        return arguments is null ? null : new TimerFunction(name, method, arguments, schedule);
    }

    private static List<FunctionArgument>? Background(MethodInfo method, ParameterInfo trigger, Action<string> refuse)
    {
        if (method.ReturnType != typeof(Task))
            refuse($"it must return Task, not {Display(method.ReturnType)}.");
        var arguments = new List<FunctionArgument>();
        foreach (var parameter in method.GetParameters())
        {
            if (parameter.Position == trigger.Position)
                arguments.Add(new FunctionArgument.Trigger());
            else if (parameter.ParameterType == typeof(CancellationToken))
                arguments.Add(new FunctionArgument.Cancellation());
            else
                refuse($"parameter {parameter.Name} of type {Display(parameter.ParameterType)} is not known beside this trigger.");
        }

        return arguments.Count == method.GetParameters().Length ? arguments : null;
    }

    private static FunctionArgument Argument(ParameterInfo parameter, ParameterInfo trigger, RoutePattern pattern, Action<string> refuse)
    {
        if (parameter.Position == trigger.Position)
            return new FunctionArgument.Trigger();
        if (parameter.ParameterType == typeof(CancellationToken))
            return new FunctionArgument.Cancellation();

        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        var mayBeNull = type != parameter.ParameterType
            || (!type.IsValueType && new NullabilityInfoContext().Create(parameter).WriteState != NullabilityState.NotNull);
        var inRoute = pattern.GetParameter(parameter.Name!);
        if (!RequestValue.Knows(type))
            refuse($"parameter {parameter.Name} of type {Display(parameter.ParameterType)} is not known.");
        else if (inRoute is null && !mayBeNull)
            refuse($"parameter {parameter.Name} is not in the route, so it is a query value that may be absent: make it nullable.");
        else if (inRoute is { IsOptional: true } && !mayBeNull)
            refuse($"parameter {parameter.Name} is optional in the route: make it nullable.");
        return new FunctionArgument.Value(parameter.Name!, type, mayBeNull);
    }

    private static Attribute? Trigger(ParameterInfo parameter) =>
        parameter.GetCustomAttributes().FirstOrDefault(attribute => attribute is HttpTriggerAttribute or QueueTriggerAttribute or TimerTriggerAttribute);

    // The compiler's own attributes say nothing about where a value comes from.
    private static bool IsUnknownBinding(Attribute attribute) =>
        attribute is not (HttpTriggerAttribute or QueueTriggerAttribute or TimerTriggerAttribute)
        && attribute.GetType().Namespace is not "System.Runtime.CompilerServices" and not "System.Diagnostics.CodeAnalysis" and not "System.Runtime.InteropServices";

    private static bool ReturnsResult(Type type) =>
        typeof(IResult).IsAssignableFrom(type)
        || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Task<>) && typeof(IResult).IsAssignableFrom(type.GetGenericArguments()[0]));

    private static string Display(Type type) =>
        type.IsGenericType ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Display))}>" : type.Name;

    /// <summary>Replaces <c>%Name%</c> as the host does.</summary>
    private sealed class Settings(IConfiguration configuration)
    {
        public string? Resolve(string text, Action<string> refuse)
        {
            if (!text.Contains('%', StringComparison.Ordinal))
                return text;
            var parts = text.Split('%');
            if (parts.Length % 2 == 0)
            {
                refuse($"'{text}' has a single %.");
                return null;
            }

            for (var i = 1; i < parts.Length; i += 2)
            {
                if (configuration[parts[i]] is not { Length: > 0 } value)
                {
                    refuse($"'{text}' needs the setting {parts[i]}, which is not there.");
                    return null;
                }

                parts[i] = value;
            }

            return string.Concat(parts);
        }
    }
}
