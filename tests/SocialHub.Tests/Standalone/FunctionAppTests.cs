using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Xml.Linq;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SocialHub.Functions;
using SocialHub.Operations;
using SocialHub.Standalone;
using SocialHub.Standalone.Hosting;
using SocialHub.Standalone.Triggers;
using SocialHub.Storage;
using SocialHub.Tests.Access;
using SocialHub.Tests.Configuration;

namespace SocialHub.Tests.Standalone;

/// <summary>The functions of the function app, on this runtime.</summary>
public sealed class FunctionAppTests(AzuriteFixture azurite)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("run", "thorough")]
    public async Task Every_function_does_its_work_for_an_administrator_so_none_lacks_a_dependency()
    {
        await using var hub = await RunningHub.StartAsync(azurite, HubJson.Whole);
        var failed = new List<string>();
        foreach (var route in hub.Routes)
        {
            using var answer = await hub.SendAsync(route, ("x-hub-key", RunningHub.KeyOf("administrator")));
            // An author's own routes ask for that author's key, a sign-in for a key in its body; nothing else stops at the door.
            var asksForAnother = PublicRoutes.OfAuthors.Contains(route) || route == "POST api/v1/session";
            if ((int)answer.StatusCode >= 500 || (answer.StatusCode == HttpStatusCode.Unauthorized && !asksForAnother) || await CodeAsync(answer) == "no-such-address")
                failed.Add($"{route}: {(int)answer.StatusCode}");
        }

        Assert.Empty(failed);
        var catalog = hub.Get<FunctionCatalog>();
        Assert.NotEmpty(catalog.Queues);
        Assert.NotEmpty(catalog.Timers);
        // A hint of what is done already is all that a queue may bring without harm: its work looks for the due row and finds none.
        foreach (var function in catalog.Queues)
            await new FunctionInvoker(function).RunAsync(hub.Services, Hint.For("mairie", "d.0.none").ToMessage(), Stop);
        foreach (var function in catalog.Timers)
            await new FunctionInvoker(function).RunAsync(hub.Services, new TimerInfo(), Stop);
    }

    [Fact]
    public void What_a_timer_may_take_fits_in_what_the_host_gives_a_function()
    {
        using var host = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root(), "host.json")));
        // Consumption, the tightest plan, allows no more than ten minutes.
        var given = TimeSpan.Parse(host.RootElement.GetProperty("functionTimeout").GetString()!, CultureInfo.InvariantCulture);
        Assert.InRange(given, Ticks.LongestDaily + TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(10));
        Assert.True(Ticks.Longest < given);
    }

    [Fact]
    public async Task The_function_app_s_own_composition_makes_every_class_of_functions()
    {
        // What its program adds to the worker's services is this one call and nothing else; the next test holds it to that.
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["AzureWebJobsStorage"] = await azurite.NewAccountAsync(),
            ["SocialHub:SigningKey"] = "a key that is only good for tests, and long",
            ["TickSchedule"] = "0 * * * * *",
            ["DailySchedule"] = "0 0 3 * * *",
        }).Build();
        var services = new ServiceCollection().AddLogging().AddHubFunctions(configuration);
        await using var provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        var classes = FunctionCatalog.Of(typeof(StandaloneHost).Assembly.GetTypes(), configuration).Functions.Select(function => function.Method.DeclaringType!).Distinct().ToList();
        Assert.NotEmpty(classes);
        await using var scope = provider.CreateAsyncScope();
        foreach (var type in classes)
            Assert.NotNull(ActivatorUtilities.CreateInstance(scope.ServiceProvider, type));
    }

    [Fact]
    public void Both_programs_compose_the_hub_by_the_same_one_call()
    {
        const string Call = "builder.Services.AddHubFunctions(builder.Configuration);";
        string[] program = [.. File.ReadLines(Path.Combine(Root(), "src/SocialHub.Functions/Program.cs")).Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith("using ", StringComparison.Ordinal) && !line.StartsWith("//", StringComparison.Ordinal))];
        // Whatever else the function app registered would be missing in the standalone hub, and in every test; what undoes the worker's own habit is not.
        Assert.Equal(
            [
                "var builder = FunctionsApplication.CreateBuilder(args);",
                "builder.ConfigureFunctionsWebApplication();",
                "builder.UseMiddleware<UnexpectedErrors>();",
                Call,
                "builder.Services.PostConfigure<ForwardedHeadersOptions>(options => options.ForwardedHeaders &= ~ForwardedHeaders.XForwardedFor);",
                "await builder.Build().RunAsync();",
            ],
            program);
        Assert.Single(File.ReadLines(Path.Combine(Root(), "src/SocialHub.Standalone/StandaloneHost.cs")), line => line.Trim() == Call);
    }

    [Fact]
    public void The_two_projects_see_the_same_files_and_differ_only_in_where_triggers_come_from()
    {
        var functions = XDocument.Load(Path.Combine(Root(), "src/SocialHub.Functions/SocialHub.Functions.csproj"));
        var standalone = XDocument.Load(Path.Combine(Root(), "src/SocialHub.Standalone/SocialHub.Standalone.csproj"));
        Assert.Equal(["Microsoft.Azure.Functions.Worker"], Usings(functions));
        Assert.Equal(["SocialHub.Standalone.Triggers"], Usings(standalone));

        foreach (var file in Directory.EnumerateFiles(Path.Combine(Root(), "src/SocialHub.Functions"), "*Functions.cs", SearchOption.AllDirectories))
            Assert.DoesNotContain("Functions.Worker;", File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Fact]
    public void The_attributes_have_the_shape_of_the_isolated_worker()
    {
        Assert.Equal([("Anonymous", 0), ("User", 1), ("Function", 2), ("System", 3), ("Admin", 4)], Enum.GetValues<AuthorizationLevel>().Select(level => (level.ToString(), (int)level)));
        Assert.True(new TimerTriggerAttribute("0 * * * * *").UseMonitor);
        Assert.False(new TimerTriggerAttribute("0 * * * * *").RunOnStartup);
        Assert.Equal(["IsPastDue", "ScheduleStatus"], typeof(TimerInfo).GetProperties().Select(property => property.Name).Order());
        Assert.Equal(["Last", "LastUpdated", "Next"], typeof(ScheduleStatus).GetProperties().Select(property => property.Name).Order());
    }

    private static IEnumerable<string> Usings(XDocument project) => project.Descendants("Using").Select(element => element.Attribute("Include")!.Value);

    private static async Task<string> CodeAsync(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType == "application/problem+json"
        && (await response.Content.ReadAsStringAsync(Stop)).Contains("problem:no-such-address", StringComparison.Ordinal) ? "no-such-address" : "";

    private static string Root([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../.."));
}
