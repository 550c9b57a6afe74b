namespace SocialHub.Configuration.Settings;

/// <summary>What holds now: hub.json with everything the team wrote itself laid over it.</summary>
/// <param name="Configuration">hub.json with the team's words, quiet hours, approval and pace in it.</param>
public sealed record TeamSettings(HubConfiguration Configuration)
{
    /// <summary>When it was read: what ends by the clock counts or not as of then.</summary>
    public DateTimeOffset ReadAt { get; init; }

    /// <summary>When its people work, by the clock of the authority.</summary>
    public DutyHours Duty => new(People, Configuration.Authority);

    public WordsSetting Words { get; init; } = new();

    public OfficialsSetting Officials { get; init; } = new();

    public CharterSetting Charter { get; init; } = new();

    /// <summary>Counts the texts that the charter had, defaults included; 0: a default without a number. Shown with the charter.</summary>
    public int CharterVersion { get; init; }

    /// <summary>What a refusal for a reason cites today.</summary>
    /// <param name="reason">Code of a refusal's reason.</param>
    public CharterCitation Cite(string? reason) => new(reason is null ? null : Charter.Articles.GetValueOrDefault(reason), CharterVersion);

    public RulesSetting Rules { get; init; } = new();

    public TemplatesSetting Templates { get; init; } = new();

    public QuietHoursSetting QuietHours { get; init; } = new();

    public PeopleSetting People { get; init; } = new();

    public FreezeSetting Freeze { get; init; } = new();

    /// <summary>Counts the freeze's changes: of two readers, the one with the lower count read too early.</summary>
    public int FreezeVersion { get; init; }

    public GoalsSetting Goals { get; init; } = new();

    public DebateSetting Debate { get; init; } = new();

    public PlaybookSetting Playbook { get; init; } = new();

    /// <summary>True when somebody of the team can be reached by mail.</summary>
    public bool MailsTeam => Configuration.Mail is not null && People.People.Count > 0;

    /// <summary>The text of an announcement: the team's for this network, else the article feed's own, else null (the network's default).</summary>
    public string? TemplateFor(string network, ArticleFeedConfiguration feed) =>
        Templates.Networks.TryGetValue(network, out var template) ? template : feed.Template;
}

/// <summary>Words of the authority, on top of the built-in lists.</summary>
public sealed record WordsSetting
{
    /// <summary>Words that hold a comment.</summary>
    public IReadOnlyList<string> Hold { get; init; } = [];

    /// <summary>Words that the rules let pass.</summary>
    public IReadOnlyList<string> Allow { get; init; } = [];

    /// <summary>By word of either list, the last day on which it counts, <c>yyyy-MM-dd</c> by the authority's clock; a word without one counts until somebody removes it.</summary>
    public IReadOnlyDictionary<string, string> Until { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The moderation of hub.json with those words in the place of its own that count at a moment.</summary>
    internal ModerationConfiguration In(HubConfiguration configuration, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(configuration.Authority.TimeZone)).DateTime);
        return configuration.Moderation with { HoldWords = Counting(Hold), AllowWords = Counting(Allow) };

        // What cannot be read as a date was never let in: then the word counts, for it does so until somebody removes it.
        IReadOnlyList<string> Counting(IReadOnlyList<string> words) =>
            Until.Count == 0 ? words : [.. words.Where(word => !Until.TryGetValue(word, out var until) || !TeamRules.TryDay(until, out var last) || today <= last)];
    }
}

/// <summary>Elected members: nobody signs as one of them unread.</summary>
public sealed record OfficialsSetting
{
    /// <summary>Each as the person is known, at most 500 of 120 characters.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];
}

/// <summary>The rules of the debate, as citizens read them.</summary>
public sealed record CharterSetting
{
    /// <summary>Plain text, at most 10,000 characters; an empty line parts paragraphs. One that begins with "Article 3" is the article of that number.</summary>
    public string Text { get; init; } = "";

    /// <summary>The article that a refusal cites, by the code of its reason: "3" for the paragraph that begins with "Article 3". For other reasons the whole charter is cited.</summary>
    public IReadOnlyDictionary<string, string> Articles { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Codes of the reasons for which the whole charter is cited.</summary>
    public IReadOnlyList<string> WithoutArticle() => [.. HubConfigurationValidator.Reasons.Where(reason => !Articles.ContainsKey(reason))];
}

/// <summary>Editorial rules.</summary>
public sealed record RulesSetting
{
    /// <summary>True: every announcement waits for an approval.</summary>
    public bool Approval { get; init; }

