using Microsoft.AspNetCore.Routing.Template;

namespace SocialHub.Standalone.Hosting;

/// <summary>
/// Finds two functions that one request could mean. ASP.NET Core would take the more specific route; Azure's host takes the function
/// whose name comes first in the alphabet (azure-functions-host 3153 and 9876), so the same application would answer differently there.
/// </summary>
/// <remarks>It tries examples, built from every literal of the application and values that constraints commonly accept; a pair that only a rarer value would meet is not found.</remarks>
internal static class RouteOverlap
{
    private static readonly string[] Values = ["a", "Ab1", "7", "42", "2026-11", "a.b", "mairie-1", "v1.js", "0123456789abcdef0123456789abcdef", "6f9619ff-8b86-d011-b42d-00c04fc964ff"];

    public static IEnumerable<string> Find(IReadOnlyList<HttpFunction> functions)
    {
        using var services = new ServiceCollection().AddLogging().AddRouting().BuildServiceProvider();
        var constraints = services.GetRequiredService<IInlineConstraintResolver>();
        var routes = functions.Select(function => new Candidate(function, constraints)).ToList();
        var values = Values.Concat(routes.SelectMany(route => route.Literals)).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        for (var i = 0; i < routes.Count; i++)
        {
            for (var j = i + 1; j < routes.Count; j++)
            {
                var (one, other) = (routes[i], routes[j]);
                if (one.Function.Methods.Intersect(other.Function.Methods, StringComparer.Ordinal).Any()
                    && (one.Examples(values).FirstOrDefault(other.Matches) ?? other.Examples(values).FirstOrDefault(one.Matches)) is { } path)
                {
                    yield return $"{one.Function.Name}: a request to /{path} could also mean {other.Function.Name} (routes '{one.Function.Route}' and '{other.Function.Route}'); Azure takes the first by name, so make them distinct, with a constraint for instance.";
                }
            }
        }
    }

    private sealed class Candidate
    {
        private readonly RouteTemplate _template;
        private readonly TemplateMatcher _matcher;
        private readonly List<(string Parameter, IRouteConstraint Constraint)> _constraints;

        public Candidate(HttpFunction function, IInlineConstraintResolver resolver)
        {
            Function = function;
            _template = TemplateParser.Parse(function.Route);
            _matcher = new TemplateMatcher(_template, []);
            _constraints = [.. _template.Parameters.SelectMany(parameter => parameter.InlineConstraints.Select(inline => (parameter.Name!, resolver.ResolveConstraint(inline.Constraint)!)))];
        }

        public HttpFunction Function { get; }

        public IEnumerable<string> Literals => _template.Segments.Where(segment => segment.IsSimple && segment.Parts[0].IsLiteral).Select(segment => segment.Parts[0].Text!);

        public bool Matches(string path)
        {
            var values = new RouteValueDictionary();
            return _matcher.TryMatch("/" + path, values)
                && _constraints.TrueForAll(one => !values.ContainsKey(one.Parameter) || one.Constraint.Match(null, null, one.Parameter, values, RouteDirection.IncomingRequest));
        }

        /// <summary>Paths that this route matches, one segment at a time varied, so their number stays small.</summary>
        public IEnumerable<string> Examples(IReadOnlyList<string> values)
        {
            var segments = _template.Segments.Select(segment => (IReadOnlyList<string>)[.. Fill(segment, values).Where(text => MatchesAlone(segment, text))]).ToList();
            if (segments.Exists(options => options.Count == 0))
                yield break;
            for (var varied = 0; varied < segments.Count; varied++)
            {
                foreach (var option in segments[varied])
                {
                    var path = string.Join('/', segments.Select((options, i) => i == varied ? option : options[0]).Where(text => text.Length > 0));
                    if (Matches(path))
                        yield return path;
                }
            }
        }

        private static IEnumerable<string> Fill(TemplateSegment segment, IReadOnlyList<string> values)
        {
            if (segment.Parts.All(part => part.IsLiteral))
                return [string.Concat(segment.Parts.Select(part => part.Text))];
            var filled = values.Select(value => string.Concat(segment.Parts.Select(part => part.IsLiteral || part.IsOptionalSeperator ? part.Text : value)));
            return segment.Parts.Any(part => part.IsOptional) && segment.IsSimple ? filled.Prepend("") : filled;
        }

        private bool MatchesAlone(TemplateSegment segment, string text)
        {
            if (!segment.IsSimple || segment.Parts[0].IsLiteral || text.Length == 0)
                return true;
            var values = new RouteValueDictionary { [segment.Parts[0].Name!] = text };
            return _constraints.TrueForAll(one => one.Parameter != segment.Parts[0].Name || one.Constraint.Match(null, null, one.Parameter, values, RouteDirection.IncomingRequest));
        }
    }
}
