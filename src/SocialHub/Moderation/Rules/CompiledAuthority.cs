using System.Collections.Concurrent;
using System.Collections.Frozen;
using SocialHub.Configuration;
using SocialHub.Moderation.Matching;

namespace SocialHub.Moderation.Rules;

/// <summary>What one authority adds to the rules: its words and the domains that links may lead to. Compiled once per configuration.</summary>
public sealed class CompiledAuthority
{
    // A name of fewer letters is found in addresses by chance.
    private const int ShortestCore = 3;

    private const int ShortestAccountName = 5;

    private readonly ConcurrentDictionary<string, CompiledAuthority> _bySite = new(StringComparer.Ordinal);
    private readonly string[] _domains;
    private readonly string[] _shapes;
    private readonly string[] _registered;
    private readonly FrozenSet<string> _cores;
    private readonly FrozenSet<string> _spelt;
    private readonly HashSet<string> _names = [];
    private readonly HashSet<string> _nameWords = new(StringComparer.Ordinal);
    private readonly HashSet<string> _phones = new(StringComparer.Ordinal);
    private readonly HashSet<string> _emails = new(StringComparer.Ordinal);

    internal CompiledAuthority(HubConfiguration configuration)
        : this(configuration, configuration.Sites.Values)
    {
        var moderation = configuration.Moderation;
        _names = [.. configuration.Sites.Values.Select(site => site.Name).Append(configuration.Authority.Name).Select(SignedName.Of).OfType<string>()];
        foreach (var name in configuration.Sites.Values.Select(site => site.Name).Append(configuration.Authority.Name).OfType<string>()) _nameWords.UnionWith(SignedName.WordsOf(name));
        Officials = [.. moderation.Officials.Select(Official.Of).OfType<Official>()];
        // A number among the words that pass is meant as one.
        foreach (var contact in moderation.PublicContacts.Concat(moderation.AllowWords))
        {
            if (contact.Contains('@', StringComparison.Ordinal)) _emails.Add(Text.Normalised.Plain(contact).Text.ToString());
            else if (PublicContact.PhoneOf(contact) is { } phone) _phones.Add(phone);
        }

        Held = moderation.HoldWords.Count == 0 ? null : Lexicon.OfWords(moderation.HoldWords, disguised: true);
        Allowed = moderation.AllowWords.Count == 0 ? null : Lexicon.OfWords(moderation.AllowWords, disguised: false);
    }

    private CompiledAuthority(HubConfiguration configuration, IEnumerable<SiteConfiguration> sites, CompiledAuthority? whole = null)
    {
        Configuration = configuration;
        Whole = whole ?? this;
        if (whole is not null) (_names, _nameWords, _phones, _emails, Officials, Held, Allowed) = (whole._names, whole._nameWords, whole._phones, whole._emails, whole.Officials, whole.Held, whole.Allowed);
        Language = configuration.Authority.Language;
        _domains = [.. OwnHosts(configuration, sites).Concat(configuration.Moderation.AllowedDomains)
            .Select(LinkFinder.AsciiHost).OfType<string>().Distinct(StringComparer.Ordinal)];
        _shapes = Array.ConvertAll(_domains, Shape.OfHost);
        string[] own = [.. OwnHosts(configuration, sites).Select(LinkFinder.AsciiHost).OfType<string>()];
        _registered = [.. own.Select(HostNames.Registered).Select(Shape.OfHost).Distinct(StringComparer.Ordinal)];
        string[][] names = [.. own.Select(host => HostNames.NameOf(host).Split('-'))
            .Concat(sites.Select(site => site.Name).Append(configuration.Authority.Name).OfType<string>().Select(name => SignedName.WordsOf(name).ToArray()))];
        _cores = Together(names.Select(BorrowedName.CoreOf));
        _spelt = Together(names.Select(BorrowedName.SpeltCoreOf));
    }

    internal HubConfiguration Configuration { get; }

    internal string Language { get; }

    /// <summary>The same with the hosts of all sites: none of them is another's imitation.</summary>
    internal CompiledAuthority Whole { get; }

    /// <summary>Elected members whom the authority names.</summary>
    internal IReadOnlyList<Official> Officials { get; } = [];