    /// <summary>Least minutes between two posts of one account, 0 to 1440.</summary>
    public int PaceMinutes { get; init; }
}

/// <summary>Texts of announcements.</summary>
public sealed record TemplatesSetting
{
    /// <summary>By network: {title}, {summary}, {url}, {hashtags}.</summary>
    public IReadOnlyDictionary<string, string> Networks { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>When nothing is posted, by the authority's clock; null in both: never quiet.</summary>
public sealed record QuietHoursSetting
{
    /// <summary><c>HH:mm</c>.</summary>
    public string? From { get; init; }

    /// <summary><c>HH:mm</c>; earlier than <see cref="From"/>: on the next day.</summary>
    public string? To { get; init; }
}

/// <summary>Who is told what waits.</summary>
public sealed record PeopleSetting
{
    public IReadOnlyList<Person> People { get; init; } = [];
}

/// <summary>A time of reserve: an election campaign, a mourning. Nothing is posted, and where the team says so comments wait or are not taken.</summary>
public sealed record FreezeSetting
{
    /// <summary>In <see cref="Comments"/>: every new comment is read by a person.</summary>
    public const string Hold = "hold";

    /// <summary>In <see cref="Comments"/>: no new comment is taken.</summary>
    public const string Close = "close";

    /// <summary>Start; null: no freeze.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>End; null: until somebody ends it.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Shown on the calendar, and to readers where comments are part of it; at most 300 characters.</summary>
    public string? Reason { get; init; }

    /// <summary>True: nothing is posted on the networks.</summary>
    public bool Publications { get; init; } = true;

    /// <summary>What becomes of comments on <see cref="Sites"/>: <see cref="Hold"/> or <see cref="Close"/>; null: they go their usual way.</summary>
    public string? Comments { get; init; }

    /// <summary>
    /// Sites of hub.json whose comments are part of it, each once; null: all. Posts do not ask where they come from: <see cref="Publications"/> is for all sites.
    /// A version of the app that does not know it freezes the comments of all sites.
    /// </summary>
    public IReadOnlyList<string>? Sites { get; init; }

    /// <summary>True while it lasts at <paramref name="now"/>.</summary>
    public bool Holds(DateTimeOffset now) => From <= now && (Until is null || now < Until);

    /// <summary>What it means for comments of a site at <paramref name="now"/>; null: nothing.</summary>
    public CommentFreeze? OfComments(string site, DateTimeOffset now) =>
        Holds(now) && Comments is (Hold or Close) && Sites?.Contains(site, StringComparer.Ordinal) != false ? new CommentFreeze(Comments == Close, Until, Reason) : null;
}

/// <summary>A freeze of a site's comments that lasts.</summary>
/// <param name="IsClosed">True: none is taken; false: every new one is read by a person.</param>
/// <param name="Until">When it ends; null: when somebody ends it.</param>
/// <param name="Reason">As the team wrote it, for readers; null: none.</param>
public sealed record CommentFreeze(bool IsClosed, DateTimeOffset? Until, string? Reason);

/// <summary>What the authority wants to reach.</summary>
public sealed record GoalsSetting
{
    /// <summary>By account id.</summary>
    public IReadOnlyDictionary<string, Goal> Accounts { get; init; } = new Dictionary<string, Goal>(StringComparer.Ordinal);
}

/// <summary>When a debate turns, so that whoever is on duty is told at once; a threat always does.</summary>
public sealed record DebateSetting
{
    /// <summary>Comments of one page that the rules held within <see cref="HeldMinutes"/>, 1 to 50.</summary>
    public int Held { get; init; } = 3;

    /// <summary>5 to 240.</summary>
    public int HeldMinutes { get; init; } = 30;

    /// <summary>Comments that one page received within <see cref="ReceivedMinutes"/>, 2 to 100.</summary>
    public int Received { get; init; } = 10;

    /// <summary>5 to 1440.</summary>
    public int ReceivedMinutes { get; init; } = 60;

    /// <summary>Hours without any of these after which a debate has calmed down, and would be told of again; 1 to 48.</summary>
    public int CalmHours { get; init; } = 2;

    /// <summary>Minutes after which an alarm about a threat about which nobody has chosen rings again, for everybody of the team, at most three times; 0: never, up to 240.</summary>
    public int RepeatMinutes { get; init; } = 30;
}

/// <summary>What the authority wants to have at hand when a debate turns.</summary>
public sealed record PlaybookSetting
{
    /// <summary>Whom to call, at most 10.</summary>
    public IReadOnlyList<PlaybookContact> Call { get; init; } = [];

    /// <summary>What to do, in the order in which it is done; at most 10 steps of 500 characters.</summary>
    public IReadOnlyList<string> Steps { get; init; } = [];

    /// <summary>Answers in the authority's tone, at most 10.</summary>
    public IReadOnlyList<PlaybookAnswer> Answers { get; init; } = [];
}

/// <summary>Somebody who is called when a debate turns.</summary>
public sealed record PlaybookContact
{
    /// <summary>A person or a service, at most 120 characters.</summary>
    public string Name { get; init; } = "";

    /// <summary>As it is dialled, at most 40 characters; null: it is looked up.</summary>
    public string? Phone { get; init; }

    /// <summary>For what, at most 200 characters.</summary>
    public string? When { get; init; }
}

/// <summary>An answer that is ready to be adapted and published in the authority's name.</summary>
public sealed record PlaybookAnswer
{
    /// <summary>At most 120 characters.</summary>
    public string Title { get; init; } = "";

    /// <summary>At most 4,000 characters, as any official answer.</summary>
    public string Text { get; init; } = "";
}
