using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SocialHub.Configuration;
using SocialHub.Moderation;
using SocialHub.Moderation.Markup;

namespace SocialHub.Benchmarks;

/// <summary>What one comment costs without any storage.</summary>
[MemoryDiagnoser]
public class MicroBenchmarks
{
    private const string Short = "Merci pour la réouverture de la piscine, les nouveaux horaires du jeudi soir sont une bonne idée !";
    private readonly ModerationEngine _engine = new(Options.Create(new HubOptions { SigningKey = new string('k', 32) }), TimeProvider.System, NullLogger<ModerationEngine>.Instance);
    private readonly HubConfiguration _hub = new();
    private readonly FingerprintKey _key = new(new string('k', 32));
    private string _text = "";

    /// <summary>In this process: the generated project of the default would not be under this repository's central packages.</summary>
    public static IConfig Configuration { get; } = ManualConfig.Create(DefaultConfig.Instance).AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));

    [Params(100, 1000, 4000)]
    public int Characters { get; set; }

    [GlobalSetup]
    public void Setup() => _text = string.Join("\n\n", Enumerable.Repeat(Short, (Characters / Short.Length) + 1))[..Characters];

    [Benchmark]
    public Judgement Judge() => _engine.Judge(new ModerationSubject(_text) { Name = "Camille" }, _hub);

    [Benchmark]
    public string Markup() => CommentMarkup.Render(_text);

    [Benchmark]
    public Fingerprint Print() => Fingerprint.Of(_text, _key);
}