    /// <summary>Words that hold a text; null: none.</summary>
    internal Lexicon? Held { get; }

    /// <summary>Words that the lists let pass; null: none.</summary>
    internal Lexicon? Allowed { get; }

    /// <summary>True for the authority's own hosts, the domains it allows, and what lies below them.</summary>
    /// <param name="host">Lower case, ASCII (punycode).</param>
    public bool Allows(string host) => Array.Exists(_domains, domain =>
        host.EndsWith(domain, StringComparison.Ordinal) && (host.Length == domain.Length || host[^(domain.Length + 1)] == '.'));

    /// <summary>True when a reader takes this for the authority's own name or for a site's.</summary>
    /// <param name="name">As somebody signs.</param>
    public bool IsOwnName(string name) => SignedName.Of(name) is { } signed && _names.Contains(signed);

    /// <summary>True for a word of the authority's own name or of a site's ("Lille" of "Ville de Lille").</summary>
    /// <param name="word">Folded.</param>
    internal bool IsOfOwnName(ReadOnlySpan<char> word) => _nameWords.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    /// <summary>True for a host that a reader takes for an allowed one, or for one below it.</summary>
    /// <param name="host">As it is shown.</param>
    internal bool LooksAllowed(string host)
    {
        var shape = Shape.OfHost(host);
        return Array.Exists(_shapes, own => shape.EndsWith(own, StringComparison.Ordinal) && (shape.Length == own.Length || shape[^(own.Length + 1)] == '.'));
    }

    /// <summary>How severe it is that a host borrows the authority's name or a known site's; null: it does not.</summary>
    /// <param name="host">As it is shown; neither allowed nor known.</param>
    internal Verdict? Borrowed(string host) => BorrowedName.Of(host, _registered, _cores, _spelt);

    /// <summary>True for a telephone number that the authority lists as public.</summary>
    /// <param name="number">As E.164 writes it.</param>
    public bool IsPublicPhone(string number) => _phones.Contains(number);

    /// <summary>True for an e-mail address that the authority lists as public.</summary>
    /// <param name="address">Folded.</param>
    public bool IsPublicEmail(string address) => _emails.Contains(address);

    /// <summary>True for an account on a network that is the authority's, holds its name, or is that of a listed official.</summary>
    /// <param name="account">Folded, without its "@".</param>
    internal bool IsPublicAccount(string account)
    {
        if (Configuration.Accounts.Values.Any(own => string.Equals(Text.Normalised.Plain(own.Name).Text.ToString().Split('.', '@')[0], account.Split('.')[0], StringComparison.Ordinal))) return true;
        var words = SignedName.WordsOf(account.Replace('_', ' ').Replace('.', ' '));
        var together = SignedName.Same(words) ?? "";
        return _cores.Any(core => core.Length >= ShortestAccountName && together.Contains(core, StringComparison.Ordinal)) || Officials.Any(official => official.Signs(words, SignedName.RunsOf(words), null));
    }

    /// <summary>The same with only this site's own hosts; an unknown site has them all.</summary>
    internal CompiledAuthority ForSite(string? site) =>
        site is not null && Configuration.Sites.TryGetValue(site, out var own)
            ? _bySite.GetOrAdd(site, _ => new CompiledAuthority(Configuration, [own], this))
            : this;

    // A town's name may be written together.
    private static FrozenSet<string> Together(IEnumerable<string> cores) =>
        cores.SelectMany(core => new[] { core, core.Replace("-", "", StringComparison.Ordinal) }).Where(core => core.Length >= ShortestCore).ToFrozenSet(StringComparer.Ordinal);

    private static IEnumerable<string> OwnHosts(HubConfiguration configuration, IEnumerable<SiteConfiguration> sites) =>
        sites.SelectMany(site => site.Origins).Append(configuration.Authority.PublicAddress)
            .Select(origin => Uri.TryCreate(origin, UriKind.Absolute, out var uri) ? uri.Host : null).OfType<string>()
            // A site at www.ville.fr writes from mairie@ville.fr.
            .Select(host => host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? host[4..] : host);
}
