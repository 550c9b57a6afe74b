using System.Text.Json.Serialization;

namespace SocialHub.Configuration;

/// <summary>hub.json: what IT decides for one authority. The schema beside it (<c>hub.schema.json</c>) says the same to editors.</summary>
public sealed record HubConfiguration
{
    /// <summary>Where editors find the schema; ignored by the hub.</summary>
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    public AuthorityConfiguration Authority { get; init; } = new();

    /// <summary>The authority's websites, by site id (<c>[a-z0-9-]</c>, 1 to 40 characters; the partition key of its comments).</summary>
    public IReadOnlyDictionary<string, SiteConfiguration> Sites { get; init; } = new Dictionary<string, SiteConfiguration>(StringComparer.Ordinal);

    /// <summary>Profiles on networks, by account id (<c>[a-z0-9-]</c>, 1 to 40 characters).</summary>
    public IReadOnlyDictionary<string, AccountConfiguration> Accounts { get; init; } = new Dictionary<string, AccountConfiguration>(StringComparer.Ordinal);

    /// <summary>Where posts are read from, by source id (<c>[a-z0-9-]</c>, 1 to 40 characters).</summary>
    public IReadOnlyDictionary<string, SourceConfiguration> Sources { get; init; } = new Dictionary<string, SourceConfiguration>(StringComparer.Ordinal);

    /// <summary>Named selections of sources that the hub serves, by feed id (<c>[a-z0-9-]</c>, 1 to 40 characters).</summary>
    public IReadOnlyDictionary<string, FeedConfiguration> Feeds { get; init; } = new Dictionary<string, FeedConfiguration>(StringComparer.Ordinal);

    public PublishingConfiguration Publishing { get; init; } = new();

    public ModerationConfiguration Moderation { get; init; } = new();

    /// <summary>The server that takes our mails; null: none is sent.</summary>
    public MailConfiguration? Mail { get; init; }

    public RetentionConfiguration Retention { get; init; } = new();

    /// <summary>What the team has not written itself yet.</summary>
    public DefaultsConfiguration Defaults { get; init; } = new();

    /// <summary>What holds for a site; for one that is not named, or not any more, the defaults.</summary>
    public SiteConfiguration SiteOrDefault(string id) => Sites.GetValueOrDefault(id) ?? new SiteConfiguration();

    /// <summary>The article feeds of all sites, each address once: the validator sees to that.</summary>
    public IEnumerable<ArticleFeedConfiguration> AllArticleFeeds() => Sites.Values.SelectMany(site => site.ArticleFeeds);
}

public sealed record AuthorityConfiguration
{
    public string Name { get; init; } = "";

    /// <summary>BCP 47; the language of pages, cards and mails. <c>fr</c> or <c>en</c>.</summary>
    public string Language { get; init; } = "fr";

    /// <summary>IANA name; quiet hours and shown times are in it.</summary>
    public string TimeZone { get; init; } = "Europe/Paris";

    /// <summary>Where the hub is reached from outside, without a slash at its end; links in cards start with it.</summary>
    public string PublicAddress { get; init; } = "";

    public string? DirectorOfPublication { get; init; }

    /// <summary>Days on which nobody works besides weekends and public holidays, <c>yyyy-MM-dd</c> by the authority's clock; at most 200. Those that are over do no harm.</summary>
    public IReadOnlyList<string> ClosingDays { get; init; } = [];

    /// <summary>True: the two public holidays that Alsace and Moselle have besides, Good Friday and 26 December, are among them.</summary>
    public bool AlsaceMoselle { get; init; }
}

/// <summary>Who reads a comment before it is public.</summary>
public enum CommentPolicy
{
    /// <summary>Every comment is read first; the default.</summary>
    [JsonStringEnumMemberName("a-priori")]
    APriori,

    /// <summary>What no rule stops is public at once.</summary>
    [JsonStringEnumMemberName("a-posteriori")]
    APosteriori,

    /// <summary>An author's first comment is read; once a person published one, the rules decide on the author's next ones for <see cref="SiteConfiguration.TrustDays"/>.</summary>
    [JsonStringEnumMemberName("first-then-trusted")]
    FirstThenTrusted,
}

public sealed record SiteConfiguration
{
    public string Name { get; init; } = "";

    /// <summary>Scheme, host and port of the site's pages; comments and their <c>Origin</c> come only from these.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <summary>Query parameters that tell pages apart; all others are dropped. A trailing <c>*</c> matches any end; <c>article*</c> keeps the value-less <c>spip.php?article12</c>.</summary>
    public IReadOnlyList<string> KeptQueryParameters { get; init; } = [];

    /// <summary>Paths whose pages are open to comments without carrying our element; a trailing <c>*</c> matches any end.</summary>
    public IReadOnlyList<string> OpenPaths { get; init; } = [];

