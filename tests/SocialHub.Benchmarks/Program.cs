using BenchmarkDotNet.Running;
using SocialHub.Benchmarks;
using SocialHub.Benchmarks.Moderation;

// What each measures is in README.md. "hub", "kestrel" and those that end in "-child" are the child processes of the others.
switch (args.FirstOrDefault())
{
    case "http":
        await HttpBenchmark.RunAsync();
        return 0;
    case "comments":
        await CommentBenchmark.RunAsync();
        return 0;
    case "transactions":
        await TransactionCount.RunAsync();
        return 0;
    case "memory":
        await MemoryAtRest.RunAsync();
        return 0;
    case "micro":
        BenchmarkRunner.Run<MicroBenchmarks>(MicroBenchmarks.Configuration, args[1..]);
        return 0;
    case "moderate":
        await ModerateBenchmark.RunAsync();
        return 0;
    case "moderation":
        return await ModerationMeasure.RunAsync(args[1..]);
    case "moderate-child":
        return await ModerateBenchmark.ModerateAsync(args[1..]);
    case "rewrite-child":
        return await ModerateBenchmark.RewriteAsync();
    case "engine":
        EngineBenchmark.Run(args.ElementAtOrDefault(1));
        return 0;
    case "ordinary":
        return OrdinaryWords.Print(args.AsSpan(1));
    case "hub":
        return await HubChild.MainAsync(args[1..]);
    case "kestrel":
        return await BareKestrel.MainAsync(args[1..]);
    default:
        Console.Error.WriteLine("usage: dotnet run -c Release --project tests/SocialHub.Benchmarks -- http | comments | transactions | memory | moderate | moderation | micro");
        return 2;
}
