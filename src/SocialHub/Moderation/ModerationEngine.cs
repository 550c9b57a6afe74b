using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SocialHub.Configuration;
using SocialHub.Moderation.Matching;
using SocialHub.Moderation.Rules;

namespace SocialHub.Moderation;

/// <summary>
/// Judges texts: every rule runs, every reason is kept, the most severe verdict wins.
/// A rule that throws, or for which no time is left, holds the text for a person: it fails neither to silence nor to publication.
/// Safe for use by many threads; keeps nothing of what it judges.
/// </summary>
public sealed partial class ModerationEngine
{
    private readonly IReadOnlyList<ModerationRule> _rules;
    private readonly Lexicon _lexicon;
    private readonly TimeSpan _within;
    private readonly TimeProvider _clock;
    private readonly ILogger<ModerationEngine> _logger;
    private CompiledAuthority? _authority;

    public ModerationEngine(IOptions<HubOptions> options, TimeProvider clock, ILogger<ModerationEngine> logger)
        : this(RuleCatalogue.All(options.Value.Times), Lexicon.BuiltIn, options.Value.Times.RulesWithin, clock, logger)
    {
    }

    internal ModerationEngine(IReadOnlyList<ModerationRule> rules, Lexicon lexicon, TimeSpan within, TimeProvider clock, ILogger<ModerationEngine> logger)
    {
        var twice = rules.GroupBy(rule => rule.Id, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null) throw new ArgumentException($"Two rules are called {twice.Key}.", nameof(rules));
        (_rules, _lexicon, _within, _clock, _logger) = (rules, lexicon, within, clock, logger);
    }

    /// <summary>The rules in the order they run.</summary>
    public IReadOnlyList<ModerationRule> Rules => _rules;

    internal static Wording UncheckedReason { get; } =
        new("Ce texte n’a pas pu être vérifié automatiquement.", "This text could not be checked automatically.");

    /// <summary>Judges a text within <see cref="HubTimes.RulesWithin"/>, even where a rule never comes back.</summary>
    public Task<Judgement> JudgeAsync(ModerationSubject subject, HubConfiguration configuration, CancellationToken cancellation) => JudgeAsync(subject, AuthorityFor(configuration), cancellation);

    /// <summary>The same for what an authority would add: it takes the place of nothing that the hub judges by.</summary>
    public async Task<Judgement> JudgeAsync(ModerationSubject subject, CompiledAuthority authority, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(authority);
        var rules = Task.Run(() => Judge(subject, authority), cancellation);
        try
        {
            // The rules look at the clock themselves between two of them; twice their time is for one that does not return.
            return await rules.WaitAsync(_within * 2, _clock, cancellation);
        }
        catch (TimeoutException)
        {
            Log.Stuck(_logger, _within * 2);
            var reason = UncheckedReason.In(subject.Language ?? authority.Language);
            return new(Verdict.Hold, [new("all-rules", FindingClasses.Unchecked, Verdict.Hold, 0, 0, "plain", reason)]);
        }
    }

    /// <summary>Judges a text on the calling thread; <see cref="JudgeAsync(ModerationSubject, HubConfiguration, CancellationToken)"/> also guards against a rule that never returns.</summary>
    public Judgement Judge(ModerationSubject subject, HubConfiguration configuration) => Judge(subject, AuthorityFor(configuration));

    private Judgement Judge(ModerationSubject subject, CompiledAuthority authority)
    {
        var reading = new Reading(subject, authority.ForSite(subject.Site), _lexicon);
        var sink = new FindingSink(reading);
        var began = _clock.GetTimestamp();
        var late = false;
        foreach (var rule in _rules)
        {
            if (late)
            {
                sink.AddUnchecked(rule);
                continue;
            }

            sink.For(rule);
            try
            {
                rule.Judge(reading, sink);
            }
#pragma warning disable CA1031 // whatever a rule throws, a person looks at the text
            catch (Exception error)
#pragma warning restore CA1031
            {
                Log.Failed(_logger, error, rule.Id);
                sink.AddUnchecked(rule);
            }

            late = _clock.GetElapsedTime(began) > _within;
            if (late)
            {
                Log.Late(_logger, rule.Id, _within);
                sink.AddUnchecked(rule);
            }
        }

        return sink.ToJudgement();
    }

    /// <summary>Every place of personal data in the text, and none left out; where a rule fails, the whole text is one.</summary>
    internal IReadOnlyList<Finding> FindPersonalData(ModerationSubject subject, HubConfiguration configuration)
    {
        var reading = new Reading(subject, AuthorityFor(configuration).ForSite(subject.Site), _lexicon);
        var sink = new FindingSink(reading);
        foreach (var rule in _rules)
        {
            if (!string.Equals(rule.FindingClass, FindingClasses.PersonalData, StringComparison.Ordinal)) continue;
            sink.For(rule);
            try
            {
                rule.Judge(reading, sink);
            }
#pragma warning disable CA1031 // whatever a rule throws, nothing is shown that it might have hidden
            catch (Exception error)
#pragma warning restore CA1031
            {
                Log.Failed(_logger, error, rule.Id);
                sink.AddOriginal(reading.Text, 0, subject.Text.Length);
            }
        }

        return sink.All;
    }

    // The configuration is one object until it is read anew, so what is compiled from it is kept by reference.
    private CompiledAuthority AuthorityFor(HubConfiguration configuration)
    {
        var known = _authority;
        if (known is not null && ReferenceEquals(known.Configuration, configuration)) return known;
        return _authority = new(configuration);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Rule {Rule} failed; the text is held")]
        public static partial void Failed(ILogger logger, Exception error, string rule);

        [LoggerMessage(Level = LogLevel.Error, Message = "The rules took longer than {Within}, the last one was {Rule}; the text is held")]
        public static partial void Late(ILogger logger, string rule, TimeSpan within);

        [LoggerMessage(Level = LogLevel.Critical, Message = "A rule did not return within {Within}; the text is held")]
        public static partial void Stuck(ILogger logger, TimeSpan within);
    }
}