    /// <summary>Old page address -> new page address: their comments are one thread.</summary>
    public IReadOnlyDictionary<string, string> Aliases { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public CommentPolicy Policy { get; init; } = CommentPolicy.APriori;

    /// <summary>Where the policy is <see cref="CommentPolicy.FirstThenTrusted"/>: how many days after an author's last published comment the next one is read again. 1 to 365.</summary>
    public int TrustDays { get; init; } = 90;

    /// <summary>How many minutes the author of a comment that is held for its words alone may put it in other words, once, before the moderators are told; 0: never. 0 to 60.</summary>
    public int RewordMinutes { get; init; } = 10;

    /// <summary>How many readers must report a comment that no person has decided about before it leaves the page until one has; 0: it never does. 0 to 100.</summary>
    public int HoldAfterReports { get; init; } = 5;

    /// <summary>A thread closes this many days after its first comment was accepted; null: never. 1 to 3650.</summary>
    public int? CloseAfterDays { get; init; }

    /// <summary>Rule classes that are refused without a person when the policy is a posteriori.</summary>
    public IReadOnlyList<string> RejectAtOnce { get; init; } = ["advertising"];

    public IReadOnlyList<ArticleFeedConfiguration> ArticleFeeds { get; init; } = [];
}

/// <summary>The site's own feed in which new articles are found.</summary>
public sealed record ArticleFeedConfiguration
{
    public string Address { get; init; } = "";

    /// <summary>Account ids that announce its articles.</summary>
    public IReadOnlyList<string> Accounts { get; init; } = [];

    /// <summary>Text of the announcement: {title}, {summary}, {url}, {hashtags}; null: the network's default.</summary>
    public string? Template { get; init; }

    /// <summary>Words put as hashtags, without the sign.</summary>
    public IReadOnlyList<string> Hashtags { get; init; } = [];

    /// <summary>True: a person approves each announcement first.</summary>
    public bool Approval { get; init; }
}

public sealed record AccountConfiguration
{
    /// <summary><c>bluesky</c>, <c>mastodon</c>; later issues add networks by name.</summary>
    public string Network { get; init; } = "";

    /// <summary>Bluesky: the PDS or entryway; Mastodon: the instance. An origin.</summary>
    public string Server { get; init; } = "";

    /// <summary>Bluesky: handle or DID; Mastodon: the user name, without the host.</summary>
    public string Name { get; init; } = "";

    /// <summary>Name of the setting that holds its secret (app password, access token); never the secret itself.</summary>
    public string? Secret { get; init; }
}

public sealed record SourceConfiguration
{
    /// <summary>A web feed's address (RSS, Atom, JSON Feed); exclusive with <see cref="Account"/>.</summary>
    public string? Address { get; init; }

    /// <summary>An account id whose posts are read.</summary>
    public string? Account { get; init; }

    /// <summary>Shown beside its posts; null: the feed's own title.</summary>
    public string? Title { get; init; }

    /// <summary>Minutes between two reads, 5 to 1440; more where the feed itself asks for it, a day at most.</summary>
    public int EveryMinutes { get; init; } = 15;
}

public sealed record FeedConfiguration
{
    public string Title { get; init; } = "";

    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>How many posts the feed keeps, 1 to 200.</summary>
    public int Size { get; init; } = 50;

    /// <summary>Only posts holding one of these words, when any is given (whole words, without case or accents).</summary>
    public IReadOnlyList<string> OnlyWords { get; init; } = [];

    /// <summary>No post holding one of these words.</summary>
    public IReadOnlyList<string> WithoutWords { get; init; } = [];

    /// <summary>True: its posts and their text alternatives are read by the moderation rules, those about links apart, and what they stop is left out; health tells which and why.</summary>
    public bool Filtered { get; init; }
}

public sealed record PublishingConfiguration
{
    /// <summary>Start of quiet hours by the authority's clock, <c>HH:mm</c>; null: none.</summary>
    public string? QuietFrom { get; init; } = "21:00";

    /// <summary>End of quiet hours, <c>HH:mm</c>.</summary>
    public string? QuietTo { get; init; } = "07:00";

    /// <summary>Least minutes between two posts of one account, 0 to 1440.</summary>
    public int PaceMinutes { get; init; } = 10;

    /// <summary>An announcement that could not leave within this many hours after the article expires, 1 to 720.</summary>
    public int PublishWithinHours { get; init; } = 48;

    /// <summary>Minutes between two looks at an article feed, 1 to 1440.</summary>
    public int LookEveryMinutes { get; init; } = 5;

    /// <summary>True: every announcement waits for an approval.</summary>
    public bool Approval { get; init; }
}

public sealed record ModerationConfiguration
{
    /// <summary>Names of the settings that hold the addresses of Teams Workflows webhooks.</summary>
    public IReadOnlyList<string> Webhooks { get; init; } = [];

    /// <summary>Words that hold a comment, on top of the built-in list.</summary>
    public IReadOnlyList<string> HoldWords { get; init; } = [];

    /// <summary>Words that the rules let pass.</summary>
    public IReadOnlyList<string> AllowWords { get; init; } = [];

    /// <summary>Domains that links may lead to without a remark; the sites' own are always allowed.</summary>
    public IReadOnlyList<string> AllowedDomains { get; init; } = [];

    /// <summary>Telephone numbers and e-mail addresses that anybody may publish: the town hall's, the services'.</summary>
    public IReadOnlyList<string> PublicContacts { get; init; } = [];

    /// <summary>Elected members as they are known: nobody signs with one of these names unread.</summary>
    public IReadOnlyList<string> Officials { get; init; } = [];
}

/// <summary>How the connection to a mail server is secured.</summary>
public enum MailSecurity
{
    /// <summary>Begun in the clear and secured before anything is said (STARTTLS); port 587. A server that does not offer it gets nothing.</summary>
    [JsonStringEnumMemberName("starttls")]
    StartTls,

    /// <summary>From the first byte; port 465.</summary>
    [JsonStringEnumMemberName("tls")]
    Tls,

    /// <summary>Not at all: for a relay of the authority's own network that asks for no login.</summary>
    [JsonStringEnumMemberName("none")]
    None,
}

/// <summary>The SMTP server that takes our mails.</summary>
public sealed record MailConfiguration
{
    public string Host { get; init; } = "";

    /// <summary>1 to 65535.</summary>
    public int Port { get; init; } = 587;

    public MailSecurity Security { get; init; } = MailSecurity.StartTls;

    /// <summary>Login; null: the server asks for none.</summary>
    public string? User { get; init; }

    /// <summary>Name of the setting that holds the password; never the password itself.</summary>
    public string? Secret { get; init; }

    /// <summary>Address that the mails come from.</summary>
    public string From { get; init; } = "";

    /// <summary>Name beside it; null: that of the authority.</summary>
    public string? Name { get; init; }
}

/// <summary>Days that each kind of data is kept.</summary>
public sealed record RetentionConfiguration
{
    /// <summary>The longest six months: for so long at least the Digital Services Act (article 20) has whom it binds hear objections. A hub.json with fewer runs, and health tells.</summary>
    public const int LeastObjectionDays = 184;

    public int PublishedDays { get; init; } = 1095;

    /// <summary>What was refused, and so long its author may object.</summary>
    public int RefusedDays { get; init; } = LeastObjectionDays;

    public int PendingDays { get; init; } = 90;

    /// <summary>Addresses of authors, after the last change of what they wrote; while that waits for a decision, or a refusal may be objected to, they are kept.</summary>
    public int EmailDays { get; init; } = 30;

    /// <summary>Names of those who decided about comments and pages or changed a setting, in the logs and on what they decided about.</summary>
    public int AuditDays { get; init; } = 365;
}

/// <summary>Defaults of what the team edits on the desk, besides those that have their own place above (words, quiet hours, approval, pace).</summary>
public sealed record DefaultsConfiguration
{
    /// <summary>The charter of the comments, at most 10,000 characters; null: the hub's own, in the authority's language.</summary>
    public string? Charter { get; init; }

    /// <summary>The article of <see cref="Charter"/> that a refusal cites, by the code of its reason: "3" for the paragraph that begins with "Article 3". For other reasons the whole charter is cited.</summary>
    public IReadOnlyDictionary<string, string> CharterArticles { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Text of an announcement by network: {title}, {summary}, {url}, {hashtags}.</summary>
    public IReadOnlyDictionary<string, string> Templates { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Who is told what waits, and when.</summary>
    public IReadOnlyList<Person> People { get; init; } = [];

    /// <summary>What the authority wants to reach, by account id; nothing is measured yet.</summary>
    public IReadOnlyDictionary<string, Goal> Goals { get; init; } = new Dictionary<string, Goal>(StringComparer.Ordinal);
}

/// <summary>Somebody of the team who is told what waits.</summary>
public sealed record Person
{
    public string Name { get; init; } = "";

    public string Email { get; init; } = "";

    /// <summary>Sign-in name or object id in Teams, by which a card mentions the person; null: the e-mail address is it.</summary>
    public string? Teams { get; init; }

    /// <summary>Duty days, <c>monday</c> to <c>sunday</c>.</summary>
    public IReadOnlyList<string> Days { get; init; } = ["monday", "tuesday", "wednesday", "thursday", "friday"];

    /// <summary>Start of duty by the authority's clock, <c>HH:mm</c>.</summary>
    public string From { get; init; } = "08:00";

    /// <summary>End of duty, <c>HH:mm</c>.</summary>
    public string To { get; init; } = "18:00";

    /// <summary>True: also told outside these hours when a debate turns.</summary>
    public bool Urgent { get; init; }
}

/// <summary>What the authority wants to reach on one account.</summary>
public sealed record Goal
{
    /// <summary>The editorial line in words, at most 1,000 characters.</summary>
    public string? Line { get; init; }

    /// <summary>1 to 100,000,000.</summary>
    public int? Followers { get; init; }

    /// <summary>1 to 500.</summary>
    public int? PostsPerWeek { get; init; }

    /// <summary>Longest wait for an answer, in hours, 1 to 720.</summary>
    public int? AnswerWithinHours { get; init; }
}
